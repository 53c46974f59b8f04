/**
 * Keeps a connection alive and notices when it is dead: says something when nothing was sent for a
 * while, and gives up when nothing was heard for long.
 */

const PING_MILLIS = 20_000;
const ANSWER_MILLIS = 10_000;
/** The server is told at least so often in each of its own heartbeats. */
const PINGS_IN_A_HEARTBEAT = 3;

export class Heartbeat {
  #timers;
  #ping;
  #giveUp;
  #millis = PING_MILLIS;
  #pingTimer = null;
  #silenceTimer = null;

  /**
   * @param {{set: Function, clear: Function}} timers
   * @param {() => void} ping  says something to the peer; `sent` need not be called for it
   * @param {() => void} giveUp  called when the peer is silent for too long
   */
  constructor(timers, ping, giveUp) {
    this.#timers = timers;
    this.#ping = ping;
    this.#giveUp = giveUp;
  }

  /** @param {number} [heartbeat]  after so much silence the server takes us for gone */
  start(heartbeat = Infinity) {
    this.#millis = Math.min(PING_MILLIS, heartbeat / PINGS_IN_A_HEARTBEAT);
    this.sent();
    this.received();
  }

  stop() {
    this.#pingTimer = this.#cancel(this.#pingTimer);
    this.#silenceTimer = this.#cancel(this.#silenceTimer);
  }

  /** Something went out. */
  sent() {
    this.#cancel(this.#pingTimer);
    this.#pingTimer = this.#timers.set(() => {
      this.sent();
      this.#ping();
    }, this.#millis);
  }

  /** Something came in. */
  received() {
    this.#cancel(this.#silenceTimer);
    this.#silenceTimer = this.#timers.set(this.#giveUp, PING_MILLIS + ANSWER_MILLIS);
  }

  #cancel(timer) {
    if (timer !== null) this.#timers.clear(timer);
    return null;
  }
}
