import { isAborted } from './api.js';
import { percent, visible } from './alternatives.js';
import {
  announce,
  button,
  debounce,
  element,
  iconButton,
  problemRegion,
  showProblem,
  whileBusy,
} from './dom.js';
import { askModel, openedModel } from './models.js';
import { change, state } from './state.js';

const ASK_AFTER_MS = 150;
const CONTINUATIONS = 6;

/** How the text could go on after the caret: asked for, chosen among, taken or rejected. */
export class Ghost {
  #abort = null;
  #ways = [];
  #chosen = 0;
  #isPaused = false;
  #askSoon = debounce(() => this.#ask(), ASK_AFTER_MS);
  #problem = problemRegion('ghost-problem');
  #told = element('span', { class: 'way', id: 'way' });

  constructor(editor, onTake) {
    this.editor = editor;
    this.onTake = onTake;
    const reach = element(
      'select',
      { id: 'reach', on: { change: () => change({ reach: reach.value }) } },
      ['character', 'word', 'line'].map((value) => element('option', { value, text: value })),
    );
    this.reach = reach;
    this.previous = iconButton('way-previous', 'Previous continuation', 'up', () => this.choose(-1));
    this.next = iconButton('way-next', 'Next continuation', 'down', () => this.choose(1));
    this.takeButton = button('way-take', 'Take', () => this.take(), 'quiet');
    this.element = element(
      'div',
      { class: 'ghost-bar', role: 'group', 'aria-label': 'Continuations' },
      element('label', { class: 'inline' }, 'Go on by', reach),
      this.previous,
      this.next,
      this.#told,
      this.takeButton,
      this.#problem,
    );
    this.#show();
  }

  get isShown() {
    return this.#ways.length > 0;
  }

  /** Asks anew for the place where the caret is. */
  refresh() {
    this.reach.value = state.reach;
    this.hide();
    const canAsk = !this.#isPaused && state.view === 'write' && openedModel() !== null;
    if (canAsk && this.editor.isAtLineEnd) {
      this.#askSoon();
    }
  }

  /** Shows nothing, and calls off what was asked. */
  hide() {
    this.#askSoon.drop();
    this.#abort?.abort();
    this.#abort = null;
    this.#ways = [];
    this.editor.hideGhost();
    this.#show();
  }

  /** Asks for nothing until it goes on. */
  pause(isPaused) {
    this.#isPaused = isPaused;
    this.refresh();
  }

  async #ask() {
    const { editor } = this;
    const model = openedModel();
    const abort = new AbortController();
    this.#abort = abort;
    const body = { text: editor.text.slice(0, editor.caret), count: CONTINUATIONS, reach: state.reach };
    try {
      const answer = askModel(model, 'continuations', body, abort.signal);
      const { continuations } = await whileBusy(this.element, answer);
      if (abort.signal.aborted) {
        return;
      }
      this.#ways = continuations
        .map(({ text, probability }) => ({ text: model.fromModel(text), probability }))
        .filter(({ text }) => text !== '');
      this.#chosen = 0;
      showProblem(this.#problem, null);
      this.#show();
    } catch (error) {
      if (!isAborted(error)) {
        showProblem(this.#problem, error, () => this.refresh());
      }
    }
  }

  #show() {
    const way = this.#ways[this.#chosen];
    this.editor.hideGhost();
    this.#told.replaceChildren();
    if (way !== undefined) {
      this.editor.showGhost(way.text);
      const place = `${this.#chosen + 1} of ${this.#ways.length}`;
      this.#told.append(
        element('span', { class: 'written', text: visible(way.text) }),
        element('span', { class: 'figure', text: `${percent(way.probability)}, ${place}` }),
      );
    }
    this.takeButton.disabled = way === undefined;
    this.previous.disabled = this.#chosen === 0 || way === undefined;
    this.next.disabled = way === undefined || this.#chosen === this.#ways.length - 1;
  }

  /** Goes to another continuation. */
  choose(step) {
    const to = this.#chosen + step;
    if (to >= 0 && to < this.#ways.length) {
      this.#chosen = to;
      this.#show();
      const { text, probability } = this.#ways[to];
      announce(`${visible(text)}, ${percent(probability)}`);
    }
  }

  /** Writes the shown continuation into the text. */
  take() {
    const { text } = this.#ways[this.#chosen];
    this.hide();
    this.onTake(text);
  }
}
