/**
 * Something that this client shows to others: a value, and what they know of it. In a document it
 * is kept in the coordinates of the text on the screen.
 */
import { moveValue } from './selections.js';

/** What others make of the value while the connection is new to them. */
const NOTHING = 'null';

export class OwnPresence {
  id;
  /** The newest value, null when it is to be gone. */
  value = null;
  #version = -1;
  /** What others see, moved along with the text; undefined when they may know nothing of us. */
  #shown = undefined;
  #isShownAway = false;

  /** @param {string} id  names it among all presences of its channel */
  constructor(id) {
    this.id = id;
  }

  /** Whether others see something else than they should. */
  isDue(isAway) {
    const shown = this.#shown === undefined ? NOTHING : JSON.stringify(this.#shown);
    const isOther = shown !== JSON.stringify(this.value);
    return isOther || (this.value !== null && isAway !== this.#isShownAway);
  }

  /** @returns {{id: string, p: any, pv: number}} what to send; counts as shown from now on */
  take(isAway) {
    this.#shown = this.value;
    this.#isShownAway = isAway;
    return { id: this.id, p: this.value, pv: ++this.#version };
  }

  /** Others do not see it: it was refused, or they ask for it. */
  forget() {
    this.#shown = undefined;
  }

  /** A server that loses a client removes its presences with the version behind the last. */
  disconnected() {
    this.forget();
    this.#version++;
  }

  /** The document is gone, and what was shown in it. */
  emptied() {
    this.value = null;
    this.forget();
  }

  /** The text on the screen changed, by this client or by others. */
  move(operation, authorship) {
    this.value = moveValue(this.value, operation, authorship);
    this.#shown = moveValue(this.#shown, operation, authorship);
  }
}
