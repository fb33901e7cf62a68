import { Alternatives, percent } from './alternatives.js';
import { announce, button, element, iconButton, problemRegion, showProblem } from './dom.js';
import { Editor } from './editor.js';
import { Ghost } from './ghost.js';
import { keepText, openText } from './library.js';
import { askModel, listedModels, onModels, openedModel } from './models.js';
import { branch, goOn, onDocument, openDocument, redo, toggleLock, typed, undo, visit } from './session.js';
import { onChange, state } from './state.js';
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
    onInput: (text, origin) => (origin === null ? typed(text) : goOn(text, origin)),
    onCaret: () => caretMoved(),
    onPoint: (place) => showAlternatives(place, false),
    onLock: (line) => announce(toggleLock(line) ? 'Kept' : 'Free'),
  });
  const ghost = new Ghost(editor, (text) => {
    editor.insert(text, originOf(openedModel(), null, { reach: state.reach }));
  });
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
  let shownModel = null;

  const buttons = {
    write: button('write-on', 'Write on', () => writeOn(), 'primary'),
    rewrite: button('rewrite', 'Rewrite the rest', () => rewrite()),
    cancel: button('cancel', 'Cancel', () => writer.cancel()),
    undo: iconButton('undo', 'Back to where this version came from', 'undo', undo),
    redo: iconButton('redo', 'Forward to the version left last', 'redo', redo),
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
  view.addEventListener('keydown', ({ key }) => key === 'Escape' && writer.cancel());
  onDocument(onDocumentChange);
  onModels(showModel);
  onChange((keys) => {
    showWishes(parts.wishes);
    if (keys.has('reach') || keys.has('view')) {
      ghost.refresh();
    }
  });
  showAll();

  function desk() {
    const { write, rewrite: again, cancel, undo: back, redo: forward } = buttons;
    return element('div', { class: 'desk-buttons' }, write, again, cancel, back, forward);
  }

  function showAll() {
    const { tree } = openDocument();
    editor.setText(tree.text);
    editor.setLocks(tree.locks);
    showTitle(title);
    showTexts(textList);
    showTree(parts.tree);
    showWishes(parts.wishes);
    showModel();
  }

  function onDocumentChange(what) {
    const { tree } = openDocument();
    if (what === 'kept') {
      showTexts(textList);
      showTree(parts.tree);
      return;
    }
    editor.setText(tree.text);
    editor.setLocks(tree.locks);
    if (what !== 'typed' && what !== 'title') {
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
    showButtons();
    if (shownModel !== openedModel()) {
      shownModel = openedModel();
      ghost.refresh();
    }
  }

  function showButtons() {
    const { tree } = openDocument();
    const model = openedModel();
    const isWorking = writer.isWorking;
    buttons.write.disabled = model === null || isWorking;
    buttons.rewrite.disabled = model === null || isWorking || tree.text.trim() === '';
    buttons.cancel.hidden = !isWorking;
    buttons.undo.disabled = isWorking || tree.current.parent === null;
    buttons.redo.disabled = isWorking || tree.next === null;
    const kept = tree.locks.length;
    buttons.rewrite.title = kept > 0 ? `Writes all but the ${kept} kept lines anew` : 'Writes all lines anew';
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
    } else if (key === 'Escape' && !writer.isWorking) {
      ghost.hide();
    } else if (altKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
      ghost.choose(key === 'ArrowDown' ? 1 : -1);
    } else if ((ctrlKey && key === ' ') || (altKey && key === 'Enter')) {
      showAlternatives(editor.caret, true);
    } else if (isUndo(event) && isNewToBrowser()) {
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
  function isNewToBrowser() {
    return !editor.hasTyped && openDocument().tree.current.parent !== null && !writer.isWorking;
  }

  function showAlternatives(place, chooses) {
    const model = openedModel();
    if (model === null || writer.isWorking) {
      return;
    }
    const { begin, end } = pieceAt(editor.text, place, model);
    const prefix = editor.text.slice(0, begin);
    const heading = begin === end ? 'Next could be' : 'Here could be';
    picking = { prefix, model };
    alternatives.open(
      editor.markAt(begin, end),
      heading,
      (signal) => nextTokens(model, prefix, signal),
      chooses,
    );
  }

  async function nextTokens(model, text, signal) {
    const body = { text, count: ALTERNATIVES, reach: 'character' };
    const { continuations } = await askModel(model, 'continuations', body, signal);
    return continuations.map((each) => ({ ...each, text: model.fromModel(each.text) }));
  }

  function pickAlternative({ text }) {
    const { prefix, model } = picking;
    branch(prefix + text, 'alternative', originOf(model, null, { reach: 'character' }));
  }

  function originOf({ id, sha256, name }, seed, settings) {
    return { model: { id, sha256, name }, seed, settings };
  }

  function writeOn() {
    if (openedModel() !== null && !writer.isWorking) {
      const prefix = editor.text.slice(0, editor.caret);
      const seed = nextSeed(parts.wishes);
      work({ prefix, ...requestOf({ seed }) }, 'written', writeOn);
    }
  }

  /** Blank lines stay where they are. */
  function rewrite() {
    if (openedModel() === null || writer.isWorking) {
      return;
    }
    const { locks } = openDocument().tree;
    const lines = editor.text.replace(/\n$/, '').split('\n');
    const isBlank = (line) => line.trim() === '';
    const given = lines.flatMap((line, index) => {
      return isBlank(line) ? [] : [locks.includes(index) ? line : null];
    });
    const whole = (text) => {
      const made = text.split('\n');
      return [...lines.flatMap((line) => (isBlank(line) ? line : made.splice(0, 1))), ...made].join('\n');
    };
    const seed = nextSeed(parts.wishes);
    work({ prefix: '', ...requestOf({ seed, lines: given.length }), given }, 'rewritten', rewrite, whole);
  }

  async function work(request, kind, retry, whole = (text) => text) {
    const model = openedModel();
    const from = openDocument();
    const parent = from.tree.current;
    const origin = originOf(model, request.seed, writingSettings());
    alternatives.close();
    ghost.pause(true);
    showProblem(problem, null);
    markField(parts.wishes, null);
    outcome.textContent = '';
    draftPlace = kind === 'written' ? { version: parent, at: request.prefix.length } : null;
    const writing = writer.write(model, request);
    showButtons();
    const { texts: made, isWhole, problem: failure } = await writing;
    const useful = made
      .filter(({ text }) => text !== request.prefix)
      .map((each) => ({ ...each, text: whole(each.text) }));
    try {
      addBranches(useful, isWhole ? kind : 'cancelled', origin, from, parent);
      outcome.textContent = outcomeOf(made, !isWhole && failure === null);
    } catch (error) {
      showProblem(problem, error);
    }
    if (failure !== null) {
      markField(parts.wishes, failure.param ?? null);
      showProblem(problem, failure, retry);
    } else if (isWhole && made.length === 1) {
      announce('Written');
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
    const song = isOpen ? openDocument() : (openText(from.id) ?? from);
    const { tree } = song;
    const before = tree.current;
    const added = made.map(({ text, done }) => {
      const logProbability = done?.logProbability ?? null;
      return tree.branch(text, kind, { ...origin, logProbability }, tree.nodes.get(parent.id));
    });
    tree.visit(before.id);
    if (isOpen && added.length > 0) {
      visit(added[0].id);
    } else if (added.length > 0) {
      keepText(song);
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

/** What a model would write in place of: a character, or a word where it writes words. */
function pieceAt(text, place, model) {
  if (place >= text.length) {
    return { begin: text.length, end: text.length };
  }
  const granularity = model.tokens === 'word' ? 'word' : 'grapheme';
  const { index, segment } = new Intl.Segmenter('en', { granularity }).segment(text).containing(place);
  return { begin: index, end: index + segment.length };
}

function panel(name, content) {
  const isOpen = matchMedia('(min-width: 60rem)').matches;
  return element('details', { open: isOpen, class: 'panel' }, element('summary', { text: name }), content);
}

/** Says kindly that there is no model, where that is so. */
export function noModelNotice() {
  const notice = element(
    'div',
    { class: 'no-model', role: 'note', hidden: true },
    element('p', { text: NO_MODEL }),
    element('a', { href: '#train', class: 'button primary', text: 'Train a model' }),
  );
  onModels(() => {
    notice.hidden = listedModels() === null || state.model !== '';
  });
  return notice;
}
