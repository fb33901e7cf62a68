import { button, byId, element, icon, offerUndo, problemRegion, showProblem } from './dom.js';
import { readFile, saveAsText, saveWithProvenance } from './files.js';
import { deleteText, listTexts, newText, openText, titleOf } from './library.js';
import { keepAtOnce, openDocument, rename, show, showInstead } from './session.js';
import { DEFAULTS, state } from './state.js';

const WRITING_SETTINGS = Object.keys(DEFAULTS).slice(
  Object.keys(DEFAULTS).indexOf('temperature'),
  Object.keys(DEFAULTS).indexOf('count') + 1,
);

/** The settings that a text is written with. */
export function writingSettings() {
  return Object.fromEntries(WRITING_SETTINGS.map((key) => [key, state[key]]));
}

/** The title of the open text, and buttons that save and open files. */
export function createTitle() {
  const title = element('input', {
    id: 'title',
    class: 'title',
    'aria-label': 'Title',
    autocomplete: 'off',
    on: { input: () => rename(title.value) },
  });
  const problem = problemRegion('file-problem');
  const file = element('input', {
    id: 'open-file',
    type: 'file',
    class: 'visually-hidden',
    accept: '.txt,.json,text/plain,application/json',
    on: {
      change: async () => {
        const [chosen] = file.files;
        if (chosen) {
          await openChosen(chosen, problem);
          file.value = '';
        }
      },
    },
  });
  const save = button('save-text', 'Save', () => saveAsText(openDocument()), 'quiet');
  save.setAttribute('aria-label', 'Save the text');
  const withOrigin = () => saveWithProvenance(openDocument());
  const saveAll = button('save-json', 'Save with origin', withOrigin, 'quiet');
  saveAll.setAttribute('aria-label', 'Save with origin: model, seed, settings and branches');
  const element_ = element(
    'div',
    { class: 'title-row' },
    title,
    element(
      'div',
      { class: 'title-buttons' },
      element('label', { class: 'file-button quiet' }, file, 'Open'),
      save,
      saveAll,
    ),
    problem,
  );
  return { element: element_, title };
}

async function openChosen(file, problem) {
  try {
    const { title, tree } = await readFile(file);
    show({ ...newText(), title, tree });
    showProblem(problem, null);
  } catch (error) {
    showProblem(problem, error);
  }
}

/** Shows the title of the open text. */
export function showTitle(input) {
  const song = openDocument();
  input.placeholder = titleOf({ ...song, title: '' });
  if (input.value !== song.title) {
    input.value = song.title;
  }
}

/** The texts that this browser keeps, with New and Delete. */
export function createTexts() {
  const list = element('ul', { id: 'texts', class: 'texts' });
  const create = button('new-text', 'New text', beginNew, 'quiet');
  create.prepend(icon('plus'));
  return { element: element('div', {}, create, list), list };
}

function beginNew() {
  show(newText());
  byId('text').focus();
}

/** Shows them as they are now. */
export function showTexts(list) {
  const current = openDocument();
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  list.replaceChildren(
    ...listTexts().map(({ id, title }) => {
      const isOpen = id === current.id;
      const shown = isOpen ? titleOf(current) : title;
      const open = element('button', {
        type: 'button',
        class: 'text-name',
        text: shown,
        'aria-current': isOpen ? 'true' : null,
        on: { click: () => (isOpen ? null : show(openText(id) ?? newText())) },
      });
      const remove = element(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': `Delete ${shown}`,
          on: { click: () => removeText(id, shown, list) },
        },
        icon('bin'),
      );
      return element('li', { 'data-text': id }, open, remove);
    }),
  );
  if (focused !== null) {
    const { text } = focused.closest('li').dataset;
    const same = list.querySelector(`[data-text="${CSS.escape(text)}"] .${focused.className}`);
    (same ?? list.querySelector('button'))?.focus();
  }
}

function removeText(id, title, list) {
  const isOpen = openDocument().id === id;
  const song = isOpen ? openDocument() : openText(id);
  deleteText(id);
  if (isOpen) {
    const next = listTexts()[0];
    showInstead((next && openText(next.id)) ?? newText());
  } else {
    keepAtOnce(); // now that there is more room
  }
  showTexts(list);
  offerUndo(`“${title}” is deleted.`, () => song !== null && show(song) && keepAtOnce());
}
