import { titleOf } from './library.js';
import { BranchTree } from './tree.js';

const FORMAT = 'lyricist-text';

/** Downloads the text alone. */
export function saveAsText(song) {
  download(`${fileName(song)}.txt`, 'text/plain;charset=utf-8', song.tree.text);
}

/** Downloads the text with where it came from: model, seed, settings and all branches. */
export function saveWithProvenance(song) {
  const { tree } = song;
  const origin = lastOrigin(tree.current);
  const file = {
    format: FORMAT,
    title: titleOf(song),
    text: tree.text,
    model: origin?.model ?? null,
    seed: origin?.seed ?? null,
    settings: origin?.settings ?? null,
    created: song.created,
    saved: new Date().toISOString(),
    current: tree.current.id,
    branches: tree.toPlain(),
  };
  download(`${fileName(song)}.json`, 'application/json', `${JSON.stringify(file, null, 2)}\n`);
}

/** Reads either back: title and tree. */
export async function readFile(file) {
  const content = (await file.text()).replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const name = file.name.replace(/\.(txt|json)$/i, '');
  if (!/\.json$/i.test(file.name)) {
    return { title: name, tree: new BranchTree(content) };
  }
  let saved;
  try {
    saved = JSON.parse(content);
  } catch {
    throw new Error(`${file.name} is not JSON.`);
  }
  if (saved === null || typeof saved.text !== 'string') {
    throw new Error(`${file.name} has no text.`);
  }
  const hasBranches = Array.isArray(saved.branches) && saved.branches.length > 0;
  const tree = hasBranches
    ? BranchTree.from({ current: saved.current, nodes: saved.branches })
    : new BranchTree(saved.text);
  if (tree.text !== saved.text) {
    tree.branch(saved.text, 'opened', null);
  }
  return { title: typeof saved.title === 'string' ? saved.title : name, tree };
}

function lastOrigin(node) {
  for (let each = node; each !== null; each = each.parent) {
    if (each.origin !== null) {
      return each.origin;
    }
  }
  return null;
}

function fileName(song) {
  return titleOf(song).replace(/[\\/:*?"<>|\p{Cc}]/gu, '').trim() || 'text';
}

function download(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
