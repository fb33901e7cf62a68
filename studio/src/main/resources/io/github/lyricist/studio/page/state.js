/** What the address names, where it differs from these. */
export const DEFAULTS = Object.freeze({
  view: 'write',
  model: '',
  reach: 'word',
  temperature: 0.8,
  topP: 1,
  minP: 0,
  length: '100',
  lines: '',
  syllables: '',
  rhyme: '',
  acrostic: '',
  require: '',
  ban: '',
  maxCopy: '',
  stop: '',
  beam: '',
  seed: '',
  count: '1',
  colourBy: 'surprise',
  array: '',
  unit: '',
  token: '',
  copies: false,
  run: '',
  runs: '',
});
export const VIEWS = ['write', 'see', 'train'];

const LONGEST_TEXT_IN_ADDRESS = 6000;
const listeners = [];

/** What is chosen now. */
export const state = { ...DEFAULTS };

/** Changes some of the state and tells the listeners which. */
export function change(changes) {
  const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  Object.assign(state, changes);
  if (changed.length > 0) {
    listeners.forEach((listener) => listener(changed));
  }
}

/** Calls `listener` with the set of changed keys, after each change. */
export function onChange(listener) {
  listeners.push((changed) => listener(new Set(changed)));
}

/** The fragment for the state, seen in `view`, and the open text; `id` is null where it is not stored. */
export function toFragment(view, { id, text }) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    if (key !== 'view' && value !== DEFAULTS[key]) {
      parameters.set(key, String(value));
    }
  }
  if (id !== null) {
    parameters.set('stored', id);
  }
  if (text !== '' && text.length <= LONGEST_TEXT_IN_ADDRESS) {
    parameters.set('text', text);
  }
  const all = parameters.toString();
  return `#${view}${all === '' ? '' : `?${all}`}`;
}

/** What a fragment says: the state, and the text and the id of the stored one, null where not named. */
export function fromFragment(fragment) {
  const [view, query] = splitOnce(fragment.replace(/^#/, ''), '?');
  const parameters = new URLSearchParams(query);
  const settings = { ...DEFAULTS, view: VIEWS.includes(view) ? view : DEFAULTS.view };
  for (const [key, standard] of Object.entries(DEFAULTS)) {
    const value = parameters.get(key);
    if (key !== 'view' && value !== null) {
      settings[key] = parsed(value, standard);
    }
  }
  return { settings, text: parameters.get('text'), stored: parameters.get('stored') };
}

function parsed(value, standard) {
  if (typeof standard === 'number') {
    const number = Number(value);
    return value.trim() !== '' && Number.isFinite(number) ? number : standard;
  }
  return typeof standard === 'boolean' ? value === 'true' : value;
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
