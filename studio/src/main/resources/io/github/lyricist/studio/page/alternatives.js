import { element, showProblem, problemRegion, whileBusy } from './dom.js';
import { isAborted } from './api.js';

const LEAST_SHOWN = 0.001;

/** A probability as a person reads it. */
export function percent(probability) {
  const hundredths = probability * 100;
  if (hundredths > 0 && hundredths < LEAST_SHOWN) {
    return `< ${LEAST_SHOWN} %`;
  }
  return `${hundredths >= 9.5 || hundredths === 0 ? Math.round(hundredths) : hundredths.toPrecision(1)} %`;
}

/** A text as it can be seen: line ends and spaces are shown. */
export function visible(text) {
  return text === '' ? '(part of a character)' : text.replaceAll('\n', '⏎').replace(/^ +| +$/g, '␣');
}

/** A list of what the model would have written at a place, from which one can be picked. */
export class Alternatives {
  #list = element('ul', {
    id: 'alternatives',
    role: 'listbox',
    tabindex: '-1',
    'aria-label': 'Alternatives',
  });
  #problem = problemRegion('alternatives-problem');
  #heading = element('p', { class: 'alternatives-heading' });
  #abort = null;
  #chosen = -1;

  constructor({ owner, onPick, onClose }) {
    this.owner = owner;
    this.onPick = onPick;
    this.onClose = onClose;
    this.element = element(
      'div',
      { class: 'popover', hidden: true },
      this.#heading,
      this.#list,
      this.#problem,
    );
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const option = event.target.closest('[role="option"]');
      if (option !== null) {
        this.#pick([...this.#list.children].indexOf(option));
      }
    });
    document.addEventListener('pointerdown', (event) => {
      if (this.isOpen && !this.element.contains(event.target) && event.target !== owner) {
        this.close();
      }
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Opens below `box`; `load` is asked for [{text, probability}]. With `chooses` the first is chosen. */
  async open(box, heading, load, chooses) {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.items = [];
    this.#list.replaceChildren();
    this.#heading.textContent = heading;
    showProblem(this.#problem, null);
    this.element.hidden = false;
    this.#place(box);
    try {
      this.items = await whileBusy(this.element, load(abort.signal));
    } catch (error) {
      if (!isAborted(error)) {
        showProblem(this.#problem, error);
      }
      return;
    }
    if (abort.signal.aborted) {
      return;
    }
    this.#list.replaceChildren(...this.items.map((item, index) => option(item, index)));
    if (this.items.length === 0) {
      this.#heading.textContent = 'Nothing comes before this, so the model says nothing of it.';
    }
    this.#choose(chooses && this.items.length > 0 ? 0 : -1);
    this.owner.setAttribute('aria-controls', 'alternatives');
    this.#place(box);
  }

  close() {
    if (this.isOpen) {
      this.#abort?.abort();
      this.element.hidden = true;
      this.owner.removeAttribute('aria-activedescendant');
      this.owner.removeAttribute('aria-controls');
      this.onClose();
    }
  }

  /** Takes a key that is pressed in its owner; true where it was for the list. */
  key(event) {
    if (!this.isOpen || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) {
      return false;
    }
    const { key } = event;
    const last = this.items.length - 1;
    if (key === 'ArrowDown') {
      this.#choose(Math.min(this.#chosen + 1, last));
    } else if (key === 'ArrowUp') {
      this.#choose(Math.max(this.#chosen - 1, Math.min(0, last)));
    } else if (key === 'Enter' && this.#chosen >= 0) {
      this.#pick(this.#chosen);
    } else if (key === 'Escape') {
      this.close();
      this.owner.focus();
    } else {
      this.close();
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #choose(index) {
    this.#chosen = index;
    [...this.#list.children].forEach((each, at) => {
      each.setAttribute('aria-selected', String(at === index));
    });
    const option = this.#list.children[index];
    if (option) {
      option.scrollIntoView({ block: 'nearest' });
      this.owner.setAttribute('aria-activedescendant', option.id);
    } else {
      this.owner.removeAttribute('aria-activedescendant');
    }
  }

  #pick(index) {
    const item = this.items[index];
    this.close();
    this.owner.focus();
    this.onPick(item);
  }

  #place(box) {
    const around = this.element.offsetParent.getBoundingClientRect();
    const left = Math.min(box.left - around.left, around.width - this.element.offsetWidth);
    this.element.style.left = `${Math.max(0, left)}px`;
    this.element.style.top = `${box.bottom - around.top + 4}px`;
  }
}

function option(item, index) {
  return element(
    'li',
    { id: `alternative-${index}`, role: 'option', 'aria-selected': 'false' },
    ...barOf(item),
  );
}

/** A text, a bar as long as its probability, and that in figures. */
export function barOf({ text, probability }) {
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span', {}));
  bar.firstChild.style.width = `${Math.max(1, probability * 100)}%`;
  return [
    element('span', { class: 'written', text: visible(text) }),
    bar,
    element('span', { class: 'figure', text: percent(probability) }),
  ];
}
