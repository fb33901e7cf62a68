import { BranchTree, newId } from './tree.js';

const INDEX = 'lyricist.texts';
const LAST = 'lyricist.last';
const keyOf = (id) => `lyricist.text.${id}`;

/** The texts that this browser keeps, the latest first: id, title, changed. */
export function listTexts() {
  return (read(INDEX) ?? []).sort((one, other) => other.changed.localeCompare(one.changed));
}

/** A new text, which is kept from its first change on. */
export function newText(text = '', id = newId()) {
  return { id, title: '', created: new Date().toISOString(), tree: new BranchTree(text) };
}

/** Whether a text is as new, so that there is nothing to keep. */
export function isUntouched({ title, tree }) {
  return title === '' && tree.isUntouched;
}

/** The text of that id, or null. */
export function openText(id) {
  const stored = read(keyOf(id));
  if (stored === null) {
    return null;
  }
  const { title, created } = stored;
  return { id, title, created, tree: BranchTree.from(stored.tree) };
}

/** The id of the text that was open last, or null. */
export function lastText() {
  return read(LAST);
}

/** Remembers which text is open. */
export function keepLast(id) {
  try {
    localStorage.setItem(LAST, JSON.stringify(id));
  } catch {
    // Then another one is opened next time; that of the text itself is told.
  }
}

/** Keeps a text, with what other pages made of it. An Error says that there is no room left. */
export function keepText(song) {
  const { id, title, created, tree } = song;
  const stored = openText(id);
  if (stored !== null) {
    tree.merge(stored.tree);
  }
  try {
    localStorage.setItem(keyOf(id), JSON.stringify({ title, created, tree: tree.toStored() }));
    const entry = { id, title: titleOf(song), changed: new Date().toISOString() };
    writeIndex([entry, ...listTexts().filter((each) => each.id !== id)]);
  } catch {
    throw new Error('This browser has no room left for the text. Save it to a file, or delete others.');
  }
}

/** Deletes a text. */
export function deleteText(id) {
  localStorage.removeItem(keyOf(id));
  writeIndex(listTexts().filter((each) => each.id !== id));
}

/** A text's own title, or else how it begins. */
export function titleOf(song) {
  const line = song.tree.text.split('\n').find((each) => each.trim() !== '') ?? '';
  const begin = [...line.trim()].slice(0, 30).join('');
  return song.title.trim() || begin || 'Untitled';
}

function writeIndex(entries) {
  localStorage.setItem(INDEX, JSON.stringify(entries));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
