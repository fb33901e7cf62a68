import { debounce, showProblem, byId } from './dom.js';
import { isUntouched, keepLast, keepText, lastText, newText, openText } from './library.js';

const KEEP_AFTER_MS = 400;
const listeners = [];
let open = newText();
let isKept = true;

/** The text that is open: id, title, created and the tree of its versions. */
export function openDocument() {
  return open;
}

/** Calls `listener` when the open text, its version or its title has changed. */
export function onDocument(listener) {
  listeners.push(listener);
}

const keepSoon = debounce(keepNow, KEEP_AFTER_MS);

function tell(what) {
  listeners.forEach((listener) => listener(what));
}

function keepNow() {
  const { text } = open.tree;
  try {
    if (!isUntouched(open)) {
      keepText(open);
    }
    isKept = true;
    showProblem(byId('storage-problem'), null);
  } catch (error) {
    showProblem(byId('storage-problem'), error);
  }
  tell(text === open.tree.text ? 'kept' : 'version');
}

/** Keeps what has not been kept yet; false where there is no room for it. */
export function keepAtOnce() {
  keepSoon.drop();
  if (!isKept) {
    keepNow();
  }
  return isKept;
}

function changed(what) {
  isKept = false;
  keepSoon();
  tell(what);
}

/** Opens another text; what was open stays in the library. False where it can't be kept there. */
export function show(song) {
  if (!keepAtOnce()) {
    return false;
  }
  open = song;
  keepLast(song.id);
  changed('opened');
  return true;
}

/** Opens another text in place of one that is to be forgotten. */
export function showInstead(song) {
  isKept = true;
  show(song);
}

/** Opens what an address names: a stored text, a text, both or neither. */
export function showNamed(text, stored) {
  const id = stored ?? (text === null ? lastText() : null);
  const known = id === null ? null : openText(id);
  open = known ?? newText(text ?? '', id ?? undefined);
  const { tree } = open;
  if (text !== null && tree.text !== text) {
    const version = tree.find(text);
    if (version === null) {
      tree.branch(text, 'opened', null);
    } else {
      tree.visit(version.id);
    }
  }
  keepLast(open.id);
  if (text !== null) {
    isKept = false;
    keepSoon();
  }
  tell('opened');
  return stored === null || known !== null || text !== null;
}

/** Takes what was typed. */
export function typed(text) {
  changed(open.tree.edit(text) ? 'version' : 'typed');
}

/** Takes what a model went on with. */
export function goOn(text, origin) {
  open.tree.goOn(text, origin);
  changed('version');
}

/** Adds a version and goes to it. */
export function branch(text, kind, origin) {
  open.tree.branch(text, kind, origin);
  changed('version');
}

/** Goes to a version. */
export function visit(id) {
  open.tree.visit(id);
  changed('version');
}

/** Goes back to where the version came from. */
export function undo() {
  const { parent } = open.tree.current;
  if (parent !== null) {
    visit(parent.id);
  }
}

/** Goes forward to the version that was left last. */
export function redo() {
  const { next } = open.tree;
  if (next !== null) {
    visit(next.id);
  }
}

/** Gives the text a title. */
export function rename(title) {
  open.title = title;
  changed('title');
}

/** Locks a line of the version, or unlocks it. */
export function toggleLock(line) {
  const { current } = open.tree;
  const isLocked = current.locks.includes(line);
  current.locks = isLocked ? current.locks.filter((each) => each !== line) : [...current.locks, line];
  changed('locks');
  return !isLocked;
}
