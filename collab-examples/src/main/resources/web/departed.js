/** Who has left a short time ago, so that people do not vanish from the list without a word. */

/** For so long those who have left are remembered. */
const REMEMBERED_MILLIS = 10 * 60_000;
/** The last ones only. */
const MOST = 5;

export class Departed {
  #present = new Map();
  #left = new Map();

  /**
   * Takes note of who is here.
   *
   * @param {import('./people.js').Person[]} people  all who are here
   * @param {number} now
   * @returns {import('./people.js').Person[]} the same, and behind them who has left, the last first
   */
  follow(people, now) {
    const present = new Map(people.map((person) => [person.key, person]));
    for (const [key, person] of this.#present) {
      if (!present.has(key)) this.#left.set(key, { person, at: now });
    }
    for (const [key, { at }] of this.#left) {
      if (present.has(key) || now - at > REMEMBERED_MILLIS) this.#left.delete(key);
    }
    this.#present = present;
    const last = [...this.#left.values()].sort((a, b) => b.at - a.at).slice(0, MOST);
    return [...people, ...last.map(({ person, at }) => gone(person, now - at))];
  }
}

function gone(person, millis) {
  const minutes = Math.floor(millis / 60_000);
  const activity = minutes < 1 ? 'left just now' : `left ${minutes} min ago`;
  return { ...person, status: 'gone', activity, position: null };
}
