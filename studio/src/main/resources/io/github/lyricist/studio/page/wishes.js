import { element, icon } from './dom.js';
import { change, state } from './state.js';

const SLIDERS = [
  { key: 'temperature', id: 'temperature', label: 'Temperature', min: 0, max: 2, step: 0.05 },
  { key: 'topP', id: 'top-p', label: 'Top-p', min: 0.05, max: 1, step: 0.05 },
  { key: 'minP', id: 'min-p', label: 'Min-p', min: 0, max: 0.5, step: 0.01 },
];
const WISHES = [
  { key: 'lines', id: 'wish-lines', label: 'Lines', min: 1, title: 'In all, with those before the caret' },
  { key: 'length', id: 'wish-length', label: 'Length', min: 1, title: 'In characters, without lines' },
  { key: 'syllables', id: 'wish-syllables', label: 'Syllables', placeholder: '7 or 7,5,7,5' },
  { key: 'rhyme', id: 'wish-rhyme', label: 'Rhyme scheme', placeholder: 'AABA' },
  { key: 'acrostic', id: 'wish-acrostic', label: 'Acrostic', placeholder: 'How lines begin', isWide: true },
  { key: 'require', id: 'wish-require', label: 'Require', placeholder: 'One per row', isList: true },
  { key: 'ban', id: 'wish-ban', label: 'Ban', placeholder: 'One per row', isList: true },
  { key: 'stop', id: 'wish-stop', label: 'Stop at', placeholder: 'Such as \\n, a line end', isList: true },
  { key: 'maxCopy', id: 'wish-max-copy', label: 'Longest copy', min: 1, title: 'In characters of the songs' },
  { key: 'beam', id: 'wish-beam', label: 'Beam', min: 1, title: 'Searches without chance' },
  { key: 'count', id: 'count', label: 'Count', min: 1, max: 8 },
];
const ID_OF_PARAM = {
  ...Object.fromEntries([...SLIDERS, ...WISHES].map(({ key, id }) => [key, id])),
  seed: 'seed',
};

/** The form of sliders, wishes and seed, bound to the state. */
export function createWishes() {
  const freshSeed = element('input', { id: 'seed-fresh', type: 'checkbox' });
  const seed = element('input', {
    id: 'seed',
    type: 'number',
    min: 0,
    step: 1,
    placeholder: 'any',
    on: { input: () => change({ seed: seed.value }) },
  });
  const dice = element(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': 'Throw a new seed',
      on: { click: () => change({ seed: String(randomSeed()) }) },
    },
    icon('dice'),
  );
  freshSeed.addEventListener('change', () => {
    change({ seed: freshSeed.checked ? '' : seed.placeholder.replace('any', '') || String(randomSeed()) });
  });
  const form = element(
    'form',
    { class: 'wishes', 'aria-label': 'Wishes', on: { submit: (event) => event.preventDefault() } },
    SLIDERS.map(sliderOf),
    element('div', { class: 'fields' }, WISHES.map(fieldOf)),
    element(
      'div',
      { class: 'seed-row' },
      element('label', { for: 'seed', text: 'Seed' }),
      element('div', { class: 'with-button' }, seed, dice),
      element('label', { class: 'check' }, freshSeed, 'A new one each time'),
    ),
  );
  return form;
}

function sliderOf({ key, id, label, ...range }) {
  const output = element('output', { for: id });
  const input = element('input', {
    id,
    type: 'range',
    ...range,
    on: { input: () => change({ [key]: Number(input.value) }) },
  });
  return element(
    'div',
    { class: 'slider' },
    element('label', { for: id, text: label }),
    output,
    input,
  );
}

function fieldOf({ key, id, label, isList, isWide, min, ...attributes }) {
  const common = { id, ...attributes, on: { input: () => change({ [key]: input.value }) } };
  const kind = min === undefined ? { type: 'text' } : { type: 'number', min, step: 1, inputmode: 'numeric' };
  const input = isList
    ? element('textarea', { ...common, rows: 1 })
    : element('input', { ...common, ...kind, autocomplete: 'off' });
  return element(
    'div',
    { class: isList || isWide ? 'field is-wide' : 'field' },
    element('label', { for: id, text: label }),
    input,
  );
}

/** Shows what the state says. */
export function showWishes(form) {
  for (const { key, id } of SLIDERS) {
    const input = form.querySelector(`#${id}`);
    input.value = state[key];
    const isOff = (key === 'topP' && state.topP === 1) || (key === 'minP' && state.minP === 0);
    input.parentNode.querySelector('output').textContent = isOff ? 'off' : state[key].toFixed(2);
  }
  for (const { key, id } of WISHES) {
    put(form.querySelector(`#${id}`), state[key]);
  }
  put(form.querySelector('#seed'), state.seed);
  form.querySelector('#seed-fresh').checked = state.seed === '';
  form.querySelector('#wish-length').disabled = hasForm();
}

function put(input, value) {
  if (input.value !== value) {
    input.value = value;
  }
}

/** Marks the field that the server names, and only that. */
export function markField(form, param) {
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
  const key = param?.replace(/-(.)/g, (_, letter) => letter.toUpperCase()); // as in max-copy
  const field = form.querySelector(`#${ID_OF_PARAM[key] ?? 'none'}`);
  field?.setAttribute('aria-invalid', 'true');
}

function hasForm() {
  return ['lines', 'syllables', 'rhyme', 'acrostic'].some((key) => state[key].trim() !== '');
}

/** The seed that is set, or a new one, which is shown. */
export function nextSeed(form) {
  if (state.seed.trim() !== '') {
    return Number(state.seed);
  }
  const seed = randomSeed();
  form.querySelector('#seed').placeholder = String(seed);
  return seed;
}

function randomSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000;
}

/** The wishes as the API has them. `lines` is that of a rewriting. */
export function requestOf({ seed, lines }) {
  const request = { seed, count: number(state.count) ?? 1, temperature: state.temperature };
  const put = (key, value) => {
    if (value !== null && value !== '' && value.length !== 0) {
      request[key] = value;
    }
  };
  put('topP', state.topP === 1 ? null : state.topP);
  put('minP', state.minP === 0 ? null : state.minP);
  put('lines', lines ?? number(state.lines));
  put('syllables', (state.syllables.match(/\d+/g) ?? []).map(Number));
  put('rhyme', state.rhyme.trim());
  put('acrostic', state.acrostic.trim());
  put('length', hasForm() || lines !== undefined ? null : number(state.length));
  put('require', rowsOf(state.require));
  put('ban', rowsOf(state.ban));
  put('stop', rowsOf(state.stop).map((row) => row.replaceAll('\\n', '\n')));
  put('maxCopy', number(state.maxCopy));
  put('beam', number(state.beam));
  return request;
}

function number(value) {
  return value.trim() === '' ? null : Number(value);
}

function rowsOf(value) {
  return value.split('\n').filter((row) => row.trim() !== '');
}
