import { ask, isAborted, ofModel } from './api.js';
import { byId, element, showProblem, whileBusy } from './dom.js';
import { change, state } from './state.js';

const listeners = [];
let listed = null;
let opened = null;
let opening = null;
let isListMissing = false;

/** All models and runs of the folder, or null before they are known. */
export function listedModels() {
  return listed;
}

/** The model that is open, or null. */
export function openedModel() {
  return opened;
}

/** Calls `listener` when a model has been opened or closed, or the list of them has changed. */
export function onModels(listener) {
  listeners.push(listener);
}

function tell() {
  listeners.forEach((listener) => listener());
}

/** Whether a model can be written with. */
export function isUsable(model) {
  return model.problem === null;
}

/** What people know a model by: its folder, and its experiment where that is called otherwise. */
export function labelOf({ id, name }) {
  return id.startsWith(name) ? id : `${id} (${name})`;
}

/** Reads the list of models again, and opens the chosen one, or the newest. */
export async function refreshModels() {
  const problem = byId('model-problem');
  try {
    const answer = await whileBusy(byId('model-choice'), ask('models'));
    listed = answer.models;
    if (isListMissing) {
      isListMissing = false;
      showProblem(problem, null);
    }
  } catch (error) {
    isListMissing = true;
    showProblem(problem, error, refreshModels);
    return;
  }
  if (state.model === '') {
    change({ model: listed.find(isUsable)?.id ?? '' });
  }
  fill(byId('model'));
  tell();
  await openChosen();
}

function fill(select) {
  const options = listed.map((model) =>
    element('option', {
      value: model.id,
      text: isUsable(model) ? labelOf(model) : `${model.id}: ${model.problem}`,
      disabled: !isUsable(model),
    }),
  );
  if (!listed.some((model) => model.id === state.model)) {
    const text = state.model === '' ? 'No model yet' : `${state.model} (not there)`;
    options.unshift(element('option', { value: state.model, text, disabled: true }));
  }
  select.replaceChildren(...options);
  select.value = state.model;
}

/** Opens the model that the state names, and anew where its run has been trained on. */
export async function openChosen() {
  const id = state.model;
  if (listed === null) {
    return;
  }
  const { name, epochs } = listed.find((model) => model.id === id) ?? { name: id };
  const isSame = (model) => model?.id === id && model.epochs === epochs;
  if (isSame(opened) || isSame(opening)) {
    return;
  }
  opening?.abort.abort();
  opened = null;
  tell();
  byId('model').value = id;
  const problem = byId('model-problem');
  showProblem(problem, null);
  if (id === '') {
    opening = null;
    return;
  }
  const mine = { id, epochs, abort: new AbortController() };
  opening = mine;
  try {
    const answer = ask(ofModel(id), undefined, mine.abort.signal);
    opened = describe({ name, ...(await whileBusy(byId('model-choice'), answer)), epochs });
  } catch (error) {
    if (isAborted(error)) {
      return;
    }
    showProblem(problem, error, openChosen);
  } finally {
    if (opening === mine) {
      opening = null;
    }
  }
  if (state.model === id) {
    tell();
  }
}

/**
 * A model whose text had spaces for line ends gives them so; in the page a line is a line. Both are one
 * character, so that places in the text stay the same.
 */
function describe(model) {
  const isSpaced = model.lineEnd === ' ';
  return {
    ...model,
    fromModel: (text) => (isSpaced && model.hasHan ? text.replaceAll(' ', '\n') : text),
  };
}

/** Asks the open model something about a text. */
export function askModel(model, what, body, signal) {
  return ask(ofModel(model.id, what), body, signal);
}
