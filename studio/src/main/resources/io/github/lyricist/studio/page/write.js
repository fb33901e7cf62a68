import { Alternatives, percent } from './alternatives.js';
import { isAborted } from './api.js';
import { announce, element, icon, problemRegion, showProblem } from './dom.js';
import { Editor } from './editor.js';
import { Ghost } from './ghost.js';
import { keepText, openText } from './library.js';
import { askModel, listedModels, onModels, openedModel } from './models.js';
import { branch, onDocument, openDocument, redo, toggleLock, typed, undo, visit } from './session.js';
import { onChange, state } from './state.js';
import { surpriseOf } from './surprise.js';
import { createTexts, createTitle, showTexts, showTitle, writingSettings } from './texts.js';
import { createTreeView, showTree } from './treeview.js';
import { createWishes, markField, nextSeed, requestOf, showWishes } from './wishes.js';
import { Writer } from './writer.js';

const ALTERNATIVES = 10;
const NO_MODEL =
  'There is no model yet. Train one on the songs that come with it, or on a text of your own.';
const HINT =
  'Tab takes the continuation, Alt and up or down choose another, Escape rejects it. ' +
  'Click a character, or press Control and space, for its alternatives. ' +
  'Alt and L keeps the line, Control and Enter writes on.';

/** Builds the view in which one writes. */
export function createWrite(view) {
  const parts = { wishes: createWishes(), tree: createTreeView() };
  const editor = new Editor({
    onInput: (text) => typed(text),
    onComposed: () => ghost.refresh(),
    onCaret: () => caretMoved(),
    onPoint: (place) => showAlternatives(place, false),
    onLock: (line) => announce(toggleLock(line) ? 'Kept' : 'Free'),
  });
  const ghost = new Ghost(editor);
  const alternatives = new Alternatives({
    owner: editor.textarea,
    onPick: pickAlternative,
    onClose: () => editor.unmark(),
  });
  const writer = new Writer(showDraft);
  const problem = problemRegion('write-problem');
  const outcome = element('p', { id: 'outcome', class: 'outcome', role: 'status' });
  let draftPlace = null;
  let picking = null;
  let lastCaret = -1;

  const buttons = {
    write: button('write-on', 'Write on', () => writeOn(), 'primary'),
    rewrite: button('rewrite', 'Rewrite the rest', () => rewrite()),
    cancel: button('cancel', 'Cancel', () => writer.cancel()),
    undo: iconButton('undo', 'Back to where this version came from', undo),
    redo: iconButton('redo', 'Forward to the version left last', redo),
    begin: button('begin', '', () => editor.insert(buttons.begin.dataset.text), 'quiet'),
  };
  const { element: titleRow, title } = createTitle();
  const { element: texts, list: textList } = createTexts();

  view.append(
    element(
      'div',
      { class: 'write-layout' },
      element(
        'aside',
        { class: 'side', 'aria-label': 'Texts and branches' },
        panel('Branches', parts.tree),
        panel('Texts', texts),
      ),
      element(
        'div',
        { class: 'page' },
        noModelNotice(),
        titleRow,
        element('div', { class: 'paper' }, editor.element, alternatives.element),
        element('div', { class: 'desk' }, ghost.element, desk(), buttons.begin),
        writer.element,
        problem,
        outcome,
        element('p', { id: 'editor-hint', class: 'hint', text: HINT }),
      ),
      element('aside', { class: 'side', 'aria-label': 'Wishes' }, panel('Wishes', parts.wishes)),
    ),
  );
  editor.textarea.addEventListener('keydown', onKey);
  onDocument(onDocumentChange);
  onModels(showModel);
  onChange((keys) => {
    showWishes(parts.wishes);
    if (keys.has('reach')) {
      ghost.refresh();
    }
  });
  showAll();

  function desk() {
    const { write, rewrite: again, cancel, undo: back, redo: forward } = buttons;
    return element('div', { class: 'desk-buttons' }, write, again, cancel, back, forward);
  }

  function showAll() {
    const { tree, locks } = openDocument();
    editor.setText(tree.text);
    editor.setLocks(locks);
    showTitle(title);
    showTexts(textList);
    showTree(parts.tree);
    showWishes(parts.wishes);
    showModel();
  }

  function onDocumentChange(what) {
    const { tree, locks } = openDocument();
    if (what === 'kept') {
      showTexts(textList);
      showTree(parts.tree);
      return;
    }
    editor.setText(tree.text);
    editor.setLocks(locks);
    if (what !== 'typed') {
      showTree(parts.tree);
      outcome.textContent = '';
      showProblem(problem, null);
    }
    showTitle(title);
    if (what === 'opened') {
      alternatives.close();
      showTexts(textList);
    }
    if (what !== 'title') {
      ghost.refresh();
    }
    showButtons();
  }

  function showModel() {
    const isMissing = listedModels() !== null && state.model === '';
    view.querySelector('.no-model').hidden = !isMissing;
    showButtons();
    ghost.refresh();
  }

  function showButtons() {
    const { tree, locks } = openDocument();
    const model = openedModel();
    const isWorking = writer.isWorking;
    buttons.write.disabled = model === null || isWorking;
    buttons.rewrite.disabled = model === null || isWorking || tree.text.trim() === '';
    buttons.cancel.hidden = !isWorking;
    buttons.undo.disabled = isWorking || tree.current.parent === null;
    buttons.redo.disabled = isWorking || tree.next === null;
    buttons.rewrite.title =
      locks.length > 0 ? `Writes all but the ${locks.length} kept lines anew` : 'Writes all lines anew';
    const beginning = model === null || tree.text !== '' ? '' : model.fromModel(model.beginning ?? '');
    buttons.begin.hidden = beginning === '';
    buttons.begin.dataset.text = beginning;
    buttons.begin.textContent = `Begin with “${beginning.trim()}”`;
    editor.textarea.readOnly = isWorking;
  }

  function caretMoved() {
    if (editor.caret !== lastCaret) {
      lastCaret = editor.caret;
      ghost.refresh();
    }
  }

  function onKey(event) {
    if (alternatives.key(event) || event.isComposing) {
      return;
    }
    const { key, altKey, ctrlKey, shiftKey, metaKey } = event;
    const isPlain = !altKey && !ctrlKey && !metaKey;
    if (key === 'Tab' && isPlain && !shiftKey && ghost.isShown) {
      ghost.take();
    } else if (key === 'Escape' && writer.isWorking) {
      writer.cancel();
    } else if (key === 'Escape') {
      ghost.hide();
    } else if (altKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
      ghost.choose(key === 'ArrowDown' ? 1 : -1);
    } else if ((ctrlKey && key === ' ') || (altKey && key === 'Enter')) {
      showAlternatives(editor.caret, true);
    } else if (isUndo(event) && cameAtOnce()) {
      undo();
    } else if (isRedo(event) && openDocument().tree.next !== null) {
      redo();
    } else if (altKey && event.code === 'KeyL') {
      announce(toggleLock(editor.caretLine) ? 'Kept' : 'Free');
    } else if ((ctrlKey || metaKey) && key === 'Enter') {
      writeOn();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Whether the browser's own undo knows nothing of how the text came to be. */
  function cameAtOnce() {
    const { kind, parent } = openDocument().tree.current;
    return kind !== 'typed' && parent !== null && !writer.isWorking;
  }

  function showAlternatives(place, chooses) {
    const model = openedModel();
    if (model === null || writer.isWorking) {
      return;
    }
    const { text } = editor;
    const isEnd = place >= text.length;
    const end = isEnd ? place : place + (text.codePointAt(place) > 0xffff ? 2 : 1);
    const box = editor.markAt(place, end);
    picking = { begin: place, text };
    alternatives.open(
      box,
      isEnd ? 'Next could be' : 'Here could be',
      (signal) => (isEnd ? nextTokens(model, text, signal) : tokensAt(model, text, place, signal)),
      chooses,
    );
  }

  async function nextTokens(model, text, signal) {
    const body = { text, count: ALTERNATIVES, reach: 'character' };
    const { continuations } = await askModel(model, 'continuations', body, signal);
    return continuations.map((each) => ({ ...each, text: model.fromModel(each.text) }));
  }

  async function tokensAt(model, text, place, signal) {
    const { tokens } = await surpriseOf(model, text, signal);
    const token = tokens.find(({ begin, end }) => begin <= place && place < end);
    picking.begin = token.begin;
    return token.likeliest;
  }

  function pickAlternative({ text }) {
    const changed = picking.text.slice(0, picking.begin) + text;
    branch(changed, 'alternative', originOf(null));
    editor.textarea.setSelectionRange(changed.length, changed.length);
  }

  function originOf(seed) {
    const { id, sha256, name } = openedModel();
    return { model: { id, sha256, name }, seed, settings: writingSettings() };
  }

  function writeOn() {
    if (openedModel() !== null && !writer.isWorking) {
      const prefix = editor.text.slice(0, editor.caret);
      const seed = nextSeed(parts.wishes);
      work({ prefix, ...requestOf({ seed }) }, 'written', writeOn);
    }
  }

  function rewrite() {
    const { locks } = openDocument();
    const model = openedModel();
    const lines = editor.text.replace(/\n$/, '').split('\n');
    const given = lines.map((line, index) => (locks.includes(index) ? model.toModel(line) : null));
    const seed = nextSeed(parts.wishes);
    work({ prefix: '', ...requestOf({ seed, lines: lines.length }), given }, 'rewritten', rewrite);
  }

  async function work(request, kind, retry) {
    const from = openDocument();
    const parent = from.tree.current;
    const origin = originOf(request.seed);
    alternatives.close();
    ghost.pause(true);
    showProblem(problem, null);
    markField(parts.wishes, null);
    outcome.textContent = '';
    draftPlace = kind === 'written' ? { version: parent, at: request.prefix.length } : null;
    try {
      const writing = writer.write(openedModel(), request);
      showButtons();
      const { texts: made, isCancelled } = await writing;
      const useful = made.filter(({ text }) => text !== request.prefix);
      addBranches(useful, isCancelled ? 'cancelled' : kind, origin, from, parent);
      outcome.textContent = outcomeOf(made, isCancelled);
    } catch (error) {
      if (!isAborted(error)) {
        markField(parts.wishes, error.param ?? null);
        showProblem(problem, error, retry);
      }
    }
    editor.hideGhost();
    showButtons();
    ghost.pause(false);
  }

  function showDraft(more) {
    if (draftPlace?.version === openDocument().tree.current) {
      editor.showGhost(more, draftPlace.at);
    }
  }

  /** Also where another text has been opened in the meantime: then they are among its branches later. */
  function addBranches(made, kind, origin, from, parent) {
    const isOpen = openDocument().id === from.id;
    const document = isOpen ? openDocument() : (openText(from.id) ?? from);
    const { tree } = document;
    const before = tree.current;
    const added = made.map(({ text, done }) => {
      const logProbability = done?.logProbability ?? null;
      return tree.branch(text, kind, { ...origin, logProbability }, tree.nodes.get(parent.id));
    });
    tree.visit(before.id);
    if (isOpen && added.length > 0) {
      visit(added[0].id);
    } else if (added.length > 0) {
      keepText(document);
    }
  }

  function outcomeOf(made, isCancelled) {
    const many = made.length > 1 ? `${made.length} texts are among the branches. ` : '';
    const refused = Object.entries(made[0]?.done?.refused ?? {}).map(
      ([wish, share]) => `${wish.replaceAll('--', '').replaceAll('-', ' ')} ${percent(share)}`,
    );
    const hard = refused.length > 0 ? `Ruled out along the way: ${refused.join(', ')}.` : '';
    return `${isCancelled ? 'Cancelled. ' : ''}${many}${hard}`.trim();
  }

  return { editor };
}

function isUndo({ key, ctrlKey, metaKey, shiftKey }) {
  return (ctrlKey || metaKey) && !shiftKey && key.toLowerCase() === 'z';
}

function isRedo({ key, ctrlKey, metaKey, shiftKey }) {
  const letter = key.toLowerCase();
  return (ctrlKey || metaKey) && (letter === 'y' || (letter === 'z' && shiftKey));
}

function button(id, text, click, look = null) {
  return element('button', { id, type: 'button', text, class: look, on: { click } });
}

function iconButton(id, label, click) {
  const properties = { id, type: 'button', class: 'icon-button', 'aria-label': label, title: label };
  return element('button', { ...properties, on: { click } }, icon(id));
}

function panel(name, content) {
  const isOpen = matchMedia('(min-width: 60rem)').matches;
  return element('details', { open: isOpen, class: 'panel' }, element('summary', { text: name }), content);
}

/** Says kindly that there is no model. */
export function noModelNotice() {
  return element(
    'div',
    { class: 'no-model', role: 'note', hidden: true },
    element('p', { text: NO_MODEL }),
    element('a', { href: '#train', class: 'button primary', text: 'Train a model' }),
  );
}
