const NEW_EDIT_AFTER_MS = 60_000;
const MUCH_DELETED = 20;

/** An id that no other has; crypto.randomUUID is missing where the page comes by plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The versions of a text: each knows which one it came from. Typing goes on in a version of its own;
 * what a model writes is always a new one.
 */
export class BranchTree {
  constructor(text = '') {
    this.nodes = new Map();
    this.current = this.#add(null, text, 'begun', null, []);
    this.root = this.current;
  }

  #add(parent, text, kind, origin, locks, stored = {}) {
    const now = new Date().toISOString();
    const node = {
      id: newId(),
      parent,
      text,
      kind,
      origin,
      locks,
      created: now,
      changed: now,
      ...stored,
      recent: null,
      fullest: text,
      isMadeHere: stored.id === undefined, // another page may change the others, too
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

  get locks() {
    return this.current.locks;
  }

  /** Whether nobody has written anything. */
  get isUntouched() {
    return this.nodes.size === 1 && this.root.kind === 'begun' && this.root.text === '';
  }

  get next() {
    return this.current.recent ?? this.childrenOf(this.current).at(-1) ?? null;
  }

  childrenOf(node) {
    return [...this.nodes.values()].filter((each) => each.parent === node);
  }

  #canChange(node) {
    return node.isMadeHere && this.childrenOf(node).length === 0;
  }

  #change(node, text) {
    node.locks = movedLocks(node.locks, node.text, text);
    node.text = text;
    node.changed = new Date().toISOString();
    if (text.length > node.fullest.length) {
      node.fullest = text;
    }
  }

  #grow(text, kind, origin, parent = this.current) {
    return this.#add(parent, text, kind, origin, movedLocks(parent.locks, parent.text, text));
  }

  /** Takes what was typed; true where that made or chose another version. */
  edit(text) {
    const from = this.current;
    if (text === from.text) {
      return false;
    }
    const known = [from.parent, ...this.childrenOf(from)].find((each) => each?.text === text);
    if (known) {
      this.visit(known.id);
      return true;
    }
    const isRecent = Date.now() - Date.parse(from.changed) < NEW_EDIT_AFTER_MS;
    const isTyped = from.kind === 'typed' || (from.kind === 'begun' && from.text === '');
    const removed = Math.max(removedFrom(from.fullest, text), removedFrom(from.text, text));
    const isInParent = from.parent !== null && differenceOf(from.parent.text, from.text).middle === '';
    const isKept = isInParent || removed < MUCH_DELETED;
    if (isTyped && isKept && (isRecent || from.text === '') && this.#canChange(from)) {
      from.fullest = isInParent ? '' : from.fullest;
      this.#change(from, text);
      from.kind = 'typed';
      return false;
    }
    if (!isKept && from.text !== from.fullest && this.#canChange(from)) {
      this.#restore(from);
    }
    this.current = this.#grow(text, 'typed', null);
    return true;
  }

  /** Where a version has only lost characters, one by one, it gets them back. */
  #restore(node) {
    if (differenceOf(node.fullest, node.text).middle === '') {
      this.#change(node, node.fullest);
    }
  }

  /** Takes what a model went on with, into a version that is nothing else. */
  goOn(text, origin) {
    const { kind, origin: before } = this.current;
    const isSame = kind === 'continued' && before?.model?.sha256 === origin.model.sha256;
    if (isSame && this.#canChange(this.current)) {
      this.#change(this.current, text);
    } else {
      this.branch(text, 'continued', origin);
    }
  }

  /** Adds a version that came from the current one, or from `parent`, and goes to it. */
  branch(text, kind, origin, parent = this.current) {
    const same = this.childrenOf(parent).find((each) => each.text === text && each.kind === kind);
    if (same) {
      this.visit(same.id);
    } else {
      this.current = this.#grow(text, kind, origin, parent);
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

  /** Takes over what another page has added, and what it has made of its own versions. */
  merge(other) {
    for (const { id, parent, text, kind, origin, locks, created, changed } of other.nodes.values()) {
      const known = this.nodes.get(id);
      if (known === undefined) {
        const from = this.nodes.get(parent?.id) ?? this.root;
        const { recent } = from;
        this.#add(from, text, kind, origin, locks, { id, created, changed });
        from.recent = recent;
      } else if (!known.isMadeHere) {
        Object.assign(known, { text, kind, changed });
      }
    }
  }

  /** For JSON: each text as what differs from the one it came from. */
  toStored() {
    const nodes = [...this.nodes.values()].map((node) => {
      const difference = differenceOf(node.parent?.text ?? '', node.text);
      const { id, kind, origin, locks, created, changed } = node;
      return { id, parent: node.parent?.id ?? null, ...difference, kind, origin, locks, created, changed };
    });
    return { current: this.current.id, nodes };
  }

  /** For a person's file: each text whole. */
  toPlain() {
    return [...this.nodes.values()].map(({ id, parent, text, kind, origin, locks, created }) => ({
      id,
      parent: parent?.id ?? null,
      text,
      kind,
      origin,
      locks,
      created,
    }));
  }

  /** Reads either of these back. */
  static from({ current, nodes }) {
    const tree = new BranchTree();
    tree.nodes.clear();
    for (const { id, parent, kind, origin, locks, created, changed = created, ...content } of nodes) {
      const from = tree.nodes.get(parent) ?? null;
      const text = String(content.text ?? patched(from?.text ?? '', content));
      const first = tree.nodes.values().next().value ?? null;
      const known = { id: String(id), ...(created && { created, changed }) };
      tree.#add(from ?? first, text, String(kind), origin ?? null, locks ?? [], known);
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

function removedFrom(from, to) {
  const { begin, end } = differenceOf(from, to);
  return from.length - begin - end;
}

function patched(from, { begin, end, middle }) {
  return from.slice(0, begin) + middle + from.slice(from.length - end);
}

/** Locks stay with their lines when lines before them come or go. */
function movedLocks(locks, from, to) {
  if (locks.length === 0) {
    return locks;
  }
  const before = from.split('\n');
  const after = to.split('\n');
  const { begin, end } = differenceOf(before, after);
  const isAsLong = before.length === after.length;
  return locks
    .filter((line) => isAsLong || line < begin || line >= before.length - end)
    .map((line) => (line < begin || isAsLong ? line : line + after.length - before.length))
    .filter((line) => line < after.length);
}
