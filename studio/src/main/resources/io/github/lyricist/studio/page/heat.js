import { element, holdTabStop } from './dom.js';
import { visible } from './alternatives.js';

const STRONGEST = 100;

/** How many bits are the strongest colour. */
export const MOST_BITS_SHOWN = 10;

/** The text as tokens, each coloured by a value; one of them is the tab stop and can be chosen. */
export class Heat {
  #tokens = [];
  #spans = [];

  constructor(onChoose) {
    this.onChoose = onChoose;
    this.element = element('div', {
      id: 'heat',
      class: 'heat',
      role: 'listbox',
      'aria-label': 'The text, token by token',
    });
    this.element.addEventListener('click', (event) => this.#chooseSpan(event.target.closest('[data-token]')));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', ({ target }) => this.#describe(target));
  }

  /** Shows these tokens, line by line, with the bits of each line. */
  show(tokens) {
    this.#tokens = tokens;
    this.#spans = tokens.map((token) => spanOf(token));
    const lines = [];
    let begin = 0;
    tokens.forEach((token, index) => {
      if (token.text.includes('\n') || index === tokens.length - 1) {
        lines.push(this.#line(lines.length, begin, index + 1));
        begin = index + 1;
      }
    });
    this.element.replaceChildren(...lines);
    holdTabStop(this.#spans, this.#spans[0]);
  }

  #line(number, begin, end) {
    const known = this.#tokens.slice(begin, end).filter(({ bits }) => bits !== null);
    const bits = known.reduce((sum, token) => sum + token.bits, 0);
    const told = `${bits.toFixed(1)} bits`;
    return element(
      'div',
      { class: 'heat-line', role: 'group', 'aria-label': `Line ${number + 1}, ${told}`, 'data-bits': told },
      element('span', { class: 'heat-text', role: 'presentation' }, this.#spans.slice(begin, end)),
    );
  }

  /** Marks the chosen token. */
  choose(index) {
    this.#spans.forEach((span, at) => {
      const isChosen = String(at === index);
      if (span.getAttribute('aria-selected') !== isChosen) {
        span.setAttribute('aria-selected', isChosen);
      }
    });
    if (this.#spans[index]) {
      holdTabStop(this.#spans, this.#spans[index]);
    }
  }

  /** Colours by bits, from nothing to much. */
  colourBySurprise() {
    this.#spans.forEach((span, index) => {
      const { bits } = this.#tokens[index];
      paint(span, bits === null ? 0 : bits / MOST_BITS_SHOWN, '--heat');
    });
  }

  /** Colours by values around 0, the largest of which is `most`; tokens without one stay plain. */
  colourByValues(values, most) {
    this.#spans.forEach((span, index) => {
      const value = values[index] ?? 0;
      paint(span, most === 0 ? 0 : Math.abs(value) / most, value < 0 ? '--negative' : '--heat');
    });
  }

  /** Takes all colour away. */
  colourByNothing() {
    this.#spans.forEach((span) => paint(span, 0, '--heat'));
  }

  /** Underlines the tokens that have a part in one of these pieces, or none. */
  underline(pieces) {
    let piece = 0;
    this.#spans.forEach((span, index) => {
      const { begin, end } = this.#tokens[index];
      while (piece < pieces.length && pieces[piece].end <= begin) {
        piece++;
      }
      const isCopied = piece < pieces.length && pieces[piece].begin < end;
      span.classList.toggle('is-copied', isCopied);
    });
  }

  #chooseSpan(span) {
    if (span) {
      span.focus();
      this.onChoose(Number(span.dataset.token));
    }
  }

  #describe(span) {
    const token = this.#tokens[span.dataset?.token];
    if (token) {
      const bits = token.bits === null ? 'nothing known' : `${token.bits.toFixed(1)} bits`;
      span.setAttribute('aria-label', `${visible(token.text)}, ${bits}`);
    }
  }

  #key(event) {
    const at = this.#spans.indexOf(document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.#spans.length - 1 };
    let target = to[event.key];
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      target = this.#inNextLine(at, event.key === 'ArrowUp' ? -1 : 1);
    }
    if (at >= 0 && target !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#chooseSpan(this.#spans[target]);
    }
  }

  #inNextLine(at, step) {
    const from = this.#spans[at].getBoundingClientRect();
    const middle = from.left + from.width / 2;
    let best = at;
    let bestDistance = Infinity;
    let row = null;
    for (let index = at + step; this.#spans[index]; index += step) {
      const box = this.#spans[index].getBoundingClientRect();
      if (Math.abs(box.top - from.top) < from.height / 2) {
        continue;
      }
      row ??= box.top;
      if (Math.abs(box.top - row) > from.height / 2) {
        break;
      }
      const distance = Math.abs(box.left + box.width / 2 - middle);
      if (distance < bestDistance) {
        [best, bestDistance] = [index, distance];
      }
    }
    return best;
  }
}

function spanOf(token) {
  return element('span', {
    class: token.text === '' ? 'token is-part' : token.text.endsWith('\n') ? 'token is-end' : 'token',
    role: 'option',
    'aria-selected': 'false',
    'aria-label': token.text.trim() === '' ? visible(token.text) : null,
    tabindex: '-1',
    'data-token': token.index,
    text: token.text.replaceAll('\n', '⏎'),
  });
}

function paint(span, strength, colour) {
  const part = Math.round(Math.min(1, strength) * STRONGEST);
  const wanted = part === 0 ? '' : `color-mix(in oklab, var(${colour}) ${part}%, transparent)`;
  span.style.backgroundColor = wanted;
}

/** What the colours mean. */
export function legend(from, to, isDiverging) {
  return element(
    'div',
    { class: 'legend' },
    element('span', { text: from }),
    element('span', { class: isDiverging ? 'ramp is-diverging' : 'ramp', 'aria-hidden': 'true' }),
    element('span', { text: to }),
  );
}
