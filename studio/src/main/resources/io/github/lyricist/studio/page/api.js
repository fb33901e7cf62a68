/** What the server refused, with the field that is to blame where it says so. */
class Refusal extends Error {
  constructor(message, param = null, canRetry = false) {
    super(message);
    this.param = param;
    this.canRetry = canRetry;
  }
}

/** Nothing came back. */
class NoAnswer extends Error {
  constructor() {
    super('The studio does not answer; is it still running?');
    this.canRetry = true;
  }
}

/** Whether the work was called off, which is no problem. */
export function isAborted(error) {
  return error.name === 'AbortError';
}

async function send(path, body, signal) {
  const options =
    body === undefined
      ? { signal }
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
          signal,
        };
  let response;
  try {
    response = await fetch(`/api/${path}`, options);
  } catch (error) {
    throw isAborted(error) ? error : new NoAnswer();
  }
  if (!response.ok) {
    const answer = await response.json().catch(() => null);
    const status = `The studio answers ${response.status} ${response.statusText}`.trimEnd();
    throw new Refusal(
      answer?.error?.message ?? status,
      answer?.error?.param ?? null,
      response.status >= 500,
    );
  }
  return response;
}

/** Asks (GET without a body, POST with one) and gives back the answer. */
export async function ask(path, body, signal) {
  const response = await send(path, body, signal);
  try {
    return await response.json();
  } catch (error) {
    throw isAborted(error) ? error : new NoAnswer();
  }
}

/** The events that come as the answer to a POST. */
export async function* stream(path, body, signal) {
  const response = await send(path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      let part;
      try {
        part = await reader.read();
      } catch (error) {
        throw isAborted(error) ? error : new NoAnswer();
      }
      if (part.done) {
        throw new NoAnswer(); // for the end is told
      }
      const blocks = (rest + part.value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const data = dataOf(block);
        if (data === '[DONE]') {
          return;
        }
        if (data !== '') {
          const event = JSON.parse(data);
          if (event.error) {
            throw new Refusal(event.error.message, event.error.param ?? null);
          }
          yield event;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function dataOf(block) {
  return block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n');
}

/** The path of something that a model does. */
export function ofModel(id, what = '') {
  return `models/${encodeURIComponent(id)}${what === '' ? '' : `/${what}`}`;
}

/** The path of something about a run. */
export function ofRun(id, what = '') {
  return `runs/${encodeURIComponent(id)}${what === '' ? '' : `/${what}`}`;
}
