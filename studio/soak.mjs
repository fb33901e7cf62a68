// Soaks the studio in what many people who write with it at once ask of it, for some minutes: most requests
// are for the next character of a text that grows. Before, it asks for 200 next characters one after the
// other, as one client alone. Prints a line a minute and a summary; exits with 1 if any answer was not as it
// should be. Answers of 503 count as busy. MODEL is one that reads characters; with PID, the server's, it
// watches its resident memory, where there is /proc. Needs Node 18 or later.
//   node studio/soak.mjs ADDRESS MODEL MINUTES [CLIENTS=50] [PID]
//   node studio/soak.mjs http://127.0.0.1:8080 songs 60 50 4711
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const [address, model, minutes, clients = '50', pid] = process.argv.slice(2);
if (!(Number(minutes) > 0 && Number(clients) > 0)) {
  console.error('usage: node studio/soak.mjs ADDRESS MODEL MINUTES [CLIENTS=50] [PID]');
  process.exit(2);
}

const REQUESTS_ALONE = 200;
const CHARACTERS_ALONE = 200; // that the text has at first
const LONGEST_TEXT = 1000; // then it begins anew
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 3000;
const PATIENCE_MS = 60_000;
const MINUTE_MS = 60_000;
const MEMORY_EVERY_MS = 10_000;
const TOLD_PROBLEMS = 20;
const UNKNOWN_CHARACTER = '\uE000'; // of private use: in no text that a model was trained on

const modelPath = `/api/models/${encodeURIComponent(model)}`;

class Busy extends Error {}

function expect(holds, message) {
  if (!holds) throw new Error(message);
}

/** What fetch hides in the cause, or else the error's own. */
function messageOf(error) {
  return error.cause?.message || error.message;
}

function isProbability(value) {
  return typeof value === 'number' && value > 0 && value <= 1;
}

function randomBelow(end) {
  return Math.floor(Math.random() * end);
}

function randomOf(list) {
  return list[randomBelow(list.length)];
}

/** One of a list of things that have weights. */
function drawn(list, weightOf) {
  let left = Math.random() * list.reduce((sum, each) => sum + weightOf(each), 0);
  for (const each of list) {
    left -= weightOf(each);
    if (left < 0) return each;
  }
  return list.at(-1);
}

/** Sends a body, or gets what is there where there is none. */
async function request(path, body, status = 200) {
  const response = await fetch(address + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status !== status) {
    const Failure = response.status === 503 ? Busy : Error;
    throw new Failure(`status ${response.status} instead of ${status}: ${await response.text()}`);
  }
  return response;
}

async function ask(path, body) {
  return (await request(path, body)).json();
}

/** The events of a stream, of which the last must be [DONE]. */
async function* events(response) {
  let rest = '';
  let isDone = false;
  for await (const bit of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + bit).split('\n');
    rest = lines.pop();
    for (const line of lines.filter((each) => each.startsWith('data: '))) {
      expect(!isDone, 'the stream goes on after [DONE]');
      const data = line.slice('data: '.length);
      isDone = data === '[DONE]';
      if (!isDone) yield JSON.parse(data);
    }
  }
  expect(isDone, 'the stream ends without [DONE]');
}

async function continuationsOf(text, reach) {
  const { continuations } = await ask(`${modelPath}/continuations`, { text, count: 5, reach });
  expect(continuations.length > 0, 'there are no continuations');
  continuations.forEach((each, i) => {
    expect(each.text.length > 0 && isProbability(each.probability), 'a continuation is malformed');
    const before = continuations[i - 1]?.probability ?? 1;
    const isInOrder = reach !== 'character' || each.probability <= before; // by their first token
    expect(isInOrder, 'a continuation is likelier than the one before');
  });
  return continuations;
}

/** Asks how the text goes on, and goes on so. */
async function askNextCharacter(writer, latencies) {
  const begin = performance.now();
  const continuations = await continuationsOf(writer.text, 'character');
  latencies.push(performance.now() - begin);
  const longer = writer.text + drawn(continuations, (each) => each.probability).text;
  writer.text = longer.length > LONGEST_TEXT ? writer.beginning : longer;
}

async function askNextWords({ text }) {
  await continuationsOf(text, randomOf(['word', 'line']));
}

function completionOf(text, wishes) {
  return { model, prompt: text, max_tokens: 20 + randomBelow(40), seed: randomBelow(1e6), ...wishes };
}

async function askCompletion({ text }) {
  const { choices } = await ask('/v1/completions', completionOf(text, { n: 2, logprobs: 3 }));
  expect(choices.length === 2, `there are ${choices.length} texts instead of 2`);
  for (const choice of choices) {
    expect(choice.finish_reason === 'length', `the finish_reason is ${choice.finish_reason}`);
    expect(choice.text === choice.logprobs.tokens.join(''), 'the tokens are not the text');
  }
}

async function askStreamedCompletion({ text }) {
  const body = completionOf(text, { stream: true });
  let written = '';
  let reason = null;
  for await (const { choices } of events(await request('/v1/completions', body))) {
    written += choices[0].text;
    reason = choices[0].finish_reason;
  }
  expect(reason === 'length', `the finish_reason is ${reason}`);
  const length = [...written].length;
  expect(length === body.max_tokens, `the text has ${length} characters instead of ${body.max_tokens}`);
}

async function leaveStream({ text }) {
  const body = completionOf(text, { stream: true, max_tokens: 20_000 });
  let left = 1 + randomBelow(100);
  for await (const { choices } of events(await request('/v1/completions', body))) {
    expect(typeof choices[0].text === 'string', 'an event has no text');
    if (--left === 0) return; // which closes the connection
  }
  throw new Error('the stream ended before it was left');
}

async function askSurprise({ text }) {
  const { tokens, bitsPerCharacter } = await ask(`${modelPath}/surprise`, { text, alternatives: 5 });
  expect(tokens.map((token) => token.text).join('') === text, 'the tokens are not the text');
  expect(Number.isFinite(bitsPerCharacter), 'there are no bits per character');
}

async function askUnits({ text }) {
  const { arrays, units } = await ask(`${modelPath}/units`, { text, array: 'l0.hidden' });
  expect(arrays.includes('l0.hidden') && units.length > 0, 'there are no units');
  expect(units.every(({ correlation }) => Math.abs(correlation) <= 1), 'a correlation is not in -1 to 1');
}

async function askSaliency({ text }) {
  const token = randomBelow([...text].length);
  const { values } = await ask(`${modelPath}/saliency`, { text, token });
  expect(values.length === token, `there are ${values.length} values before token ${token}`);
  expect(values.every(Number.isFinite), 'a value is not a number');
}

async function askText(wishes) {
  const body = { prefix: '', seed: randomBelow(1e6), count: 1, temperature: 0.8, ...wishes };
  let told = '';
  let done;
  for await (const event of events(await request(`${modelPath}/texts`, body))) {
    expect(!event.error, `no text under wishes: ${event.error?.message}`);
    told += event.more ?? '';
    done ??= event.done;
  }
  expect(done && done.text === told, 'the text is not what was told of it');
  return told.split('\n');
}

async function askLines() {
  const wanted = 2 + randomBelow(3);
  const lines = await askText({ lines: wanted });
  expect(lines.length === wanted, `there are ${lines.length} lines instead of ${wanted}`);
}

async function askAcrostic({ beginning }) {
  const [first] = beginning;
  const lines = await askText({ acrostic: first + first });
  const initials = lines.map(([initial]) => initial?.toLowerCase()); // wished for in whatever case
  const isAcrostic = lines.length === 2 && initials.every((initial) => initial === first.toLowerCase());
  expect(isAcrostic, `no acrostic of ${first}: ${lines.join(' / ')}`);
}

const malformed = [
  [400, `${modelPath}/continuations`, { count: 5 }],
  [400, `${modelPath}/continuations`, { text: 7, count: 5 }],
  [400, `${modelPath}/continuations`, { text: '', count: 0 }],
  [400, `${modelPath}/continuations`, { text: '', reach: 'book' }],
  [400, `${modelPath}/continuations`, ['not an object']],
  [400, `${modelPath}/surprise`, { text: UNKNOWN_CHARACTER }],
  [400, `${modelPath}/units`, { text: '', array: 'no such array' }],
  [400, `${modelPath}/saliency`, { text: '', token: -1 }],
  [400, `${modelPath}/texts`, { count: 1000 }],
  [400, `${modelPath}/texts`, { acrostic: UNKNOWN_CHARACTER }],
  [400, '/v1/completions', {}],
  [400, '/v1/completions', { model, prompt: '', temperature: -1 }],
  [400, '/v1/completions', { model, prompt: UNKNOWN_CHARACTER, stream: true }],
  [404, '/v1/completions', { model: 'no-such-model', prompt: '' }],
  [404, '/api/models/no-such-model/continuations', { text: '' }],
  [404, '/no-such-page', {}],
  [405, '/v1/models', {}],
];

async function askMalformed() {
  const [status, path, body] = randomOf(malformed);
  const { error } = await (await request(path, body, status)).json();
  expect(error?.message && !error.message.includes('\n'), `status ${status} without a message of one line`);
}

const kinds = [
  { name: 'next character', weight: 60, act: askNextCharacter },
  { name: 'next words', weight: 10, act: askNextWords },
  { name: 'completion', weight: 4, act: askCompletion },
  { name: 'streamed completion', weight: 4, act: askStreamedCompletion },
  { name: 'left stream', weight: 4, act: leaveStream },
  { name: 'surprise', weight: 4, act: askSurprise },
  { name: 'units', weight: 2, act: askUnits },
  { name: 'saliency', weight: 2, act: askSaliency },
  { name: 'lines', weight: 2, act: askLines },
  { name: 'acrostic', weight: 2, act: askAcrostic },
  { name: 'malformed', weight: 6, act: askMalformed },
];

function newTally() {
  return { requests: 0, errors: 0, busy: 0, latencies: [] };
}

/** What happened: in all, in this minute, by kind of request, and what went wrong how often. */
function newRecord() {
  return { all: newTally(), minute: newTally(), kinds: new Map(), problems: new Map(), residents: [] };
}

function increment(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function percentile(values, share) {
  const ascending = Float64Array.from(values).sort();
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
}

function milliseconds(value) {
  return value === undefined ? 'none' : `${value.toFixed(1)} ms`;
}

function percentiles(latencies, shares) {
  return shares.map((share) => `p${share * 100} ${milliseconds(percentile(latencies, share))}`).join(', ');
}

function counts({ requests, errors, busy }) {
  return `${requests} requests, ${errors} errors, ${busy} busy`;
}

/** Whether a request went well, or else which tally it is for. */
async function outcomeOf(kind, writer, latencies, problems) {
  try {
    await kind.act(writer, latencies);
    return null;
  } catch (error) {
    if (error instanceof Busy) return 'busy';
    increment(problems, `${kind.name}: ${messageOf(error)}`);
    return 'errors';
  }
}

async function actOnce(writer, record) {
  const kind = drawn(kinds, (each) => each.weight);
  const latencies = [];
  const outcome = await outcomeOf(kind, writer, latencies, record.problems);
  increment(record.kinds, kind.name);
  for (const tally of [record.all, record.minute]) {
    tally.requests++;
    tally.latencies.push(...latencies);
    if (outcome) tally[outcome]++;
  }
}

async function actUntil(end, beginning, record) {
  const writer = { beginning, text: beginning };
  await sleep(Math.random() * LONGEST_PAUSE_MS); // so that not all begin at once
  while (performance.now() < end) {
    await actOnce(writer, record);
    await sleep(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
  }
}

async function residentMegabytes() {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  expect(kilobytes, `the memory of process ${pid} can't be read; it may have ended`);
  return Math.round(Number(kilobytes) / 1024);
}

async function watchMemoryUntil(end, record) {
  while (performance.now() < end) {
    record.residents.push(await residentMegabytes());
    await sleep(Math.min(MEMORY_EVERY_MS, Math.max(0, end - performance.now())));
  }
  record.residents.push(await residentMegabytes());
}

async function reportEachMinute(begin, record) {
  for (let minute = 1; minute <= Math.ceil(minutes); minute++) {
    await sleep(begin + Math.min(minute, minutes) * MINUTE_MS - performance.now());
    const told = record.minute;
    record.minute = newTally();
    const resident = pid ? `; ${record.residents.at(-1)} MB resident` : '';
    const latency = percentiles(told.latencies, [0.5, 0.95]);
    console.log(`minute ${minute}: ${counts(told)}; next character ${latency}${resident}`);
  }
}

async function measureAlone(beginning) {
  const body = { model, prompt: beginning, max_tokens: CHARACTERS_ALONE, seed: 1, echo: true };
  const { choices } = await ask('/v1/completions', body);
  const writer = { beginning, text: [...choices[0].text].slice(0, CHARACTERS_ALONE).join('') };
  const latencies = [];
  while (latencies.length < REQUESTS_ALONE) await askNextCharacter(writer, latencies);
  console.log(`alone: ${REQUESTS_ALONE} next characters, ${percentiles(latencies, [0.5, 0.95])}`);
}

/** The entries of a map of numbers, the largest first. */
function sorted(map) {
  return [...map].sort(([, one], [, other]) => other - one);
}

function summarize({ all, kinds: asked, problems, residents }, seconds) {
  const rate = (all.requests / seconds).toFixed(1);
  console.log(`${minutes} minutes of ${clients} clients: ${counts(all)}, ${rate} requests a second`);
  const longest = milliseconds(percentile(all.latencies, 1));
  console.log(`next character: ${percentiles(all.latencies, [0.5, 0.95, 0.99])}, max ${longest}`);
  console.log(`requests: ${sorted(asked).map(([name, count]) => `${count} ${name}`).join(', ')}`);
  if (pid) {
    const most = residents.reduce((one, other) => Math.max(one, other));
    console.log(`resident: ${residents[0]} MB at first, ${residents.at(-1)} MB at last, ${most} MB at most`);
  }
  const often = sorted(problems).slice(0, TOLD_PROBLEMS);
  for (const [problem, count] of often) console.log(`error, ${count} times: ${problem}`);
}

async function soak() {
  const { beginning } = await ask(modelPath);
  await measureAlone(beginning);
  const record = newRecord();
  const begin = performance.now();
  const end = begin + Number(minutes) * MINUTE_MS;
  const work = Array.from({ length: Number(clients) }, () => actUntil(end, beginning, record));
  if (pid) work.push(watchMemoryUntil(end, record));
  await Promise.all([...work, reportEachMinute(begin, record)]);
  summarize(record, (performance.now() - begin) / 1000);
  return record.all.errors;
}

try {
  process.exitCode = (await soak()) > 0 ? 1 : 0;
} catch (error) {
  console.error(`failed: ${messageOf(error)}`);
  process.exit(1);
}
