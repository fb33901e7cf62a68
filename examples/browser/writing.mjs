// Token by token: what the model predicts, the choice of one, and the model's reading of that.

/**
 * Writes a text as it comes: first what could follow the beginning, then each token with what could follow it.
 *
 * @param {import('./model.mjs').Model} model
 * @param {number[]} ids the beginning; at least one token
 * @param {{length: number, temperature: number, seed: number}} wish characters after the beginning (bytes, where
 *   those are the tokens); 0 takes the likeliest token, more draws; the same seed draws the same
 * @yields {{text: string, logProbability: ?number, logits: Float32Array}} the text that a token adds, how likely it
 *   was, in nats (null of the beginning), and the logits of the next
 */
export async function* written(model, ids, { length, temperature, seed }) {
  const { kind, decoder } = model.tokenizer;
  const characters = decoder();
  const random = generator(seed);
  let { logits, state } = await model.read(ids, model.begin());
  yield { text: '', logProbability: null, logits };
  for (let missing = length; missing > 0; ) {
    const id = temperature === 0 ? likeliest(logits) : drawn(logits, temperature, random());
    const logProbability = logits[id] - logSumExp(logits);
    const added = [...characters.next(id)];
    const text = kind === 'byte' ? added.join('') : added.slice(0, missing).join('');
    missing -= kind === 'byte' ? 1 : added.length;
    ({ logits, state } = await model.read([id], state));
    yield { text: text + (kind === 'byte' && missing === 0 ? characters.end() : ''), logProbability, logits };
  }
}

/**
 * The likeliest tokens, the likeliest first.
 *
 * @param {Float32Array} logits
 * @param {number} count
 * @returns {{id: number, probability: number}[]}
 */
export function alternatives(logits, count) {
  const sum = logSumExp(logits);
  return Array.from(logits.keys())
    .filter((id) => logits[id] > -Infinity)
    .sort((a, b) => logits[b] - logits[a] || a - b)
    .slice(0, count)
    .map((id) => ({ id, probability: Math.exp(logits[id] - sum) }));
}

function likeliest(logits) { // the lowest id among equals
  let best = 0;
  for (let id = 1; id < logits.length; id++) {
    if (logits[id] > logits[best]) best = id;
  }
  return best;
}

function logSumExp(logits) {
  const most = logits[likeliest(logits)];
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return most + Math.log(sum);
}

function drawn(logits, temperature, number) {
  const most = logits[likeliest(logits)];
  const weights = Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  let left = number * weights.reduce((sum, weight) => sum + weight, 0);
  for (let id = 0; id < weights.length; id++) {
    left -= weights[id];
    if (left < 0) return id;
  }
  return likeliest(logits); // rounding left a trace
}

/** Numbers from 0 to below 1, the same for the same seed: Tommy Ettinger's mulberry32. */
function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
