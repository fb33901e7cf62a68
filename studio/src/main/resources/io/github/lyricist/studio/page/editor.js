import { element, icon, holdTabStop, moveByArrows, oncePerFrame } from './dom.js';

/** A textarea with ghost text and marks in a mirror behind it, and a lock for each line beside it. */
export class Editor {
  #mirror = element('div', { class: 'mirror', 'aria-hidden': 'true' });
  #mark = element('div', { class: 'mark', hidden: true });
  #gutter = element('div', { class: 'gutter', role: 'group', 'aria-label': 'Locked lines' });
  #ghost = element('span', { id: 'ghost', class: 'ghost' });
  #lines = [];
  #locks = [];
  #isComposing = false;
  #origin = null;
  #placeGutter = oncePerFrame(() => this.#place());

  constructor({ onInput, onCaret, onPoint, onLock }) {
    this.hasTyped = false; // so that the browser's own undo has something
    this.textarea = element('textarea', {
      id: 'text',
      'aria-label': 'Text',
      'aria-describedby': 'editor-hint',
      placeholder: 'Write here, or let the model begin',
      rows: 1,
      spellcheck: 'true',
      autocapitalize: 'off',
      autocomplete: 'off',
    });
    const sheet = element('div', { class: 'sheet' }, this.#mirror, this.textarea);
    this.element = element('div', { class: 'editor' }, sheet, this.#gutter);
    this.textarea.addEventListener('input', () => {
      this.#show();
      this.hasTyped = true;
      if (!this.#isComposing) {
        onInput(this.text, this.#origin);
      }
    });
    this.textarea.addEventListener('compositionstart', () => {
      this.#isComposing = true;
    });
    this.textarea.addEventListener('compositionend', () => {
      this.#isComposing = false;
      onInput(this.text, null);
    });
    document.addEventListener('selectionchange', () => {
      if (document.activeElement === this.textarea) {
        onCaret();
      }
    });
    this.textarea.addEventListener('click', (event) => {
      const place = this.isCollapsed && event.detail === 1 ? this.#placeAt(event) : null;
      if (place !== null) {
        onPoint(place);
      }
    });
    const locks = () => [...this.#gutter.children];
    moveByArrows(this.#gutter, locks);
    this.#gutter.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button !== null) {
        holdTabStop(locks(), button);
        onLock(locks().indexOf(button));
      }
    });
    new ResizeObserver(this.#placeGutter).observe(this.#mirror);
    this.#show();
  }

  get text() {
    return this.textarea.value;
  }

  get caret() {
    return this.textarea.selectionEnd;
  }

  get isCollapsed() {
    return this.textarea.selectionStart === this.textarea.selectionEnd;
  }

  /** Whether nothing follows the caret in its line, and no input method is at work. */
  get isAtLineEnd() {
    if (this.#isComposing) {
      return false;
    }
    return this.isCollapsed && (this.caret === this.text.length || this.text[this.caret] === '\n');
  }

  /** Which line the caret is in, from 0. */
  get caretLine() {
    return this.text.slice(0, this.caret).split('\n').length - 1;
  }

  /** Shows another text, with the caret at its end. */
  setText(text) {
    if (this.text !== text) {
      this.hideGhost();
      this.hasTyped = false;
      this.textarea.value = text;
      this.textarea.setSelectionRange(text.length, text.length);
      this.#show();
    }
  }

  /** Types at the caret what came from `origin`, so that the browser's own undo knows of it. */
  insert(text, origin = null) {
    this.textarea.focus();
    this.hideGhost();
    this.#origin = origin;
    if (!document.execCommand('insertText', false, text)) {
      const { selectionStart, selectionEnd } = this.textarea;
      this.textarea.setRangeText(text, selectionStart, selectionEnd, 'end');
      this.textarea.dispatchEvent(new Event('input'));
    }
    this.#origin = null;
  }

  setLocks(locks) {
    if (this.#locks !== locks) {
      this.#locks = locks;
      this.#show();
    }
  }

  /** Shows `text` after the caret, which must be at the end of a line. */
  showGhost(text, at = this.caret) {
    const index = this.text.slice(0, at).split('\n').length - 1;
    const line = this.#lines[index];
    const isLast = at === this.text.length;
    this.#ghost.textContent = isLast ? text : text.replaceAll('\n', ' ⏎ ');
    this.#ghost.classList.toggle('floating', !isLast);
    this.#ghost.style.maxWidth = '';
    // A word that the ghost goes on with must not wrap otherwise than in the textarea.
    line.append(document.createElement('wbr'), this.#ghost);
    if (!isLast) {
      const room = this.#mirror.getBoundingClientRect().right - this.#ghost.getBoundingClientRect().left;
      this.#ghost.style.maxWidth = `${room}px`;
    }
  }

  hideGhost() {
    if (this.#ghost.isConnected) {
      this.#ghost.previousSibling.remove();
      this.#ghost.remove();
      this.#ghost.textContent = '';
    }
  }

  /** Marks some characters, and gives back where they are on the screen. */
  markAt(begin, end) {
    const box = this.#boxOf(begin, end);
    const sheet = this.#mirror.getBoundingClientRect();
    this.#mark.style.left = `${box.left - sheet.left}px`;
    this.#mark.style.top = `${box.top - sheet.top}px`;
    this.#mark.style.width = `${Math.max(box.width, 4)}px`;
    this.#mark.style.height = `${box.height}px`;
    this.#mark.hidden = false;
    this.#mirror.append(this.#mark);
    return box;
  }

  unmark() {
    this.#mark.remove();
  }

  #show() {
    const texts = this.text.split('\n');
    this.hideGhost();
    this.unmark();
    while (this.#lines.length > texts.length) {
      this.#lines.pop().remove();
      this.#gutter.lastChild.remove();
    }
    texts.forEach((text, index) => {
      if (index === this.#lines.length) {
        this.#lines.push(element('div', { class: 'line' }));
        this.#mirror.append(this.#lines[index]);
        this.#gutter.append(element('button', { type: 'button', class: 'lock', tabindex: '-1' }));
      }
      const shown = text === '' ? '\u200b' : text;
      if (this.#lines[index].textContent !== shown) {
        this.#lines[index].textContent = shown;
      }
      this.#showLock(this.#gutter.children[index], index, text);
    });
    if (!this.#gutter.querySelector('[tabindex="0"]')) {
      this.#gutter.firstChild.tabIndex = 0;
    }
    this.#placeGutter();
  }

  #showLock(button, index, text) {
    const isLocked = this.#locks.includes(index);
    const state = `${isLocked}`;
    const label = `Keep line ${index + 1}: ${text === '' ? 'empty' : text.slice(0, 40)}`;
    if (button.getAttribute('aria-label') !== label) {
      button.setAttribute('aria-label', label);
    }
    if (button.getAttribute('aria-pressed') !== state) {
      button.setAttribute('aria-pressed', state);
      button.replaceChildren(icon(isLocked ? 'locked' : 'unlocked'));
      this.#lines[index].classList.toggle('is-locked', isLocked);
    }
  }

  #place() {
    const tops = this.#lines.map((line) => line.offsetTop);
    [...this.#gutter.children].forEach((button, index) => {
      button.style.top = `${tops[index]}px`;
    });
  }

  #rangeOf(begin, end) {
    const before = this.text.slice(0, begin).split('\n');
    const line = this.#lines[before.length - 1].firstChild;
    const from = before.at(-1).length;
    const range = document.createRange();
    range.setStart(line, Math.min(from, line.length));
    range.setEnd(line, Math.min(from + end - begin, line.length));
    return range;
  }

  #boxOf(begin, end) {
    const range = this.#rangeOf(begin, end);
    return range.getClientRects()[0] ?? range.getBoundingClientRect();
  }

  /** The code point that a click hit, by where the mirror has it. */
  #placeAt({ clientX, clientY }) {
    const { text, caret } = this;
    const before = caret - (/[\udc00-\udfff]/.test(text[caret - 1] ?? '') ? 2 : 1);
    for (const begin of [caret, before]) {
      const character = begin < 0 ? undefined : text.codePointAt(begin);
      if (character === undefined || character === 10) {
        continue;
      }
      const box = this.#boxOf(begin, begin + (character > 0xffff ? 2 : 1));
      const isInside = clientX >= box.left && clientX <= box.right;
      if (isInside && clientY >= box.top - 4 && clientY <= box.bottom + 4) {
        return begin;
      }
    }
    return null;
  }
}
