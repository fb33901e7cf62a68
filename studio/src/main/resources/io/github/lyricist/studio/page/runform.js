import { ask } from './api.js';
import { element, offerUndo, problemRegion, showProblem, whileBusy } from './dom.js';

const FEWEST_CHARACTERS = 200;
const MOST_BYTES = 16_000_000;
const SETTING_OF_FIELD = {
  cell: 'model.cell',
  layers: 'model.layers',
  hidden: 'model.hidden',
  tokens: 'corpus.tokens',
  epochs: 'training.epochs',
  learningRate: 'training.optimizer.learningRate',
  seed: 'seed',
};
const CELLS = [
  ['rnn', 'RNN'],
  ['gru', 'GRU'],
  ['lstm', 'LSTM'],
];
const TOKENS = ['character', 'word', 'byte', 'bpe'].map((each) => [each, each]);

/** The form that starts a run, on whose `view` a text may be dropped; `onStarted` is told of its id. */
export function createRunForm(view, onStarted) {
  const problem = problemRegion('train-problem');
  const told = element('p', { class: 'hint', id: 'text-told' });
  const text = element('textarea', {
    id: 'training-text',
    name: 'text',
    rows: 5,
    placeholder: 'Paste a text, or drop a file here',
    'aria-describedby': 'text-told',
    on: { input: tell },
  });
  const file = element('input', {
    id: 'training-file',
    type: 'file',
    class: 'visually-hidden',
    accept: '.txt,text/plain',
    on: { change: () => file.files[0] && readInto(file.files[0]) },
  });
  const source = element(
    'select',
    { name: 'source', id: 'training-source', on: { change: showSource } },
    element('option', { value: '', text: 'A text of my own' }),
    element('option', { value: 'bundled:songs', text: 'The songs that come with it' }),
  );
  const own = element(
    'div',
    { class: 'own-text' },
    element(
      'div',
      { class: 'label-row' },
      element('label', { for: 'training-text', text: 'Text' }),
      element('label', { class: 'file-button quiet' }, file, 'Choose a file'),
    ),
    text,
    told,
  );
  const start = element('button', {
    id: 'start-training',
    type: 'submit',
    class: 'primary',
    text: 'Start training',
  });
  const name = field('Name', 'name', { type: 'text', placeholder: 'optional' });
  const form = element(
    'form',
    { id: 'train-form', class: 'train-form', novalidate: true, 'aria-label': 'A new run' },
    name,
    labelled('Learns from', 'training-source', source),
    own,
    element(
      'div',
      { class: 'fields' },
      choice('Cell', 'cell', CELLS, 'lstm'),
      field('Layers', 'layers', { type: 'number', min: 1, value: '2' }),
      field('Hidden units', 'hidden', { type: 'text', value: 'auto' }),
      choice('Tokens', 'tokens', TOKENS, 'character'),
      field('Epochs', 'epochs', { type: 'number', min: 1, value: '30' }),
      field('Learning rate', 'learningRate', { type: 'text', inputmode: 'decimal', value: '0.002' }),
      field('Seed', 'seed', { type: 'number', min: 0, value: '1' }),
    ),
    field('Preview prefixes', 'prefixes', {
      type: 'text',
      placeholder: 'separated by |, or left to the text',
    }),
    problem,
    start,
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    mark(null);
    showProblem(problem, null);
    start.disabled = true;
    try {
      const { id } = await whileBusy(form, ask('trainings', requestOf(form)));
      onStarted(id);
    } catch (error) {
      mark(error.param ?? null);
      showProblem(problem, error);
    } finally {
      start.disabled = false;
    }
  });
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    view.addEventListener(type, (event) => {
      if (isForText(event)) {
        event.preventDefault();
        form.classList.toggle('is-dropped-on', type === 'dragenter' || type === 'dragover');
      }
    });
  }
  view.addEventListener('drop', (event) => {
    const [dropped] = event.dataTransfer.files;
    const words = event.dataTransfer.getData('text/plain');
    if (dropped) {
      readInto(dropped);
    } else if (words !== '' && isForText(event)) {
      replaceText(words);
    }
  });
  showSource();
  tell();

  /** A field takes the words that are dropped on it by itself. */
  function isForText({ target, dataTransfer }) {
    return dataTransfer.types.includes('Files') || !target.closest?.('input, textarea');
  }

  async function readInto(chosen) {
    file.value = '';
    if (chosen.size > MOST_BYTES) {
      const message = `${chosen.name} is larger than 16 MB. Train on it with “lyricist run”.`;
      showProblem(problem, new Error(message));
      return;
    }
    let read;
    try {
      read = new TextDecoder('utf-8', { fatal: true }).decode(await chosen.arrayBuffer());
    } catch {
      showProblem(problem, new Error(`${chosen.name} is not a text in UTF-8.`));
      return;
    }
    const input = form.elements.name;
    input.value = input.value || chosen.name.replace(/\.[^.]*$/, '');
    replaceText(read);
  }

  function replaceText(words) {
    const before = text.value;
    put(words);
    if (before.trim() !== '' && before !== words) {
      offerUndo('The text to learn from is replaced.', () => put(before));
    }
  }

  function put(words) {
    text.value = words;
    source.value = '';
    showProblem(problem, null);
    showSource();
    tell();
  }

  function showSource() {
    own.hidden = source.value !== '';
  }

  function tell() {
    const { length } = text.value;
    const isShort = length > 0 && length < FEWEST_CHARACTERS;
    const advice = isShort ? '; a model needs some thousands to learn from' : '';
    told.textContent = `${length.toLocaleString()} characters${advice}`;
  }

  function mark(param) {
    for (const each of form.elements) {
      const isIt = param !== null && (each.name === param || SETTING_OF_FIELD[each.name] === param);
      each.removeAttribute('aria-invalid');
      if (isIt) {
        each.setAttribute('aria-invalid', 'true');
      }
    }
  }
  return form;
}

function requestOf(form) {
  const value = (name) => form.elements[name].value.trim();
  const settings = {};
  for (const [name, key] of Object.entries(SETTING_OF_FIELD)) {
    if (value(name) !== '') {
      settings[key] = ['cell', 'tokens'].includes(name) ? value(name) : numberOr(value(name));
    }
  }
  const prefixes = value('prefixes').split('|').filter((prefix) => prefix !== '');
  if (prefixes.length > 0) {
    settings['preview.prefixes'] = prefixes;
  }
  const source = value('source');
  const from = source === '' ? { text: form.elements.text.value } : { source };
  const name = value('name');
  return { ...(name === '' ? {} : { name }), ...from, settings };
}

function numberOr(value) {
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

function field(label, name, { value = '', ...attributes }) {
  const id = `train-${name}`;
  return labelled(label, id, element('input', { id, name, value, autocomplete: 'off', ...attributes }));
}

function choice(label, name, options, chosen) {
  const id = `train-${name}`;
  const select = element(
    'select',
    { id, name },
    options.map(([value, text]) => element('option', { value, text })),
  );
  select.value = chosen;
  return labelled(label, id, select);
}

function labelled(label, id, input) {
  return element('div', { class: 'field' }, element('label', { for: id, text: label }), input);
}
