const NEW_EDIT_AFTER_MS = 60_000;
const MUCH_DELETED = 20;

/**
 * The versions of a text: each knows which one it came from. Typing goes on in a version of its own;
 * what a model writes is always a new one.
 */
export class BranchTree {
  constructor(text = '') {
    this.nodes = new Map();
    this.current = this.#add(null, text, 'begun', null);
    this.root = this.current;
  }

  #add(parent, text, kind, origin) {
    const now = new Date().toISOString();
    const node = {
      id: crypto.randomUUID().slice(0, 8),
      parent,
      text,
      kind,
      origin,
      created: now,
      changed: now,
      recent: null,
    };
    this.nodes.set(node.id, node);
    if (parent !== null) {
      parent.recent = node;
    }
    return node;
  }

  get text() {
    return this.current.text;
  }

  get next() {
    return this.current.recent ?? this.childrenOf(this.current).at(-1) ?? null;
  }

  childrenOf(node) {
    return [...this.nodes.values()].filter((each) => each.parent === node);
  }

  /** Takes what was typed; true where that made or chose another version. */
  edit(text) {
    const from = this.current;
    if (text === from.text) {
      return false;
    }
    const children = this.childrenOf(from);
    const known = [from.parent, ...children].find((each) => each?.text === text);
    if (known) {
      this.visit(known.id);
      return true;
    }
    const isRecent = Date.now() - Date.parse(from.changed) < NEW_EDIT_AFTER_MS;
    const isTyped = from.kind === 'typed' || (from.kind === 'begun' && from.text === '');
    const isKept = from.text.length - text.length < MUCH_DELETED;
    if (isTyped && children.length === 0 && isKept && (isRecent || from.text === '')) {
      from.text = text;
      from.kind = 'typed';
      from.changed = new Date().toISOString();
      return false;
    }
    this.current = this.#add(from, text, 'typed', null);
    return true;
  }

  /** Adds a version that came from the current one, or from `parent`, and goes to it. */
  branch(text, kind, origin, parent = this.current) {
    const same = this.childrenOf(parent).find((each) => each.text === text && each.kind === kind);
    if (same) {
      this.visit(same.id);
    } else {
      this.current = this.#add(parent, text, kind, origin);
    }
    return this.current;
  }

  visit(id) {
    const node = this.nodes.get(id);
    for (let each = node; each.parent !== null; each = each.parent) {
      each.parent.recent = each;
    }
    this.current = node;
  }

  /** The version with that text, or null. */
  find(text) {
    return [...this.nodes.values()].findLast((each) => each.text === text) ?? null;
  }

  /** For JSON: each text as what differs from the one it came from. */
  toStored() {
    const nodes = [...this.nodes.values()].map((node) => {
      const difference = differenceOf(node.parent?.text ?? '', node.text);
      const { id, kind, origin, created, changed } = node;
      return { id, parent: node.parent?.id ?? null, ...difference, kind, origin, created, changed };
    });
    return { current: this.current.id, nodes };
  }

  /** For a person's file: each text whole. */
  toPlain() {
    return [...this.nodes.values()].map(({ id, parent, text, kind, origin, created }) => ({
      id,
      parent: parent?.id ?? null,
      text,
      kind,
      origin,
      created,
    }));
  }

  /** Reads either of these back. */
  static from({ current, nodes }) {
    const tree = new BranchTree();
    tree.nodes.clear();
    for (const stored of nodes) {
      const parent = stored.parent === null ? null : (tree.nodes.get(stored.parent) ?? null);
      const text = stored.text ?? patched(parent?.text ?? '', stored);
      const node = tree.#add(parent, String(text), String(stored.kind), stored.origin ?? null);
      tree.nodes.delete(node.id);
      node.id = String(stored.id);
      node.created = stored.created ?? node.created;
      node.changed = stored.changed ?? node.created;
      tree.nodes.set(node.id, node);
    }
    if (tree.nodes.size === 0) {
      return new BranchTree();
    }
    tree.root = tree.nodes.values().next().value;
    tree.visit(tree.nodes.has(current) ? current : [...tree.nodes.keys()].at(-1));
    return tree;
  }
}

/** How much `to` shares with `from` at its begin and end, and what is between. */
export function differenceOf(from, to) {
  const most = Math.min(from.length, to.length);
  let begin = 0;
  while (begin < most && from[begin] === to[begin]) {
    begin++;
  }
  let end = 0;
  while (end < most - begin && from[from.length - 1 - end] === to[to.length - 1 - end]) {
    end++;
  }
  return { begin, end, middle: to.slice(begin, to.length - end) };
}

function patched(from, { begin, end, middle }) {
  return from.slice(0, begin) + middle + from.slice(from.length - end);
}
