import { ask, ofRun } from './api.js';
import { Curves } from './curves.js';
import { announce, button, element, oncePerFrame, problemRegion, showProblem, whileBusy } from './dom.js';
import { plain } from './chart.js';
import { isUsable, labelOf, listedModels, onModels, refreshModels } from './models.js';
import { createRunForm } from './runform.js';
import { change, onChange, state } from './state.js';

const LOOK_AGAIN_MS = 4000;
const MOST_PREVIEWS = 60;
const NO_PREVIEWS = 'A run that trains writes a few lines now and then.';
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const LIVE = ['running', 'waiting'];

/** Builds the view in which one trains. */
export function createTrain(view) {
  const runs = new Map();
  const curves = new Curves();
  const problem = problemRegion('runs-problem');
  const runProblem = problemRegion('run-problem');
  const list = element('ul', { id: 'runs', class: 'runs', 'aria-label': 'Runs' });
  const status = element('p', { id: 'run-status', class: 'run-status', role: 'status' });
  const live = element('p', { id: 'run-live', class: 'told' });
  const progress = element('progress', { id: 'run-progress', 'aria-label': 'Epochs', hidden: true });
  const notices = element('ul', { id: 'notices', class: 'notices', hidden: true });
  const previews = element('div', {
    id: 'previews',
    class: 'previews',
    role: 'region',
    tabindex: '0',
    'aria-label': 'Previews',
  });
  const pause = button('pause', 'Pause', () => act('pause'));
  const resume = button('resume', 'Resume', () => act('resume'));
  const more = element('input', { id: 'more-epochs', type: 'number', min: 1, step: 1 });
  const moreField = element('label', { class: 'inline' }, 'Epochs in all', more);
  const heading = element('h2', { id: 'run-name' });
  const detail = element(
    'section',
    { class: 'run-detail', 'aria-labelledby': 'run-name' },
    heading,
    status,
    live,
    progress,
    element('div', { class: 'desk-buttons' }, pause, resume, moreField),
    runProblem,
    notices,
  );
  const draw = oncePerFrame(showCurves);
  let queue = { running: null, waiting: [] };

  view.append(
    element(
      'div',
      { class: 'train-layout' },
      element(
        'div',
        { class: 'train-side' },
        element(
          'details',
          { class: 'panel', id: 'new-run', open: true },
          element('summary', { text: 'New run' }),
          createRunForm(view, started),
        ),
        element('section', { 'aria-label': 'Runs' }, element('h2', { text: 'Runs' }), list, problem),
      ),
      element(
        'div',
        { class: 'train-main' },
        detail,
        curves.element,
        element('h2', { text: 'Previews' }),
        previews,
      ),
    ),
  );
  onModels(() => showRuns());
  onChange((keys) => {
    if (keys.has('run')) {
      showProblem(runProblem, null);
      more.value = '';
    }
    if (['view', 'run', 'runs'].some((key) => keys.has(key))) {
      follow();
    }
  });
  setInterval(() => isSeen() && !document.hidden && isWorking() && lookAgain(), LOOK_AGAIN_MS);

  function isSeen() {
    return state.view === 'train';
  }

  function isWorking() {
    return queue.running !== null || queue.waiting.length > 0;
  }

  function isQueued(id) {
    return queue.running === id || queue.waiting.includes(id);
  }

  async function started(id) {
    await refresh();
    change({ run: id, runs: '' });
    detail.scrollIntoView({ block: 'nearest' });
  }

  async function refresh() {
    try {
      queue = await ask('trainings');
      showProblem(problem, null);
    } catch (error) {
      showProblem(problem, error, refresh);
      return;
    }
    await refreshModels();
    follow();
  }

  async function lookAgain() {
    const now = await ask('trainings').catch(() => null);
    const hasModel = listedModels()?.some((each) => each.id === queue.running && isUsable(each));
    if (JSON.stringify(now) !== JSON.stringify(queue) || !hasModel) {
      refresh();
    }
  }

  function ticked() {
    return state.runs === '' ? [] : state.runs.split(',');
  }

  function shownRuns() {
    return [...new Set([state.run, ...ticked()])].filter((id) => id !== '');
  }

  function follow() {
    if (!isSeen()) {
      runs.forEach(stop);
      return;
    }
    if (state.run === '' && listedModels()?.length > 0) {
      const first = listedModels().find((each) => each.imported === false);
      if (first !== undefined) {
        change({ run: first.id });
        return;
      }
    }
    for (const [id, run] of runs) {
      const isStale = run.status !== '' && !LIVE.includes(run.status) && isQueued(id);
      if (!shownRuns().includes(id) || isStale || run.status === 'missing') {
        forget(id);
      }
    }
    shownRuns().forEach((id) => runs.has(id) || load(id));
    runs.forEach(listen);
    showRuns();
    showDetail();
    draw();
  }

  async function load(id) {
    const nothing = { epochs: [], steps: [], previews: [], notices: [] };
    const run = { id, name: nameOf(id), status: '', problem: null, ...nothing };
    runs.set(id, run);
    try {
      const known = await whileBusy(detail, ask(ofRun(id)));
      Object.assign(run, known, { epochsInAll: Number(known.epochsInAll) });
    } catch (error) {
      run.problem = error.message;
      run.status = 'missing';
    }
    if (runs.get(id) !== run) {
      return;
    }
    listen(run);
    showDetail();
    draw();
  }

  function forget(id) {
    if (runs.has(id)) {
      stop(runs.get(id));
      runs.delete(id);
    }
  }

  /** What was done before the events came, and what of it they left out. */
  async function catchUp(run) {
    const { epochs, previews: written } = await ask(ofRun(run.id)).catch(() => run);
    const last = epochs.at(-1)?.epoch ?? 0;
    run.epochs = [...epochs, ...run.epochs.filter(({ epoch }) => epoch > last)];
    run.steps = run.steps.filter(({ epoch }) => epoch > last);
    const lastWritten = written.at(-1)?.epoch ?? 0;
    run.previews = [...written, ...run.previews.filter(({ epoch }) => epoch > lastWritten)];
    if (run.id === state.run) {
      showDetail();
    }
    draw();
  }

  function nameOf(id) {
    const found = listedModels()?.find((each) => each.id === id);
    return found === undefined ? id : labelOf(found);
  }

  function listen(run) {
    if (run.source || !isSeen() || !LIVE.includes(run.status)) {
      return;
    }
    run.source = new EventSource(`/api/${ofRun(run.id, 'events')}`);
    run.source.onopen = () => catchUp(run);
    run.source.onmessage = ({ data }) => data !== '[DONE]' && take(run, JSON.parse(data));
    run.source.onerror = () => {
      if (run.source?.readyState === EventSource.CLOSED) {
        stop(run);
      }
    };
  }

  function stop(run) {
    run.source?.close();
    run.source = null;
  }

  function take(run, { kind, ...event }) {
    if (kind === 'state') {
      const isNew = run.status !== event.status;
      Object.assign(run, event);
      if (isNew) {
        announce(`${run.name}: ${event.status}`);
        refresh();
      }
      if (!LIVE.includes(event.status)) {
        stop(run);
        catchUp(run);
      }
    } else if (kind === 'notice') {
      run.notices.push(event.message);
    } else if (kind === 'step') {
      run.steps.push({ ...event, at: event.epoch - 1 + event.batch / event.batches });
    } else if (kind === 'epoch') {
      run.steps = [];
      run.epochs = [...run.epochs.filter(({ epoch }) => epoch < event.epoch), event];
    } else if (kind === 'preview') {
      const isOther = (each) => each.epoch !== event.epoch || each.prefix !== event.prefix;
      run.previews = [...run.previews.filter(isOther), event];
    }
    if (run.id === state.run) {
      showDetail();
    }
    draw();
  }

  async function act(what) {
    const id = state.run;
    const body = what === 'resume' && more.value !== '' ? { epochs: Number(more.value) } : {};
    const pressed = what === 'pause' ? pause : resume;
    showProblem(runProblem, null);
    pressed.disabled = true;
    try {
      await whileBusy(detail, ask(ofRun(id, what), body));
      forget(id);
      more.value = '';
    } catch (error) {
      showProblem(runProblem, error);
    }
    pressed.disabled = false;
    await refresh();
  }

  function showCurves() {
    curves.show(shownRuns().map((id) => runs.get(id)).filter((run) => run?.epochs));
  }

  function showDetail() {
    const run = runs.get(state.run);
    detail.hidden = run === undefined;
    if (run === undefined) {
      previews.dataset.key = '';
      previews.replaceChildren(element('p', { class: 'hint', text: NO_PREVIEWS }));
      return;
    }
    heading.textContent = run.name;
    const shown = `${capital(run.status)}${run.problem === null ? '' : `: ${run.problem}`}`;
    if (status.textContent !== shown) {
      status.textContent = shown;
    }
    const step = run.steps.at(-1);
    const done = step?.at ?? run.epochs.at(-1)?.epoch ?? 0;
    live.textContent = step ? liveText(step) : lastText(run);
    progress.hidden = !run.epochsInAll;
    progress.max = run.epochsInAll ?? 1;
    progress.value = Math.min(done, progress.max);
    pause.hidden = !['running', 'waiting'].includes(run.status);
    resume.hidden = !['paused', 'stopped', 'finished', 'failed'].includes(run.status);
    moreField.hidden = resume.hidden;
    more.placeholder = run.epochsInAll ?? '';
    resume.textContent = run.status === 'finished' ? 'Train on' : 'Resume';
    notices.hidden = run.notices.length === 0;
    notices.replaceChildren(...run.notices.slice(-5).map((text) => element('li', { text })));
    showPreviews(run);
  }

  function showPreviews(run) {
    const { previews: all } = run;
    const key = `${run.id} ${all.length} ${all.at(-1)?.epoch}`;
    if (previews.dataset.key === key) {
      return;
    }
    previews.dataset.key = key;
    const latest = all.slice(-MOST_PREVIEWS).reverse();
    previews.replaceChildren(...latest.map(previewOf));
    if (latest.length === 0) {
      previews.append(element('p', { class: 'hint', text: NO_PREVIEWS }));
    }
  }

  function showRuns() {
    const models = listedModels();
    if (models === null) {
      return;
    }
    const focused = document.activeElement?.dataset?.key;
    list.replaceChildren(...[...begun(models), ...models].map(rowOf));
    if (list.children.length === 0) {
      list.append(element('li', { class: 'hint', text: 'No runs yet.' }));
    }
    if (focused) {
      list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  /** Those that wait, or have not got a folder yet. */
  function begun(models) {
    const ids = [queue.running, ...queue.waiting].filter((id) => id !== null);
    return ids
      .filter((id) => !models.some((model) => model.id === id))
      .map((id) => ({ id, name: id, imported: false, problem: 'it has no model yet' }));
  }

  function statusOf(model) {
    if (queue.running === model.id) {
      return 'running';
    }
    return queue.waiting.includes(model.id) ? 'waiting' : (model.status ?? '');
  }

  function rowOf(model) {
    const { id, name, problem: wrong, imported } = model;
    const isOff = imported === undefined; // as where a run is broken
    const compare = element('input', {
      type: 'checkbox',
      'aria-label': `Compare ${name}`,
      'data-key': `compare ${id}`,
      checked: ticked().includes(id),
      disabled: isOff || imported,
      on: { change: () => tick(id) },
    });
    const choose = element('button', {
      type: 'button',
      class: 'run-name',
      text: name,
      'data-key': `choose ${id}`,
      disabled: isOff || imported,
      'aria-current': id === state.run ? 'true' : null,
      on: { click: () => change({ run: id }) },
    });
    const figures = [
      imported ? 'imported' : statusOf(model),
      model.epochs > 0 && !imported ? `${model.epochs} of ${model.epochsInAll} epochs` : '',
      isOff ? '' : (wrong ?? ''),
      told('perplexity', model.perplexity),
      told('validation', model.bestValidation),
      model.start ? `begun ${DATE.format(new Date(model.start))}` : '',
    ];
    const use = element('button', {
      type: 'button',
      class: 'quiet',
      text: 'Write',
      'aria-label': `Write with ${name}`,
      'data-key': `write ${id}`,
      on: { click: () => change({ model: id, view: 'write' }) },
    });
    return element(
      'li',
      { 'data-run': id, 'data-status': statusOf(model), class: isOff ? 'is-broken' : null },
      compare,
      element(
        'div',
        { class: 'run-text' },
        choose,
        element('span', { class: 'run-figures', text: figures.filter((each) => each !== '').join(', ') }),
        isOff ? element('span', { class: 'run-problem', text: wrong }) : null,
      ),
      isUsable(model) ? use : null,
    );
  }

  function tick(id) {
    const before = ticked();
    const after = before.includes(id) ? before.filter((each) => each !== id) : [...before, id];
    change({ runs: after.join(',') });
  }

  return { refresh };
}

function previewOf({ epoch, prefix, text }) {
  const more = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  return element(
    'article',
    {},
    element('h3', { text: `Epoch ${epoch}` }),
    element('p', {}, element('b', { text: prefix }), more),
  );
}

function liveText({ epoch, batch, batches, perplexity, tokensPerSecond }) {
  const parts = [
    `Epoch ${epoch}`,
    `batch ${batch} of ${batches}`,
    told('perplexity', perplexity),
    tokensPerSecond ? `${plain(tokensPerSecond)} tokens per second` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function lastText({ epochs, epochsInAll }) {
  const last = epochs.at(-1);
  const parts = last ? [`Epoch ${last.epoch} of ${epochsInAll}`, told('perplexity', last.perplexity)] : [];
  return parts.filter((part) => part !== '').join(', ');
}

function told(name, value) {
  return value === null || value === undefined ? '' : `${name} ${plain(value)}`;
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
