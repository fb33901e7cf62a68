import { BranchTree } from './tree.js';

const INDEX = 'lyricist.texts';
const LAST = 'lyricist.last';
const keyOf = (id) => `lyricist.text.${id}`;

/** The texts that this browser keeps, the latest first: id, title, changed. */
export function listTexts() {
  return (read(INDEX) ?? []).sort((one, other) => other.changed.localeCompare(one.changed));
}

/** A new text, which is kept from its first change on. */
export function newText(text = '', id = crypto.randomUUID().slice(0, 8)) {
  return { id, title: '', created: new Date().toISOString(), locks: [], tree: new BranchTree(text) };
}

/** The text of that id, or null. */
export function openText(id) {
  const stored = read(keyOf(id));
  if (stored === null) {
    return null;
  }
  const { title, created, locks } = stored;
  return { id, title, created, locks, tree: BranchTree.from(stored.tree) };
}

/** The id of the text that was open last, or null. */
export function lastText() {
  return read(LAST);
}

/** Keeps a text. An Error says that the browser's room for it is used up. */
export function keepText(document) {
  const { id, title, created, locks, tree } = document;
  try {
    localStorage.setItem(keyOf(id), JSON.stringify({ title, created, locks, tree: tree.toStored() }));
    localStorage.setItem(LAST, JSON.stringify(id));
    const entry = { id, title: titleOf(document), changed: new Date().toISOString() };
    writeIndex([entry, ...listTexts().filter((each) => each.id !== id)]);
  } catch {
    throw new Error('This browser has no room left for the text. Save it to a file, or delete others.');
  }
}

/** Deletes a text; gives back what brings it back. */
export function deleteText(id) {
  const stored = localStorage.getItem(keyOf(id));
  const entry = listTexts().find((each) => each.id === id);
  localStorage.removeItem(keyOf(id));
  writeIndex(listTexts().filter((each) => each.id !== id));
  return () => {
    if (stored !== null && entry) {
      localStorage.setItem(keyOf(id), stored);
      writeIndex([entry, ...listTexts()]);
    }
  };
}

/** A text's own title, or else how it begins. */
export function titleOf(document) {
  const line = document.tree.text.split('\n').find((each) => each.trim() !== '') ?? '';
  const begin = [...line.trim()].slice(0, 30).join('');
  return document.title || begin || 'Untitled';
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
