import { isAborted, ofModel, stream } from './api.js';
import { element, oncePerFrame, whileBusy } from './dom.js';

const MOST_TEXTS = 8; // more are refused

/** Texts that a model is writing, shown as they come. */
export class Writer {
  #abort = null;
  #list = element('ol', { id: 'drafts', class: 'drafts' });
  #progress = element('progress', { 'aria-label': 'Written so far' });
  #told = element('p', { id: 'progress-text', class: 'progress-text' });

  constructor(onMore) {
    this.onMore = onMore;
    this.element = element(
      'section',
      { id: 'writing', class: 'writing', 'aria-label': 'Being written', hidden: true },
      this.#progress,
      this.#told,
      this.#list,
    );
  }

  get isWorking() {
    return this.#abort !== null;
  }

  cancel() {
    this.#abort?.abort();
  }

  /**
   * Asks the model for texts.
   *
   * @returns {Promise<{texts: {text: string, done: object|null}[], isWhole: boolean, problem: Error|null}>}
   *     what there is of them, with the prefix, also where it was cancelled or went wrong
   */
  async write(model, request) {
    this.#abort = new AbortController();
    const length = Math.min(MOST_TEXTS, request.count);
    const drafts = Array.from({ length }, () => ({ more: '', searched: 0, done: null }));
    const expected = (request.length ?? 0) * request.count;
    const update = oncePerFrame(() => this.#show(drafts, expected));
    this.element.hidden = false;
    this.#list.replaceChildren(...drafts.map(() => element('li', {})));
    this.#show(drafts, expected);
    let isWhole = false;
    let problem = null;
    try {
      await whileBusy(this.element, this.#follow(model, request, drafts, update));
      isWhole = true;
    } catch (error) {
      problem = isAborted(error) ? null : error;
    }
    this.#abort = null;
    this.element.hidden = true;
    const texts = drafts
      .filter((draft) => draft.done !== null || draft.more !== '')
      .map((draft) => ({ text: wholeText(model, request.prefix, draft), done: draft.done }));
    return { texts, isWhole, problem };
  }

  async #follow(model, body, drafts, update) {
    for await (const event of stream(ofModel(model.id, 'texts'), body, this.#abort.signal)) {
      const draft = drafts[event.text];
      if (event.more !== undefined) {
        draft.more += model.fromModel(event.more);
        if (event.text === 0) {
          this.onMore(draft.more);
        }
      } else if (event.searched !== undefined) {
        draft.searched = event.searched;
      } else if (event.done !== undefined) {
        draft.done = event.done;
      }
      update();
    }
  }

  #show(drafts, expected) {
    const written = drafts.reduce((sum, { more }) => sum + [...more].length, 0);
    const searched = drafts.reduce((sum, draft) => sum + draft.searched, 0);
    const done = drafts.filter((draft) => draft.done !== null).length;
    if (expected > 0) {
      this.#progress.max = expected;
      this.#progress.value = Math.min(written, expected);
    } else {
      this.#progress.removeAttribute('value');
    }
    const parts = [
      drafts.length > 1 ? `${done} of ${drafts.length} texts done` : 'Writing',
      written > 0 ? `${written.toLocaleString()} characters` : '',
      written === 0 && searched > 0 ? `searched ${searched.toLocaleString()}` : '',
    ];
    this.#told.textContent = parts.filter((part) => part !== '').join(', ');
    this.#list.hidden = drafts.length < 2;
    drafts.forEach(({ more }, index) => {
      this.#list.children[index].textContent = more;
    });
  }
}

/** What a text comes to with its prefix. */
function wholeText(model, prefix, { more, done }) {
  return prefix + (done === null ? more : model.fromModel(done.text));
}
