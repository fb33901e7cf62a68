import { element, holdTabStop } from './dom.js';
import { openDocument, visit } from './session.js';
import { differenceOf } from './tree.js';

const KINDS = {
  begun: 'Begun',
  opened: 'Opened',
  typed: 'Typed',
  written: 'Written',
  continued: 'Continued',
  rewritten: 'Rewritten',
  alternative: 'Alternative',
  cancelled: 'Cancelled',
};
const DEEPEST = 6;
const LONGEST_LABEL = 28;

/** The versions of the open text as a tree; choosing one brings its text back. */
export function createTreeView() {
  const list = element('ul', { id: 'tree', role: 'tree', 'aria-label': 'Branches' });
  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role="treeitem"]');
    if (item !== null) {
      visit(item.dataset.node);
    }
  });
  list.addEventListener('keydown', (event) => move(list, event));
  return list;
}

/** Shows the tree as it is now. */
export function showTree(list) {
  const { tree } = openDocument();
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.node : null;
  const children = childrenByParent(tree);
  const items = [];
  const pending = [{ node: tree.root, level: 1, indent: 0, position: 1, siblings: 1 }];
  while (pending.length > 0) {
    const place = pending.pop();
    items.push(itemOf(place, tree));
    const all = children.get(place.node) ?? [];
    const indent = Math.min(DEEPEST, place.indent + (all.length > 1 ? 1 : 0));
    for (let index = all.length - 1; index >= 0; index--) {
      const node = all[index];
      const level = place.level + 1;
      pending.push({ node, level, indent, position: index + 1, siblings: all.length });
    }
  }
  list.replaceChildren(...items);
  const current = items.find((item) => item.getAttribute('aria-selected') === 'true');
  const same = items.find((item) => item.dataset.node === focused);
  holdTabStop(items, same ?? current);
  if (focused !== null) {
    (same ?? current).focus();
  }
  const [box, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) {
    list.scrollTop += box.top - frame.top - frame.height / 2;
  }
}

function childrenByParent(tree) {
  const children = new Map();
  for (const node of tree.nodes.values()) {
    if (node.parent !== null) {
      children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
    }
  }
  return children;
}

function itemOf({ node, level, indent, position, siblings }, tree) {
  const kind = KINDS[node.kind] ?? KINDS.opened;
  const item = element(
    'li',
    {
      role: 'treeitem',
      'data-node': node.id,
      'aria-level': level,
      'aria-posinset': position,
      'aria-setsize': siblings,
      'aria-selected': String(node === tree.current),
      title: `${kind}, ${new Date(node.created).toLocaleString()}`,
      class: siblings > 1 ? 'is-branch' : null,
    },
    element('span', { class: 'kind', text: kind }),
    element('span', { class: 'snippet', text: snippetOf(node) }),
  );
  item.style.setProperty('--indent', indent);
  return item;
}

function snippetOf(node) {
  if (node.text === '') {
    return 'empty';
  }
  const from = node.parent?.text ?? '';
  const { begin, middle } = differenceOf(from, node.text);
  const shown = middle.trim() === '' ? `${node.text.slice(Math.max(0, begin - 12), begin)} …` : middle;
  const oneLine = shown.trim().replace(/\s*\n\s*/g, ' / ');
  const characters = [...oneLine];
  return characters.length > LONGEST_LABEL
    ? `${characters.slice(0, LONGEST_LABEL).join('')}…`
    : oneLine;
}

function move(list, event) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const level = (item) => Number(item.getAttribute('aria-level'));
  const targets = {
    ArrowDown: () => items[at + 1],
    ArrowUp: () => items[at - 1],
    Home: () => items[0],
    End: () => items.at(-1),
    ArrowLeft: () => items.slice(0, at).findLast((item) => level(item) < level(items[at])),
    ArrowRight: () => (items[at + 1] && level(items[at + 1]) > level(items[at]) ? items[at + 1] : undefined),
  };
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.key in targets) {
    event.preventDefault();
    const target = targets[event.key]();
    if (target) {
      holdTabStop(items, target);
      target.focus();
    }
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    visit(items[at].dataset.node);
  }
}
