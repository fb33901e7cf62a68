import { debounce, showProblem, byId } from './dom.js';
import { keepText, lastText, newText, openText } from './library.js';
import { differenceOf } from './tree.js';

const KEEP_AFTER_MS = 400;
const listeners = [];
let open = newText();

/** The text that is open: id, title, created, locks and the tree of its versions. */
export function openDocument() {
  return open;
}

/** Calls `listener` when the open text, its version or its title has changed. */
export function onDocument(listener) {
  listeners.push(listener);
}

const keepSoon = debounce(keepNow, KEEP_AFTER_MS);

function keepNow() {
  try {
    keepText(open);
    showProblem(byId('storage-problem'), null);
  } catch (error) {
    showProblem(byId('storage-problem'), error);
  }
  listeners.forEach((listener) => listener('kept'));
}

/** Keeps what has not been kept yet. */
export function keepAtOnce() {
  keepSoon.now();
}

function changed(what) {
  keepSoon();
  listeners.forEach((listener) => listener(what));
}

/** Opens another text; what was open stays in the library. */
export function show(document) {
  keepSoon.now();
  open = document;
  changed('opened');
}

/** Opens what an address names: a stored text, a text, both or neither. */
export function showNamed(text, stored) {
  keepSoon.now();
  const id = stored ?? (text === null ? lastText() : null);
  const known = id === null ? null : openText(id);
  const document = known ?? newText(text ?? '', id ?? undefined);
  if (text !== null && document.tree.text !== text) {
    const version = document.tree.find(text);
    if (version === null) {
      document.tree.branch(text, 'opened', null);
    } else {
      document.tree.visit(version.id);
    }
  }
  open = document;
  if (text !== null) {
    keepSoon();
  }
  listeners.forEach((listener) => listener('opened'));
  return stored === null || known !== null || text !== null;
}

/** Takes what was typed. */
export function typed(text) {
  moveLocks(open.tree.text, text);
  changed(open.tree.edit(text) ? 'version' : 'typed');
}

/** Adds a version and goes to it. */
export function branch(text, kind, origin, parent) {
  moveLocks(open.tree.text, text);
  open.tree.branch(text, kind, origin, parent);
  changed('version');
}

/** Goes to a version. */
export function visit(id) {
  const before = open.tree.text;
  open.tree.visit(id);
  moveLocks(before, open.tree.text);
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
  open.title = title.trim();
  changed('title');
}

/** Locks a line, or unlocks it. */
export function toggleLock(line) {
  const isLocked = open.locks.includes(line);
  open.locks = isLocked ? open.locks.filter((each) => each !== line) : [...open.locks, line];
  changed('locks');
  return !isLocked;
}

/** Locks stay with their lines when lines before them come or go. */
function moveLocks(from, to) {
  if (open.locks.length === 0) {
    return;
  }
  const before = from.split('\n');
  const after = to.split('\n');
  const { begin, end } = differenceOf(before, after);
  const isAsLong = before.length === after.length;
  open.locks = open.locks
    .filter((line) => isAsLong || line < begin || line >= before.length - end)
    .map((line) => (line < begin || isAsLong ? line : line + after.length - before.length))
    .filter((line) => line < after.length);
}
