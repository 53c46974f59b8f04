/** The list of people in the side panel, and their faces above the text. */
import { initials, paint } from './colors.js';
import { KeyedList, element } from './element.js';

const MOST_FACES = 5;

export class PeopleList {
  #rows;
  #faces;
  #onVisit;
  #positions = new Map();

  /**
   * @param {HTMLElement} rows  a list
   * @param {HTMLElement} faces  a list
   * @param {(position: number) => void} onVisit  called to go to where somebody is
   */
  constructor(rows, faces, onVisit) {
    this.#rows = new KeyedList(rows, (person) => this.#row(person), updateRow);
    this.#faces = new KeyedList(faces, (face) => faceOf(face));
    this.#onVisit = onVisit;
  }

  /** @param {import('./people.js').Person[]} people */
  show(people) {
    this.#positions = new Map(people.map(({ key, position }) => [key, position]));
    this.#rows.show(
      people.map(({ position, ...person }) => ({ ...person, isVisible: position !== null })),
    );
    const here = people.filter(({ status }) => status !== 'gone');
    const faceIn = ({ key, user, status }) => ({ key, user, status });
    const faces = here.slice(0, MOST_FACES).map(faceIn);
    const more = here.length - faces.length;
    this.#faces.show(more > 0 ? [...faces, { key: 'more', more }] : faces);
  }

  #row({ key, user, isSelf, status, activity, isVisible }) {
    const name = element('span', { className: 'name', textContent: user.name });
    const doing = element('span', { className: 'activity', textContent: activity });
    const content = [avatarOf(user, status), element('span', { className: 'who' }, name, doing)];
    const row = element('li', { dataset: { status, self: isSelf } });
    if (!isVisible) {
      row.append(element('div', { className: 'person' }, ...content));
      return row;
    }
    const button = element('button', {
      type: 'button',
      className: 'person',
      title: `Go to where ${user.name} is`,
    });
    button.append(...content);
    button.addEventListener('click', () => this.#onVisit(this.#positions.get(key)));
    row.append(button);
    return row;
  }
}

/** Whoever does something else is the same person still. */
function updateRow(row, { status, activity, ...person }, { status: _, activity: __, ...before }) {
  if (JSON.stringify(person) !== JSON.stringify(before)) return false;
  row.dataset.status = row.querySelector('.avatar').dataset.status = status;
  row.querySelector('.activity').textContent = activity;
  return true;
}

/**
 * @param {{id: string, name: string, color?: string}} user
 * @param {string} status
 * @returns {HTMLElement} a disc with the initials of a user
 */
export function avatarOf(user, status = 'active') {
  const avatar = element('span', {
    className: 'avatar',
    textContent: initials(user.name),
    attributes: { 'aria-hidden': 'true' },
    dataset: { status },
  });
  return paint(avatar, user);
}

function faceOf({ user, status, more }) {
  if (more) return element('li', { className: 'more', textContent: `+${more}` });
  const label = element('span', { className: 'hidden', textContent: user.name });
  return element('li', { title: user.name }, avatarOf(user, status), label);
}
