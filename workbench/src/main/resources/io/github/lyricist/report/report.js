// Shows the values under the pointer, or at the epoch that the arrow keys have come to.
// (No character that HTML would want escaped: the page is well-formed XML, too.)
'use strict';

const MOST_IN_A_COLUMN = 12;

function shape(svg, name, attributes) {
  const element = document.createElementNS(svg.namespaceURI, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  svg.append(element);
  return element;
}

function written(value) {
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 ? 1e-4 > size : false)) {
    return value.toExponential(3);
  }
  return value.toLocaleString('en', {maximumSignificantDigits: 5});
}

function watch(figure, svg, card, curves, epochs) {
  const frame = JSON.parse(svg.dataset.frame);
  const line = shape(svg, 'line', {y1: frame.y, y2: frame.y + frame.height, class: 'pointer'});
  const dots = curves.map(curve => shape(svg, 'circle', {r: 4, style: 'fill:' + curve.ink}));
  const height = value => frame.logarithmic
    ? (Math.log(value) - Math.log(frame.low)) / (Math.log(frame.high) - Math.log(frame.low))
    : (value - frame.low) / (frame.high - frame.low);
  let at = epochs.length - 1;

  function hide() {
    [line, ...dots].forEach(element => element.setAttribute('visibility', 'hidden'));
    card.hidden = true;
  }

  function row(curve, value) {
    const item = document.createElement('li');
    const spot = document.createElement('span');
    spot.className = 'spot';
    spot.style.background = curve.ink;
    const number = document.createElement('b');
    number.textContent = value === null ? '–' : written(value);
    item.append(spot, curve.name + ' ', number);
    return item;
  }

  function show(index) {
    at = index;
    const epoch = epochs[at];
    const x = frame.x + (epoch - frame.first) / (frame.last - frame.first) * frame.width;
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
    line.setAttribute('visibility', 'visible');
    const rows = document.createElement('ul');
    curves.forEach((curve, i) => {
      const found = curve.epochs.indexOf(epoch);
      if (found >= 0) {
        rows.append(row(curve, curve.values[found]));
      }
      const value = found >= 0 ? curve.values[found] : null;
      dots[i].setAttribute('visibility', value === null ? 'hidden' : 'visible');
      if (value !== null) {
        dots[i].setAttribute('cx', x);
        dots[i].setAttribute('cy', frame.y + (1 - height(value)) * frame.height);
      }
    });
    const title = document.createElement('div');
    title.textContent = 'epoch ' + epoch.toLocaleString('en');
    card.replaceChildren(title, rows);
    card.classList.toggle('full', rows.childElementCount > MOST_IN_A_COLUMN);
    card.hidden = false;
    const picture = svg.getBoundingClientRect();
    const around = figure.getBoundingClientRect();
    const scale = picture.width / svg.viewBox.baseVal.width;
    const left = picture.left - around.left + x * scale;
    const isRight = x > svg.viewBox.baseVal.width / 2;
    if (card.classList.contains('full')) { // below the picture, which it would hide
      card.style.left = card.style.right = '0';
      card.style.top = picture.bottom - around.top + 4 + 'px';
      return;
    }
    card.style.left = isRight ? 'auto' : left + 12 + 'px';
    card.style.right = isRight ? around.width - left + 12 + 'px' : 'auto';
    card.style.top = picture.top - around.top + (frame.y + 6) * scale + 'px';
  }

  function nearest(event) {
    const picture = svg.getBoundingClientRect();
    const x = (event.clientX - picture.left) / picture.width * svg.viewBox.baseVal.width;
    const epoch = frame.first + (x - frame.x) / frame.width * (frame.last - frame.first);
    return epochs.reduce(
      (best, other, i) => Math.abs(epochs[best] - epoch) > Math.abs(other - epoch) ? i : best, 0);
  }

  hide();
  svg.tabIndex = 0;
  svg.addEventListener('pointermove', event => show(nearest(event)));
  svg.addEventListener('pointerdown', event => show(nearest(event)));
  svg.addEventListener('pointerleave', hide);
  svg.addEventListener('focus', () => show(at));
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', event => {
    const to = {
      ArrowLeft: Math.max(0, at - 1),
      ArrowRight: Math.min(epochs.length - 1, at + 1),
      Home: 0,
      End: epochs.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      show(to);
    } else if (event.key === 'Escape') {
      hide();
    }
  });
}

for (const figure of document.querySelectorAll('figure[data-curves]')) {
  const curves = JSON.parse(figure.dataset.curves);
  const epochs = [...new Set(curves.flatMap(curve => curve.epochs))].sort((a, b) => a - b);
  const card = document.createElement('div');
  card.className = 'card';
  card.setAttribute('role', 'status');
  figure.append(card);
  figure.querySelectorAll('svg[data-frame]')
    .forEach(svg => watch(figure, svg, card, curves, epochs));
}
