/**
 * Who is writing in a room. It ends by itself unless it is told again and again.
 */

/** Told once, it is true for so long. */
const TYPING_MILLIS = 6000;
/** While somebody writes, it is told this often. */
const RENEWAL_MILLIS = 3000;

/** Tells the others that the person here is writing. */
export class OwnTyping {
  #timers;
  #tell;
  #isTyping = false;
  #renewal = null;
  #end = null;

  /**
   * @param {{set: Function, clear: Function}} timers
   * @param {(isTyping: boolean) => void} tell
   */
  constructor(timers, tell) {
    this.#timers = timers;
    this.#tell = tell;
  }

  /** The person has written something. */
  typed() {
    this.#cancel(this.#end);
    this.#end = this.#timers.set(() => this.stopped(), TYPING_MILLIS);
    this.#isTyping = true;
    if (this.#renewal !== null) return;
    this.#tell(true);
    this.#renewal = this.#timers.set(() => (this.#renewal = null), RENEWAL_MILLIS);
  }

  /** The others take whoever has posted for somebody who writes no longer. */
  posted() {
    if (this.#isTyping) this.#tell(true);
  }

  /** The person writes no longer: what was written is sent, or not to be. */
  stopped() {
    if (!this.#isTyping) return;
    this.forget();
    this.#tell(false);
  }

  /** The others learn it by themselves: the message is sent, or the connection gone. */
  forget() {
    this.#cancel(this.#end);
    this.#cancel(this.#renewal);
    this.#end = this.#renewal = null;
    this.#isTyping = false;
  }

  #cancel(timer) {
    if (timer !== null) this.#timers.clear(timer);
  }
}

/** Who of the others is writing. */
export class OthersTyping {
  #timers;
  #onChange;
  #writing = new Map();

  /**
   * @param {{set: Function, clear: Function}} timers
   * @param {() => void} onChange
   */
  constructor(timers, onChange) {
    this.#timers = timers;
    this.#onChange = onChange;
  }

  /** @returns {import('./chat-log.js').User[]} in the order in which they began */
  get users() {
    return [...this.#writing.values()].map(({ user }) => user);
  }

  /** Somebody writes, or no longer. */
  told(user, isTyping) {
    const known = this.#writing.get(user.id);
    if (known) this.#timers.clear(known.timer);
    if (isTyping) {
      const timer = this.#timers.set(() => this.told(user, false), TYPING_MILLIS);
      this.#writing.set(user.id, { user, timer });
    } else {
      this.#writing.delete(user.id);
    }
    if (isTyping === (known === undefined)) this.#onChange();
  }

  clear() {
    for (const { user } of [...this.#writing.values()]) this.told(user, false);
  }
}
