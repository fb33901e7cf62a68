const SVG = 'http://www.w3.org/2000/svg';
const BUSY_AFTER_MS = 100;

const ICONS = {
  undo: 'M4 9h9a4.5 4.5 0 0 1 0 9H9M4 9l4-4M4 9l4 4',
  redo: 'M18 9H9a4.5 4.5 0 0 0 0 9h4M18 9l-4-4M18 9l-4 4',
  up: 'M5 14l6-6 6 6',
  down: 'M5 8l6 6 6-6',
  dice: 'M4 4h14v14H4zM8 8h.01M14 8h.01M11 11h.01M8 14h.01M14 14h.01',
  locked: 'M5 10h12v8H5zM8 10V7a3 3 0 0 1 6 0v3',
  unlocked: 'M5 10h12v8H5zM8 10V7a3 3 0 0 1 5.8-1',
  bin: 'M5 6h12M9 6V4h4v2M6.5 6l.8 12h7.4l.8-12',
  plus: 'M11 5v12M5 11h12',
};

function apply(target, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text') {
      target.textContent = value;
    } else if (name === 'on') {
      for (const [type, listener] of Object.entries(value)) {
        target.addEventListener(type, listener);
      }
    } else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'hidden') {
      target[name] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      target.setAttribute(name, value === true ? '' : value);
    }
  }
}

/** An HTML element with attributes, `text`, listeners (`on`) and children; null children are left out. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  apply(made, properties);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** The same for SVG. */
export function svg(tag, properties = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  apply(made, properties);
  made.append(...children.flat());
  return made;
}

/** A small line drawing for buttons, by name. */
export function icon(name) {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 22 22', width: 18, height: 18, 'aria-hidden': 'true' },
    svg('path', { d: ICONS[name] }),
  );
}

/** A button with a text. */
export function button(id, text, click, look = null) {
  return element('button', { id, type: 'button', text, class: look, on: { click } });
}

/** A button with a picture alone. */
export function iconButton(id, label, name, click) {
  const properties = { id, type: 'button', class: 'icon-button', 'aria-label': label, title: label };
  return element('button', { ...properties, on: { click } }, icon(name));
}

/** The element of that id in the page. */
export function byId(id) {
  return document.getElementById(id);
}

/** Calls `action` once it has not been asked for `ms` milliseconds; `now` does at once if it waits. */
export function debounce(action, ms) {
  let timer = null;
  const asked = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      action();
    }, ms);
  };
  asked.now = () => {
    if (timer !== null) {
      clearTimeout(timer);
      timer = null;
      action();
    }
  };
  asked.drop = () => {
    clearTimeout(timer);
    timer = null;
  };
  return asked;
}

/** Calls `action` at most once per frame. */
export function oncePerFrame(action) {
  let isAsked = false;
  return () => {
    if (!isAsked) {
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        action();
      });
    }
  };
}

const works = new WeakMap();

/** Shows on `target` that it works, as long as `work` takes, if that is long enough to notice. */
export async function whileBusy(target, work) {
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    works.set(target, (works.get(target) ?? 0) + 1);
    target.setAttribute('aria-busy', 'true');
  }, BUSY_AFTER_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isShown) {
      works.set(target, works.get(target) - 1);
      if (works.get(target) === 0) {
        target.removeAttribute('aria-busy');
      }
    }
  }
}

/** Tells a screen reader; nothing is seen. */
export function announce(message) {
  byId('announcement').textContent = message;
}

/** Shows what went wrong in an alert region, with a Retry where that may help; null clears it. */
export function showProblem(region, error, retry = null) {
  const message = error === null ? '' : error.message;
  if (region.dataset.message === message) {
    return;
  }
  region.dataset.message = message;
  region.replaceChildren();
  region.hidden = error === null;
  if (error !== null) {
    region.append(element('span', { text: message }));
    if (retry !== null && error.canRetry) {
      const again = () => {
        showProblem(region, null);
        retry();
      };
      region.append(element('button', { type: 'button', text: 'Retry', on: { click: again } }));
    }
  }
}

/** An empty region for showProblem. */
export function problemRegion(id) {
  return element('div', { id, class: 'problem', role: 'alert', hidden: true });
}

/** Shows a message with a way back, which `undo` takes; where it gives back false it failed. */
export function offerUndo(message, undo) {
  const offer = element('div', { class: 'offer' }, element('span', { text: message }));
  const taken = () => undo() === false || offer.remove();
  offer.append(
    button(null, 'Undo', taken),
    button(null, 'Dismiss', () => offer.remove(), 'quiet'),
  );
  byId('offers').append(offer);
}

/** Lets the arrow keys move a single tab stop among `items()`; `choose` is told of each move. */
export function moveByArrows(container, items, choose) {
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  container.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const all = items();
    const at = all.indexOf(document.activeElement);
    let to = at + (steps[event.key] ?? 0);
    to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : to;
    if (at >= 0 && to !== at && to >= 0 && to < all.length) {
      event.preventDefault();
      holdTabStop(all, all[to]);
      all[to].focus();
      choose?.(all[to]);
    } else if (at >= 0 && event.key in steps) {
      event.preventDefault();
    }
  });
}

/** Makes `chosen` the only one of `items` that Tab comes to. */
export function holdTabStop(items, chosen) {
  for (const item of items) {
    const tabIndex = item === chosen ? 0 : -1;
    if (item.tabIndex !== tabIndex) {
      item.tabIndex = tabIndex;
    }
  }
}
