// Checks the studio's API for OpenAI's clients with one of these, as npm has it: lists models, completes,
// streams, is refused what it should be, and writes what `lyricist generate` writes. Prints one line for each
// check, and exits with 1 at the first that fails. MODEL is one that reads characters, PREFIX a text in
// characters that it knows. Needs npm's openai: npm install openai, and Node 20 or later, as that does.
//   node studio/check-openai.mjs ADDRESS MODEL PREFIX [PROGRAM RUN_DIR]
//   node studio/check-openai.mjs http://127.0.0.1:8080 songs 爱 bin/lyricist runs/songs
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import OpenAI, { BadRequestError, NotFoundError } from 'openai';

const TOKENS = 40;
const ALTERNATIVES = 5;
const UNKNOWN_CHARACTER = '\uE000'; // of private use: in no text that a model was trained on
const UNKNOWN_MODEL = 'no-such-model';

const [address, model, prefix, program, runFolder] = process.argv.slice(2);
if (!prefix || (program && !runFolder)) {
  console.error('usage: node studio/check-openai.mjs ADDRESS MODEL PREFIX [PROGRAM RUN_DIR]');
  process.exit(2);
}

// Without retries, which would hide that a request fails.
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'any', maxRetries: 0 });

function expect(holds, message) {
  if (!holds) throw new Error(message);
}

function expectEqual(what, actual, expected) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  expect(found === wanted, `${what}: found ${found}; expected ${wanted}`);
}

async function expectRefusal(request, kind, status, named) {
  let refusal;
  try {
    await request;
  } catch (error) {
    refusal = error;
  }
  expect(refusal, `it was not refused; expected ${kind.name}`);
  expect(refusal instanceof kind, `found ${refusal}; expected ${kind.name}`);
  expectEqual('status', refusal.status, status);
  expect(refusal.message.includes(named), `the message '${refusal.message}' does not name ${named}`);
}

function complete(wishes) {
  return client.completions.create({ model, prompt: prefix, max_tokens: TOKENS, ...wishes });
}

function completeGreedily(wishes) {
  return complete({ temperature: 0, ...wishes });
}

async function textsOf(completion) {
  return (await completion).choices.map((choice) => choice.text);
}

/** The choices of a stream, put together. */
async function joined(completion) {
  const choices = [];
  for await (const { choices: bits } of await completion) {
    for (const { index, text, logprobs, finish_reason: reason } of bits) {
      choices[index] ??= { text: '', tokens: [], reason: null };
      const choice = choices[index];
      expect(choice.reason === null, `text ${index} goes on after its finish_reason`);
      choice.text += text;
      choice.tokens.push(...(logprobs?.tokens ?? []));
      choice.reason = reason;
    }
  }
  return choices;
}

async function listsModels() {
  const ids = [];
  for await (const each of client.models.list()) ids.push(each.id);
  expect(ids.includes(model), `found ${ids.join(', ')}; expected ${model} among them`);
}

async function retrievesOne() {
  const found = await client.models.retrieve(model);
  expectEqual('id', found.id, model);
  expectEqual('object', found.object, 'model');
}

async function completesGreedily() {
  const { object, choices, usage, model: named } = await completeGreedily();
  expectEqual('object', object, 'text_completion');
  expectEqual('model', named, model);
  expectEqual('number of choices', choices.length, 1);
  expectEqual('characters', [...choices[0].text].length, TOKENS);
  expectEqual('finish_reason', choices[0].finish_reason, 'length');
  expectEqual('logprobs', choices[0].logprobs, null);
  expectEqual('completion_tokens', usage.completion_tokens, TOKENS);
  expectEqual('total_tokens', usage.total_tokens, usage.prompt_tokens + TOKENS);
  expectEqual('the text of another seed', await textsOf(completeGreedily({ seed: 2 })), [choices[0].text]);
}

async function followsTheSeed() {
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => textsOf(complete({ seed }))));
  expectEqual('the text of the same seed', again, first);
  expect(other[0] !== first[0], 'two seeds give the same text');
}

async function samplesFromTheLikeliest() {
  const greedy = await textsOf(completeGreedily());
  expectEqual('the text of a tiny top_p', await textsOf(complete({ top_p: 1e-6, seed: 3 })), greedy);
}

async function streams() {
  const [text] = await textsOf(complete({ seed: 5 }));
  const [choice] = await joined(complete({ seed: 5, stream: true }));
  expectEqual('the streamed text', choice.text, text);
  expectEqual('finish_reason', choice.reason, 'length');
}

async function writesTwo() {
  const { choices } = await complete({ n: 2, seed: 7 });
  expectEqual('indexes', choices.map((choice) => choice.index), [0, 1]);
  expect(choices[0].text !== choices[1].text, 'both texts are the same');
  const streamed = await joined(complete({ n: 2, seed: 7, stream: true }));
  expectEqual('the streamed texts', streamed.map(({ text }) => text), choices.map(({ text }) => text));
}

function expectShapes({ text, logprobs }) {
  const { tokens, token_logprobs: chosen, top_logprobs: likeliest, text_offset: offsets } = logprobs;
  expectEqual('the tokens together', tokens.join(''), text);
  for (const list of [chosen, likeliest, offsets]) expectEqual('entries', list.length, tokens.length);
  tokens.forEach((token, i) => {
    expect(text.startsWith(token, offsets[i]), `token ${i} is not at its text_offset ${offsets[i]}`);
    const values = Object.values(likeliest[i]);
    const isAsMany = values.length === ALTERNATIVES || values.length === ALTERNATIVES + 1; // with the token itself
    expect(isAsMany, `alternatives of token ${i}: found ${values.length}`);
    expect([chosen[i], ...values].every((value) => value <= 0), `a log probability of token ${i} is above 0`);
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    expect(sum <= 1 + 1e-6, `the probabilities of token ${i} have the sum ${sum}`);
    if (token in likeliest[i]) expectEqual(`the value of token ${i}`, chosen[i], likeliest[i][token]);
  });
}

async function tellsLogProbabilities() {
  const sampled = await complete({ logprobs: ALTERNATIVES, seed: 9 });
  expectShapes(sampled.choices[0]);
  const { choices: [greedy] } = await completeGreedily({ logprobs: ALTERNATIVES });
  expectShapes(greedy);
  greedy.logprobs.token_logprobs.forEach((value, i) => {
    const best = Math.max(...Object.values(greedy.logprobs.top_logprobs[i]));
    expectEqual(`the value of token ${i}, the likeliest`, value, best);
  });
  const [streamed] = await joined(complete({ logprobs: ALTERNATIVES, seed: 9, stream: true }));
  expectEqual('the streamed tokens', streamed.tokens, sampled.choices[0].logprobs.tokens);
}

async function echoes() {
  const [text] = await textsOf(completeGreedily());
  expectEqual('the text', await textsOf(completeGreedily({ echo: true })), [prefix + text]);
  const [streamed] = await joined(completeGreedily({ echo: true, stream: true }));
  expectEqual('the streamed text', streamed.text, prefix + text);
}

async function stops() {
  const [text] = await textsOf(completeGreedily());
  const middle = [...text].slice(TOKENS / 2, TOKENS / 2 + 2).join('');
  const expected = text.slice(0, text.indexOf(middle));
  for (const stop of [middle, [UNKNOWN_CHARACTER, middle]]) {
    const { choices: [choice] } = await completeGreedily({ stop });
    expectEqual('the text', choice.text, expected);
    expectEqual('finish_reason', choice.finish_reason, 'stop');
  }
  const [streamed] = await joined(completeGreedily({ stop: middle, stream: true }));
  expectEqual('the streamed text', streamed.text, expected);
  expectEqual('the streamed finish_reason', streamed.reason, 'stop');
}

async function takesSeveralPrompts() {
  const [text] = await textsOf(completeGreedily());
  const prompts = [prefix, prefix + text];
  const { choices } = await completeGreedily({ prompt: prompts, n: 2 });
  expectEqual('indexes', choices.map((choice) => choice.index), [0, 1, 2, 3]);
  const [other] = await textsOf(completeGreedily({ prompt: prompts[1] }));
  expectEqual('texts', choices.map((choice) => choice.text), [text, text, other, other]);
  const streamed = await joined(completeGreedily({ prompt: prompts, stream: true }));
  expectEqual('the streamed texts', streamed.map((choice) => choice.text), [text, other]);
}

async function refusesUnknownModels() {
  await expectRefusal(client.models.retrieve(UNKNOWN_MODEL), NotFoundError, 404, UNKNOWN_MODEL);
  for (const stream of [false, true]) {
    await expectRefusal(complete({ model: UNKNOWN_MODEL, stream }), NotFoundError, 404, UNKNOWN_MODEL);
  }
}

async function refusesBadTemperatures() {
  for (const temperature of [-1, 'hot']) {
    await expectRefusal(complete({ temperature }), BadRequestError, 400, 'temperature');
  }
}

async function refusesUnknownCharacters() {
  for (const prompt of [prefix + UNKNOWN_CHARACTER, [prefix, UNKNOWN_CHARACTER]]) {
    await expectRefusal(complete({ prompt }), BadRequestError, 400, UNKNOWN_CHARACTER);
    await expectRefusal(complete({ prompt, stream: true }), BadRequestError, 400, UNKNOWN_CHARACTER);
  }
}

async function writesAsTheProgram() {
  const wishes = ['--prefix', prefix, '--temperature', '0', '--length', String(TOKENS)];
  const { stdout } = await promisify(execFile)(program, ['generate', runFolder, ...wishes]);
  const [text] = await textsOf(completeGreedily());
  expectEqual('the text', `${prefix}${text}\n`, stdout);
}

const checks = [
  ['lists models', listsModels],
  ['retrieves a model', retrievesOne],
  ['completes greedily', completesGreedily],
  ['follows the seed', followsTheSeed],
  ['samples from the likeliest with top_p', samplesFromTheLikeliest],
  ['streams the text of the same seed', streams],
  ['writes two texts', writesTwo],
  ['tells log probabilities', tellsLogProbabilities],
  ['echoes the prompt', echoes],
  ['stops', stops],
  ['takes several prompts', takesSeveralPrompts],
  ['refuses unknown models', refusesUnknownModels],
  ['refuses bad temperatures', refusesBadTemperatures],
  ['refuses unknown characters', refusesUnknownCharacters],
];
if (program) checks.push(['writes as the program does', writesAsTheProgram]);

for (const [name, check] of checks) {
  try {
    await check();
  } catch (error) {
    console.error(`failed  ${name}: ${error.message}`);
    process.exit(1);
  }
  console.log(`ok  ${name}`);
}
