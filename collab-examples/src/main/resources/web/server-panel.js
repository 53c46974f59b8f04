/** Live numbers of the server, where it offers them at `/status`. */
import { KeyedList, byId, element } from './element.js';
import { numbersOf } from './server-numbers.js';

const INTERVAL_MILLIS = 2000;
const LONG_INTERVAL_MILLIS = 30_000;
const HISTORY = 60;
const SVG = 'http://www.w3.org/2000/svg';

const small = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const large = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' });

export class ServerPanel {
  #list = new KeyedList(byId('numbers'), numberElement);
  #history = [];
  #line = document.createElementNS(SVG, 'polyline');
  #last = null;
  #timer = null;

  constructor() {
    this.#line.setAttribute('vector-effect', 'non-scaling-stroke');
    byId('sparkline').append(this.#line);
    document.addEventListener('visibilitychange', () => this.#poll());
    this.#poll();
  }

  async #poll() {
    clearTimeout(this.#timer);
    if (document.visibilityState !== 'visible') return;
    const status = await fetchStatus();
    byId('server').hidden = status === null;
    if (status !== null) this.#show({ status, at: performance.now() });
    const interval = status === null ? LONG_INTERVAL_MILLIS : INTERVAL_MILLIS;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#poll(), interval);
  }

  #show(reading) {
    const numbers = numbersOf(reading, this.#last);
    this.#last = reading;
    this.#list.show(numbers);
    this.#history = [...this.#history, numbers.find(({ key }) => key === 'rate')?.value ?? 0];
    this.#history = this.#history.slice(-HISTORY);
    const highest = Math.max(1, ...this.#history);
    const start = HISTORY - this.#history.length;
    const points = this.#history.map((rate, index) => {
      const height = 28 - (26 * rate) / highest;
      return `${(start + index) * (100 / (HISTORY - 1))},${height}`;
    });
    this.#line.setAttribute('points', points.join(' '));
  }
}

async function fetchStatus() {
  try {
    const response = await fetch('/status', { headers: { accept: 'application/json' } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const text = (value) => (value < 10 ? small : large).format(value);

function numberElement({ key, label, value, unit }) {
  const shown = element('dd', { textContent: value === null ? '–' : text(value) });
  if (unit !== '' && value !== null) shown.append(' ', element('small', { textContent: unit }));
  return element(
    'div',
    { dataset: { number: key } },
    element('dt', { textContent: label }),
    shown,
  );
}
