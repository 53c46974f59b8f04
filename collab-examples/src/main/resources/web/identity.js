/** How the person at this page would like to be shown. This browser remembers it. */
import { PALETTE, initials, isColor, paint } from './colors.js';
import { byId, element } from './element.js';

const KEY = 'collab.user';
/** As much as a server takes. */
const LONGEST_NAME = 64;

const MANNERS = ['Brave', 'Calm', 'Clever', 'Gentle', 'Jolly', 'Keen', 'Lucky', 'Merry', 'Quiet'];
const ANIMALS = ['Otter', 'Heron', 'Fox', 'Badger', 'Lynx', 'Robin', 'Hare', 'Owl', 'Seal', 'Wren'];

const anyOf = (values) => values[Math.floor(Math.random() * values.length)];

/** @returns {{name: string, color: string}} what is remembered, or something pleasant */
function remembered() {
  try {
    const { name, color } = JSON.parse(localStorage.getItem(KEY));
    if (typeof name === 'string' && isName(name) && isColor(color)) return { name, color };
  } catch {
    // nothing is remembered, or nothing may be
  }
  return { name: `${anyOf(MANNERS)} ${anyOf(ANIMALS)}`, color: anyOf(PALETTE) };
}

const isName = (name) => name.trim() !== '' && name.length <= LONGEST_NAME && name.isWellFormed();

export class Identity {
  user = remembered();
  #onChange;

  /** @param {(user: {name: string, color: string}) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#remember();
    this.#showButton();
    for (const color of PALETTE) byId('colors').append(swatch(color));
    byId('me').addEventListener('click', () => this.#open());
    byId('cancel-identity').addEventListener('click', () => byId('identity').close());
    byId('identity').addEventListener('click', ({ target }) => {
      if (target === byId('identity')) target.close();
    });
    byId('identity-form').addEventListener('submit', (event) => this.#take(event));
    byId('own-name').addEventListener('input', () => byId('own-name').setCustomValidity(''));
  }

  #open() {
    byId('own-name').value = this.user.name;
    byId('own-color').value = this.user.color;
    for (const input of byId('colors').querySelectorAll('input[name=color]')) {
      input.checked = input.value === this.user.color;
    }
    byId('other-color').checked = !PALETTE.includes(this.user.color);
    byId('identity').showModal();
    byId('own-name').select();
  }

  #take(event) {
    event.preventDefault();
    const input = byId('own-name');
    const name = input.value.trim();
    if (!isName(name)) {
      input.setCustomValidity('Please give a name.');
      input.reportValidity();
      return;
    }
    const chosen = new FormData(event.target).get('color');
    this.user = { name, color: isColor(chosen) ? chosen : byId('own-color').value };
    byId('identity').close();
    this.#remember();
    this.#showButton();
    this.#onChange(this.user);
  }

  #remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.user));
    } catch {
      // then it is for this visit only
    }
  }

  #showButton() {
    const { name } = this.user;
    paint(byId('me'), this.user);
    byId('my-avatar').textContent = initials(name);
    byId('my-name').textContent = name;
  }
}

function swatch(color) {
  const input = element('input', { type: 'radio', name: 'color', value: color });
  input.setAttribute('aria-label', `Colour ${color}`);
  const label = element('label', { className: 'swatch' }, input);
  label.style.setProperty('--user', color);
  return label;
}
