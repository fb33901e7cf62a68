// The page: what is typed and pressed, and what is shown. Whatever a model brings is shown as text.
import { Model } from './model.mjs';
import { alternatives, written } from './writing.mjs';

const ALTERNATIVES = 12;
const SHOWN_BEFORE = 12; // characters of the text that they follow
const FRAME = 1000 / 60; // milliseconds
const TOKENS = { character: 'character', byte: 'byte', word: 'word', bpe: 'subword' };
const STAND_INS = { ' ': '␣', '\n': '↵', '\t': '⇥' };

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const count = (many, what) => `${numbers.format(many)} ${what}${many === 1 ? '' : 's'}`;
const at = (id) => document.getElementById(id);

let ort;
let model;
let task = { abort: new AbortController(), end: Promise.resolve() };

/** Does this, and ends what was being done before: a model is asked one thing at a time. */
function instead(work) {
  task.abort.abort();
  const abort = new AbortController();
  const end = task.end
    .then(() => work(abort.signal))
    .catch((error) => show('problem', error.message));
  task = { abort, end };
}

function show(id, text) {
  at(id).textContent = text;
  at(id).hidden = text === '';
}

/** Opens a model, wherever its bytes come from. */
async function open(name, bytesOf, signal) {
  at('main').setAttribute('aria-busy', 'true');
  try {
    const file = await bytesOf();
    const opened = await Model.open(ort, file);
    await model?.close();
    model = opened;
    show('problem', '');
    show('model', `${name}: ${description(model)}, ${numbers.format(file.length / 1e6)} MB`);
  } catch (error) {
    show('problem', `${name} can't be opened: ${error.message}`);
    if (!model) show('model', 'There is no model.');
    return;
  } finally {
    at('main').setAttribute('aria-busy', 'false');
  }
  at('write').disabled = false;
  showText('', '');
  show('told', 'The text comes token by token. In the field above Ctrl+Enter writes, too.');
  await predict(signal);
}

function description({ spec, tokenizer }) {
  return [
    `${spec.cell.toUpperCase()}, ${count(spec.layers, 'layer')} of ${count(spec.hidden, 'unit')}`,
    spec.embedding ? `embedding of ${numbers.format(spec.embedding)}` : 'one-hot input',
    count(tokenizer.size, TOKENS[tokenizer.kind]),
  ].join(', ');
}

/** The beginning as it is read; what of it the model doesn't know is told. */
function beginning() {
  const { encode } = model.tokenizer;
  const typed = at('prompt').value;
  const read = encode(encode('\n').unknown.length > 0 ? typed.replaceAll('\n', ' ') : typed);
  const unknown = [...new Set(read.unknown)].map(visible).join(' ');
  show('left-out', unknown === '' ? '' : `The model doesn't know, and passes over: ${unknown}`);
  return read;
}

/** Shows what could follow the beginning. */
async function predict(signal) {
  if (signal.aborted) return; // by what will show it, too
  const { ids, known } = beginning();
  if (ids.length === 0) {
    showNext('', []);
    return;
  }
  const first = await written(model, ids, { length: 0, temperature: 0, seed: 0 }).next();
  showNext(known, alternatives(first.value.logits, ALTERNATIVES));
}

/** Writes on from the beginning. It is painted frame by frame, not token by token, which would be slower. */
async function write(signal) {
  const soFar = { text: '', tokens: 0, bits: 0, seconds: 0 };
  try {
    const { ids, known } = beginning();
    if (ids.length === 0) {
      show('told', 'There is nothing to begin with: type something that the model knows.');
      return;
    }
    const paint = (logits) => {
      showText(known, soFar.text);
      showNext(known + soFar.text, alternatives(logits, ALTERNATIVES));
    };
    const started = performance.now();
    let painted = started;
    let next;
    for await (const { text, logProbability, logits } of written(model, ids, wish())) {
      next = logits;
      if (logProbability !== null) {
        soFar.text += text;
        soFar.tokens++;
        soFar.bits -= logProbability / Math.LN2;
      }
      if (performance.now() - painted > FRAME) {
        paint(next);
        await new Promise((resolve) => setTimeout(resolve)); // for the browser to paint, and to hear of Stop
        painted = performance.now();
      }
      if (signal.aborted) break;
    }
    soFar.seconds = (performance.now() - started) / 1000;
    paint(next);
    show('told', summary(soFar, signal.aborted));
  } catch (error) {
    show('told', '');
    throw error;
  } finally {
    at('write').textContent = 'Write';
  }
}

function wish() {
  return Object.fromEntries(['length', 'temperature', 'seed'].map((id) => [id, at(id).valueAsNumber]));
}

function summary({ tokens, bits, seconds }, isStopped) {
  const token = TOKENS[model.tokenizer.kind];
  const done = `${isStopped ? 'Stopped after' : 'Wrote'} ${count(tokens, token)}`;
  if (tokens === 0) return `${done}.`;
  const speed = numbers.format(Math.round(tokens / seconds));
  return `${done}, ${speed} a second; ${(bits / tokens).toFixed(4)} bits a ${token}.`;
}

function showText(given, text) {
  at('given').textContent = given;
  at('written').textContent = text;
}

/** Bars; the elements stay, so that they don't flicker. */
function showNext(text, next) {
  const before = [...text];
  const cut = before.length > SHOWN_BEFORE ? '…' : '';
  show('after', text === '' ? '' : `after “${cut}${visible(before.slice(-SHOWN_BEFORE).join(''))}”`);
  const list = at('next');
  while (list.children.length < next.length) list.append(at('alternative').content.cloneNode(true));
  while (list.children.length > next.length) list.lastElementChild.remove();
  next.forEach(({ id, probability }, i) => {
    const [token, bar, figure] = list.children[i].children;
    token.textContent = visible(model.tokenizer.text(id));
    bar.firstElementChild.style.width = `${100 * probability}%`;
    figure.textContent = `${(100 * probability).toFixed(2)} %`;
  });
}

/** A text in which spaces, line ends and control characters are seen. */
function visible(text) {
  return text.replace(/[\p{Z}\p{Cc}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    return STAND_INS[character] ?? `U+${code}`;
  });
}

async function fetched(name) {
  const answer = await fetch(name);
  if (answer.status === 404) throw new Error('there is none yet; train and export one, as README.md says');
  if (!answer.ok) throw new Error(`the server answers ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function start(signal) {
  try {
    ort = await import('./node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
  } catch {
    at('main').setAttribute('aria-busy', 'false');
    show('model', '');
    throw new Error('ONNX Runtime Web is missing, or handed out as no script: npm ci, and see README.md');
  }
  ort.env.wasm.numThreads = 1; // more need a server that isolates the page
  await open('model.onnx', () => fetched('model.onnx'), signal);
}

function isWriting() {
  return at('write').textContent === 'Stop';
}

at('form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (isWriting()) {
    task.abort.abort();
    return;
  }
  show('problem', '');
  show('told', 'Writing …');
  at('write').textContent = 'Stop';
  instead(write);
});
at('prompt').addEventListener('input', () => {
  if (model && !isWriting()) instead(predict);
});
at('prompt').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) at('form').requestSubmit(at('write'));
});
at('file').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (file) instead((signal) => open(file.name, async () => new Uint8Array(await file.arrayBuffer()), signal));
  target.value = ''; // so that the same file can be chosen again
});
at('temperature').addEventListener('input', showTemperature);

function showTemperature() {
  const temperature = at('temperature').valueAsNumber;
  at('temperature-value').textContent = temperature === 0 ? '0, always the likeliest' : temperature.toFixed(1);
  at('seed').disabled = temperature === 0;
}

showTemperature();
instead(start);
