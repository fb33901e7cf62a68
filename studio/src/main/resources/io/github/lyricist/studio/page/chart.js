import { element, svg } from './dom.js';

const HEIGHT = 210;
const MARGIN = { top: 12, right: 12, bottom: 34, left: 54 };
const TICKS = 5;
let ids = 0;

/**
 * Lines over the epochs, drawn as SVG as wide as its place, with the values under the pointer.
 * `show` takes series of {name, colour (a class), isDashed, points: [[x, y], …]}.
 */
export class Chart {
  #series = [];
  #hover = null;

  constructor({ title, isLog = false }) {
    this.title = title;
    this.isLog = isLog;
    this.id = `chart-${ids++}`;
    this.place = element('div', { class: 'chart-place' });
    this.values = element('div', { class: 'chart-values', 'aria-hidden': 'true', hidden: true });
    this.element = element(
      'figure',
      { class: 'chart' },
      element('figcaption', { text: isLog ? `${title}, log scale` : title }),
      this.place,
      this.values,
    );
    new ResizeObserver(() => this.#draw()).observe(this.place);
    this.place.addEventListener('pointermove', (event) => this.#point(event));
    this.place.addEventListener('pointerleave', () => {
      this.#hover = null;
      this.values.hidden = true;
      this.#draw();
    });
  }

  show(series) {
    this.#series = series.map((each) => {
      return { ...each, points: each.points.filter((point) => this.#fits(point)) };
    });
    this.#draw();
  }

  #fits([, y]) {
    return Number.isFinite(y) && (!this.isLog || y > 0);
  }

  #draw() {
    const width = this.place.clientWidth;
    if (width === 0) {
      return;
    }
    const points = this.#series.flatMap((each) => each.points);
    const drawing = svg('svg', {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      width,
      height: HEIGHT,
      role: 'img',
      'aria-labelledby': `${this.id}-title ${this.id}-desc`,
    });
    drawing.append(
      svg('title', { id: `${this.id}-title`, text: this.title }),
      svg('desc', { id: `${this.id}-desc`, text: this.#description() }),
    );
    if (points.length === 0) {
      const middle = { x: width / 2, y: HEIGHT / 2, 'text-anchor': 'middle' };
      drawing.append(svg('text', { ...middle, text: 'Nothing yet' }));
    } else {
      this.#drawInto(drawing, points, width);
    }
    this.place.replaceChildren(drawing);
  }

  #drawInto(drawing, points, width) {
    const [from, to] = extentOf(points, 0);
    this.x = scale(Math.min(0, from), Math.max(1, to), MARGIN.left, width - MARGIN.right);
    const [least, most] = widened(...extentOf(points, 1), this.isLog);
    const [bottom, top] = [HEIGHT - MARGIN.bottom, MARGIN.top];
    const y = this.isLog
      ? logScale(least, most, bottom, top)
      : scale(least, most, bottom, top);
    const yTicks = this.isLog ? logTicks(least, most) : ticks(least, most, TICKS);
    for (const tick of yTicks) {
      const at = y(tick);
      drawing.append(
        svg('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: at, y2: at }),
        svg('text', { x: MARGIN.left - 8, y: at + 4, 'text-anchor': 'end', text: plain(tick) }),
      );
    }
    for (const tick of ticks(this.x.from, this.x.to, Math.max(2, Math.floor(width / 90)))) {
      const at = { x: this.x(tick), y: bottom + 16, 'text-anchor': 'middle' };
      drawing.append(svg('text', { ...at, text: plain(tick) }));
    }
    const right = width - MARGIN.right;
    drawing.append(
      svg('line', { class: 'axis', x1: MARGIN.left, x2: right, y1: bottom, y2: bottom }),
      svg('text', { x: right, y: HEIGHT - 3, 'text-anchor': 'end', text: 'epoch' }),
    );
    for (const each of this.#series) {
      const look = `${each.colour}${each.isDashed ? ' is-dashed' : ''}`;
      const path = each.points.map(([px, py]) => `${this.x(px).toFixed(1)} ${y(py).toFixed(1)}`);
      if (path.length === 1) {
        const [cx, cy] = path[0].split(' ');
        drawing.append(svg('circle', { class: `dot ${look}`, cx, cy, r: 3 }));
      } else if (path.length > 1) {
        drawing.append(svg('path', { class: `curve ${look}`, d: `M${path.join('L')}` }));
      }
    }
    if (this.#hover !== null) {
      const at = this.x(this.#hover);
      drawing.append(svg('line', { class: 'cross', x1: at, x2: at, y1: top, y2: bottom }));
      for (const each of this.#series) {
        const near = nearest(each.points, this.#hover);
        if (near) {
          const [cx, cy] = [this.x(near[0]), y(near[1])];
          drawing.append(svg('circle', { class: `dot ${each.colour}`, cx, cy, r: 3.5 }));
        }
      }
    }
  }

  #description() {
    const parts = this.#series
      .filter(({ points }) => points.length > 0)
      .map(({ name, points }) => {
        const [[, first], [x, last]] = [points[0], points.at(-1)];
        return `${name}: from ${plain(first)} to ${plain(last)} at epoch ${plain(x)}`;
      });
    return parts.length === 0 ? 'Nothing yet.' : `${parts.join('; ')}.`;
  }

  #point(event) {
    const all = this.#series.flatMap((each) => each.points);
    if (all.length === 0 || this.x === undefined) {
      return;
    }
    const box = this.place.getBoundingClientRect();
    const wanted = this.x.invert(event.clientX - box.left);
    const [x] = nearest(all, wanted);
    this.#hover = x;
    const rows = this.#series.map(({ name, colour, points }) => {
      const near = nearest(points, x);
      return near
        ? element(
            'div',
            {},
            element('span', { class: `swatch ${colour}` }),
            element('span', { text: name }),
            element('span', { class: 'figure', text: plain(near[1]) }),
          )
        : null;
    });
    this.values.replaceChildren(element('div', { text: `Epoch ${plain(x)}` }), ...rows.filter(Boolean));
    this.values.hidden = false;
    const left = event.clientX - box.left;
    const isLeft = left > box.width / 2;
    this.values.style.left = isLeft ? '' : `${left + 14}px`;
    this.values.style.right = isLeft ? `${box.width - left + 14}px` : '';
    this.#draw();
  }
}

/** A number as short as it can be read. */
export function plain(value) {
  const size = Math.abs(value);
  if (size >= 10_000) {
    return value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
  }
  return String(Number(value.toPrecision(size >= 1000 ? 4 : 3)));
}

/** The least and the most of a coordinate. */
function extentOf(points, axis) {
  let [least, most] = [Infinity, -Infinity];
  for (const point of points) {
    least = Math.min(least, point[axis]);
    most = Math.max(most, point[axis]);
  }
  return [least, most];
}

function nearest(points, x) {
  let best = null;
  for (const point of points) {
    if (best === null || Math.abs(point[0] - x) < Math.abs(best[0] - x)) {
      best = point;
    }
  }
  return best;
}

function scale(from, to, begin, end) {
  const place = (value) => begin + ((value - from) / (to - from)) * (end - begin);
  return Object.assign(place, {
    from,
    to,
    invert: (at) => from + ((at - begin) / (end - begin)) * (to - from),
  });
}

function logScale(from, to, begin, end) {
  const linear = scale(Math.log(from), Math.log(to), begin, end);
  return (value) => linear(Math.log(value));
}

function widened(least, most, isLog) {
  if (isLog) {
    return least === most ? [least / 2, most * 2] : [least / 1.08, most * 1.08];
  }
  const room = most === least ? Math.abs(most) / 2 || 1 : (most - least) / 12;
  return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
}

function ticks(from, to, count) {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) * power;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function logTicks(from, to) {
  const all = [];
  for (let power = 10 ** Math.floor(Math.log10(from)); power <= to; power *= 10) {
    all.push(power, 2 * power, 5 * power);
  }
  const inside = all.filter((tick) => tick >= from && tick <= to);
  if (inside.length >= 2) {
    return inside.length <= 7 ? inside : inside.filter((tick) => tick.toExponential(0)[0] === '1');
  }
  return [from * 1.08, to / 1.08];
}
