import { barOf, percent, visible } from './alternatives.js';
import { isAborted } from './api.js';
import {
  button,
  debounce,
  element,
  holdTabStop,
  moveByArrows,
  problemRegion,
  showProblem,
  whileBusy,
} from './dom.js';
import { Heat, legend, MOST_BITS_SHOWN } from './heat.js';
import { askModel, labelOf, onModels, openedModel } from './models.js';
import { onDocument, openDocument } from './session.js';
import { change, onChange, state } from './state.js';
import { surpriseOf } from './surprise.js';
import { noModelNotice } from './write.js';

const SHORTEST_COPY = 8;
const USUAL_ARRAY = 'l0.hidden';
const CANCELLED = Object.assign(new Error('Cancelled.'), { canRetry: true });
const COLOURINGS = [
  ['surprise', 'surprise'],
  ['unit', 'a hidden unit'],
  ['saliency', 'what caused a character'],
  ['none', 'nothing'],
];
const NO_CAUSE = 'Choose a character to see its causes.';
const NO_TOKEN = 'Choose a character in the text to see what else the model expected there.';

/** Builds the view in which one looks inside the model. */
export function createSee(view) {
  const heat = new Heat((index) => change({ token: String(index) }));
  const problem = problemRegion('see-problem');
  const unitsProblem = problemRegion('units-problem');
  const copiesProblem = problemRegion('copies-problem');
  const told = element('p', { id: 'bits', class: 'told' });
  const legendPlace = element('div', { class: 'legend-place' });
  const arrays = select('unit-array', (value) => change({ array: value, unit: '' }));
  const units = element('div', { id: 'units', class: 'units', role: 'listbox', 'aria-label': 'Units' });
  const unitPart = element(
    'div',
    { class: 'unit-part', hidden: true },
    element('label', {}, 'Array', arrays),
    units,
    unitsProblem,
  );
  const copies = element('input', {
    id: 'show-copies',
    type: 'checkbox',
    on: { change: () => change({ copies: copies.checked }) },
  });
  const share = element('p', { id: 'copies-share', class: 'told' });
  const token = element('div', {
    id: 'token-alternatives',
    class: 'token-alternatives',
  });
  const colourBy = select('colour-by', (value) => change({ colourBy: value }), COLOURINGS);
  const side = element(
    'aside',
    { class: 'side', 'aria-label': 'Colours and alternatives' },
    element('label', {}, 'Colour by', colourBy),
    unitPart,
    element('label', { class: 'check' }, copies, 'Underline what is copied'),
    share,
    copiesProblem,
    element('h2', { text: 'Alternatives' }),
    token,
  );
  const frame = element('div', { class: 'paper heat-paper' }, heat.element);
  const jobs = { text: null, colour: null, copies: null };
  let tokens = [];
  let shown = { text: null, model: null };

  view.append(
    element(
      'div',
      { class: 'see-layout' },
      element(
        'div',
        { class: 'page' },
        noModelNotice(),
        told,
        frame,
        button('see-cancel', 'Cancel', cancel, 'see-cancel'),
        problem,
        legendPlace,
      ),
      side,
    ),
  );
  moveByArrows(units, () => [...units.children], (item) => change({ unit: item.dataset.unit }));
  units.addEventListener('click', (event) => {
    const item = event.target.closest('[data-unit]');
    if (item !== null) {
      change({ unit: item.dataset.unit });
    }
  });
  const readSoon = debounce(read, 50);
  onDocument((what) => what !== 'kept' && what !== 'title' && readSoon());
  onModels(readSoon);
  view.addEventListener('keydown', (event) => event.key === 'Escape' && cancel());
  onChange((keys) => {
    if (keys.has('view') && !isSeen()) {
      Object.keys(jobs).forEach(drop);
      shown = { text: null, model: null };
    } else if (keys.has('view')) {
      readSoon();
    }
    if (['colourBy', 'unit', 'array', 'token'].some((key) => keys.has(key)) && isSeen()) {
      showToken();
      colour(keys);
    }
    if (keys.has('copies') && isSeen()) {
      underline();
    }
  });

  function isSeen() {
    return state.view === 'see';
  }

  function drop(name) {
    jobs[name]?.abort();
    jobs[name] = null;
  }

  /** Starts a job in place of the one before it, and shows what goes wrong. */
  async function job(name, target, region, work) {
    drop(name);
    const abort = new AbortController();
    jobs[name] = abort;
    showProblem(region, null);
    try {
      await whileBusy(target, work(abort.signal));
    } catch (error) {
      if (jobs[name] === abort) {
        const failure = isAborted(error) ? CANCELLED : error;
        showProblem(region, failure, () => job(name, target, region, work));
      }
    }
  }

  function cancel() {
    Object.values(jobs).forEach((abort) => abort?.abort());
  }

  function read() {
    const model = openedModel();
    const { text } = openDocument().tree;
    if (!isSeen() || (shown.text === text && shown.model === model)) {
      return;
    }
    shown = { text, model };
    Object.keys(jobs).forEach(drop);
    [problem, unitsProblem, copiesProblem].forEach((region) => showProblem(region, null));
    tokens = [];
    heat.show([]);
    units.replaceChildren();
    share.textContent = '';
    frame.hidden = model === null || text === '';
    side.hidden = frame.hidden;
    legendPlace.replaceChildren();
    token.replaceChildren();
    told.textContent = text === '' && model !== null ? 'There is no text yet. Write something first.' : '';
    if (frame.hidden) {
      return;
    }
    job('text', frame, problem, async (signal) => {
      const answer = await surpriseOf(model, text, signal);
      if (signal.aborted) {
        return;
      }
      tokens = answer.tokens;
      heat.show(tokens);
      const bits = answer.bitsPerCharacter;
      told.textContent = bits === null ? '' : `${bits.toFixed(2)} bits per character, by ${labelOf(model)}.`;
      showToken();
      colour(new Set(['array', 'unit', 'colourBy']));
      underline();
    });
  }

  function showToken() {
    const chosen = tokens[state.token];
    heat.choose(chosen ? chosen.index : -1);
    token.replaceChildren();
    if (chosen === undefined) {
      token.append(element('p', { class: 'hint', text: NO_TOKEN }));
      return;
    }
    const isKnown = chosen.bits !== null;
    const here = isKnown
      ? `Here is ${visible(chosen.text)}: ${percent(2 ** -chosen.bits)}, ${chosen.bits.toFixed(1)} bits.`
      : `The model says nothing of ${visible(chosen.text)}.`;
    token.append(element('p', { text: here }));
    const rows = chosen.likeliest.map((each) => {
      const isIt = each.text === chosen.text;
      return element('li', { class: isIt ? 'is-it' : null }, ...barOf(each));
    });
    token.append(element('ol', { class: 'bars' }, rows));
  }

  function colour(keys) {
    const { colourBy: kind } = state;
    colourBy.value = kind;
    unitPart.hidden = kind !== 'unit';
    if (tokens.length === 0) {
      return;
    }
    if (keys.has('colourBy')) {
      drop('colour');
      heat.colourByNothing();
      legendPlace.replaceChildren();
      [problem, unitsProblem].forEach((region) => showProblem(region, null));
    }
    if (kind === 'unit') {
      if (['array', 'colourBy'].some((key) => keys.has(key))) {
        job('colour', unitPart, unitsProblem, readUnits);
      } else if (keys.has('unit')) {
        job('colour', frame, unitsProblem, colourByUnit);
      }
    } else if (kind === 'saliency') {
      if (keys.has('token') || keys.has('colourBy')) {
        job('colour', frame, problem, colourBySaliency);
      }
    } else if (keys.has('colourBy') && kind === 'surprise') {
      colourBySurprise();
    }
  }

  function colourBySurprise() {
    heat.colourBySurprise();
    legendPlace.replaceChildren(legend('Expected', `Surprising (${MOST_BITS_SHOWN} bits or more)`, false));
  }

  async function readUnits(signal) {
    const { model, text } = shown;
    let array = state.array || USUAL_ARRAY;
    let answer;
    try {
      answer = await askModel(model, 'units', { text, array }, signal);
    } catch (error) {
      if (error.param !== 'array') {
        throw error;
      }
      array = USUAL_ARRAY; // since a link may name one of another model
      answer = await askModel(model, 'units', { text, array }, signal);
    }
    arrays.replaceChildren(...answer.arrays.map((name) => element('option', { value: name, text: name })));
    arrays.value = array;
    const items = answer.units.map(unitItem);
    units.replaceChildren(...items);
    if (items.length === 0) {
      heat.colourByNothing();
      return;
    }
    if (!items.some((item) => item.dataset.unit === state.unit)) {
      state.unit = items[0].dataset.unit;
    }
    await colourByUnit(signal);
  }

  async function colourByUnit(signal) {
    const items = [...units.children];
    const chosen = items.find((item) => item.dataset.unit === state.unit) ?? items[0];
    items.forEach((item) => item.setAttribute('aria-selected', String(item === chosen)));
    holdTabStop(items, chosen);
    const body = { text: shown.text, array: arrays.value, unit: Number(chosen.dataset.unit) };
    const { values } = await askModel(shown.model, 'activations', body, signal);
    const most = Math.max(1, ...values.map(Math.abs));
    heat.colourByValues(values, most);
    legendPlace.replaceChildren(legend(`−${short(most)}`, `${short(most)}`, true));
  }

  async function colourBySaliency(signal) {
    const chosen = tokens[state.token];
    if (chosen === undefined) {
      heat.colourByNothing();
      legendPlace.replaceChildren(element('p', { class: 'hint', text: NO_CAUSE }));
      return;
    }
    const body = { text: shown.text, token: chosen.index };
    const { values } = await askModel(shown.model, 'saliency', body, signal);
    heat.colourByValues(values, Math.max(...values.map(Math.abs), 0));
    legendPlace.replaceChildren(legend('Spoke against it', 'Spoke for it', true));
  }

  function underline() {
    copies.checked = state.copies;
    share.textContent = '';
    if (!state.copies || tokens.length === 0) {
      drop('copies');
      heat.underline([]);
      showProblem(copiesProblem, null);
      return;
    }
    const { model, text } = shown;
    job('copies', share, copiesProblem, async (signal) => {
      const answer = await askModel(model, 'copies', { text, least: SHORTEST_COPY }, signal);
      heat.underline(piecesOf(text, answer.runs));
      share.textContent =
        `${percent(answer.share)} stands so in the training text, in runs of ${SHORTEST_COPY} characters ` +
        `or more; the longest has ${answer.longest}.`;
    });
  }
}

/** Runs in code points as pieces in UTF-16 units, in order. */
function piecesOf(text, runs) {
  const offsets = [0];
  for (const character of text) {
    offsets.push(offsets.at(-1) + character.length);
  }
  return runs
    .map(({ begin, length }) => ({ begin: offsets[begin], end: offsets[begin + length] ?? text.length }))
    .sort((one, other) => one.begin - other.begin);
}

function unitItem({ unit, reactsTo, correlation }) {
  const sign = correlation < 0 ? '−' : '+';
  return element(
    'div',
    { role: 'option', 'data-unit': unit, tabindex: '-1', 'aria-selected': 'false' },
    element('span', { class: 'unit-number', text: String(unit) }),
    element('span', { text: reactsTo }),
    element('span', { class: 'figure', text: `${sign}${Math.abs(correlation).toFixed(2)}` }),
  );
}

function short(value) {
  return String(Number(value.toPrecision(2)));
}

function select(id, choose, options = []) {
  return element(
    'select',
    { id, on: { change: ({ target }) => choose(target.value) } },
    options.map(([value, text]) => element('option', { value, text })),
  );
}
