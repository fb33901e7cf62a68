import { Chart, plain } from './chart.js';
import { element } from './dom.js';

const COLOURS = 6;
const MOST_POINTS = 2000; // of a curve
const CHARTS = [
  { title: 'Perplexity', isLog: true, key: 'perplexity', held: 'validationPerplexity' },
  { title: 'Loss', key: 'loss' },
  { title: 'Gradient norm', isLog: true, key: 'gradientNorm' },
  { title: 'Characters per second', key: 'charactersPerSecond' },
];

/** The curves of several runs in the same charts, with a legend and a table of the last values. */
export class Curves {
  #charts = CHARTS.map((each) => ({ ...each, chart: new Chart(each) }));
  #legend = element('ul', { class: 'curve-legend', 'aria-label': 'Legend' });
  #rows = element('tbody', {});

  constructor() {
    const names = ['Run', 'Epoch', 'Training', 'Validation', 'Loss', 'Gradient', 'Speed'];
    const heads = names.map((text) => element('th', { scope: 'col', text }));
    this.element = element(
      'div',
      { id: 'curves', class: 'curves' },
      this.#legend,
      element('div', { class: 'charts' }, this.#charts.map(({ chart }) => chart.element)),
      element(
        'div',
        { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'Last values' },
        element(
          'table',
          {},
          element('caption', { text: 'Last values' }),
          element('thead', {}, element('tr', {}, heads)),
          this.#rows,
        ),
      ),
    );
  }

  /** Shows runs, each with its epochs and the steps since the last of them. */
  show(runs) {
    const named = runs.map((run, index) => ({ ...run, colour: `series-${index % COLOURS}` }));
    for (const { chart, key, held } of this.#charts) {
      chart.show(named.flatMap((run) => seriesOf(run, key, held)));
    }
    const hasHeld = named.some(({ epochs }) => epochs.some((each) => each.validationPerplexity != null));
    this.#legend.replaceChildren(
      ...named.map(({ name, colour }) => legendItem(colour, name)),
      ...(hasHeld ? [legendItem('is-dashed', 'validation')] : []),
    );
    this.#rows.replaceChildren(...named.map(rowOf));
  }
}

function legendItem(look, name) {
  return element('li', {}, element('span', { class: `swatch ${look}` }), name);
}

function seriesOf({ name, colour, epochs, steps }, key, held) {
  const known = (points) => points.filter(([, y]) => y !== null && y !== undefined);
  const points = thinned([...epochs, ...steps]).map((each) => [each.at ?? each.epoch, each[key]]);
  const training = { name, colour, isDashed: false, points: known(points) };
  if (held === undefined) {
    return [training];
  }
  const validation = known(thinned(epochs).map((each) => [each.epoch, each[held]]));
  return [training, { name: `${name}, validation`, colour, isDashed: true, points: validation }];
}

/** As many as can be seen, the last among them. */
function thinned(all) {
  const step = Math.ceil(all.length / MOST_POINTS);
  return all.filter((_, index) => index % step === 0 || index === all.length - 1);
}

function rowOf({ name, epochs }) {
  const last = epochs.at(-1);
  const keys = ['epoch', 'perplexity', 'validationPerplexity', 'loss', 'gradientNorm', 'charactersPerSecond'];
  const cells = keys.map((key) => {
    const value = last?.[key];
    return element('td', { text: value === null || value === undefined ? '–' : plain(value) });
  });
  return element('tr', {}, element('th', { scope: 'row', text: name }), cells);
}
