import { askModel } from './models.js';

const ALTERNATIVES = 10;
let latest = { model: null, text: null, answer: null };

/** A text's tokens: where each is, its bits, and what else was likely; the last answer is kept. */
export async function surpriseOf(model, text, signal) {
  if (latest.model !== model || latest.text !== text) {
    const answer = await askModel(model, 'surprise', { text, alternatives: ALTERNATIVES }, signal);
    latest = { model, text, answer: placed(model, text, answer) };
  }
  return latest.answer;
}

function placed(model, text, { tokens, bitsPerCharacter }) {
  let begin = 0;
  const all = tokens.map((token, index) => {
    const end = begin + token.text.length;
    const known = {
      index,
      begin,
      end,
      text: text.slice(begin, end),
      bits: token.logProbability === null ? null : -token.logProbability / Math.LN2,
      likeliest: token.likeliest.map((each) => ({
        text: model.fromModel(each.text), // as the tokenizer spells it
        probability: Math.exp(each.logProbability),
      })),
    };
    begin = end;
    return known;
  });
  return { tokens: all, bitsPerCharacter };
}
