/**
 * What the other clients show on a channel. In a document it is kept in the coordinates of the
 * server's text, moved over each committed entry, and translated to the screen when it is asked
 * for.
 *
 * @typedef {object} Other
 * @property {string} key  names the presence on its channel
 * @property {string} src  names its client; the entries that the client commits have it too
 * @property {string} id
 * @property {any} value  in a document in the coordinates of the text on the screen
 * @property {{id: string, name: string, color?: string} | null} user
 * @property {'active' | 'idle' | 'away'} status
 * @property {number} lastActive  when the client last did something, by our clock
 * @property {number | null} lastEdit  when it last edited the document, as far as we saw it
 */
import { clampValue, moveValue } from './selections.js';

export class OtherPresences {
  #now;
  #present = new Map();
  /** Presences that refer to a revision which has not arrived, by key. */
  #waiting = new Map();

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * Takes in an update.
   *
   * @param {object} frame  as the server sends it
   * @param {number} revision  of our copy of the document; Infinity where there is none
   * @returns {boolean} whether something changed
   */
  update(frame, revision = Infinity) {
    const key = JSON.stringify([frame.src, frame.id]);
    const known = this.#waiting.get(key) ?? this.#present.get(key);
    if (known && frame.pv < known.pv) return false;
    const { lastEdit = null } = known ?? {};
    this.#waiting.delete(key);
    if ((frame.p ?? null) === null) return this.#present.delete(key);
    const presence = { ...this.#read(key, frame), lastEdit };
    if (frame.v > revision) {
      this.#waiting.set(key, presence);
      return false;
    }
    this.#present.set(key, presence);
    return true;
  }

  /** Takes in all that is there: nothing else is. */
  replace(frames, revision) {
    this.clear();
    for (const frame of frames) this.update(frame, revision);
  }

  /** @returns {boolean} whether something changed because our copy came to a revision */
  reached(revision) {
    const arrived = [...this.#waiting.values()].filter(({ v }) => v <= revision);
    for (const presence of arrived) {
      this.#waiting.delete(presence.key);
      this.#present.set(presence.key, presence);
    }
    return arrived.length > 0;
  }

  /** An operation was committed by the client `src`, or by ourselves if that is null. */
  committed(operation, src) {
    for (const presence of this.#present.values()) {
      const isOwner = presence.src === src;
      presence.value = moveValue(presence.value, operation, isOwner ? 'own' : 'foreign');
      if (!isOwner) continue;
      presence.status = 'active';
      presence.lastActive = presence.lastEdit = this.#now();
    }
  }

  /**
   * Returns what is to be shown.
   *
   * @param {import('./text-operation.js').TextOperation[]} pending  our operations that are not
   *     committed, in order
   * @param {string | null} text  on the screen; null where there is none
   * @returns {Other[]} in the order of appearance
   */
  list(pending = [], text = null) {
    return [...this.#present.values()].map(({ pv, v, ...other }) => {
      const move = (value, operation) => moveValue(value, operation, 'foreign');
      const value = pending.reduce(move, other.value);
      return { ...other, value: text === null ? value : clampValue(value, text) };
    });
  }

  clear() {
    this.#present.clear();
    this.#waiting.clear();
  }

  #read(key, { src, id, p, pv, v, user, status = 'active', idle = 0 }) {
    const lastActive = this.#now() - idle;
    return { key, src, id, value: p, user: user ?? null, status, lastActive, pv, v };
  }
}
