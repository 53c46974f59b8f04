/**
 * What this client wants to happen in a room, in order. One at a time is under way; it goes out
 * again, with the same number, until the server has answered it.
 */
import { BackOff } from './back-off.js';

/** Nothing is wrong with the request, it can be repeated. */
const BUSY = ['ERR_RATE_EXCEEDED', 'ERR_UNAVAILABLE', 'ERR_MAX_SUBMIT_RETRIES_EXCEEDED'];

export class ChatSubmissions {
  #link;
  #room;
  #backOff;
  #queue = [];
  #retry = null;

  /**
   * @param {object} link  what the client offers
   * @param {string} room
   */
  constructor(link, room) {
    this.#link = link;
    this.#room = room;
    this.#backOff = new BackOff({ random: link.random });
  }

  /** The events that are not answered yet, in order. */
  get pending() {
    return this.#queue.map(({ event }) => event);
  }

  /**
   * @param {object} event
   * @returns {Promise<object>} the event as it was committed; fails with an `Error` that has a
   *     `code` when the server refuses it
   */
  submit(event) {
    // Numbered by the client: a room that is entered again must not use a number once more.
    const { seq } = this.#link.nextOperationId();
    return new Promise((resolve, reject) => {
      this.#queue.push({ event, seq, isSent: false, resolve, reject });
      if (this.#queue.length === 1) this.sendNext();
    });
  }

  /** Sends the first one, if there is a connection. */
  sendNext() {
    this.#cancelRetry();
    const next = this.#queue[0];
    if (next === undefined || !this.#link.isConnected) return;
    const source = next.isSent ? { src: this.#link.id } : {};
    next.isSent = true;
    this.#link.send({ a: 'cp', r: this.#room, seq: next.seq, ...source, e: next.event });
  }

  /** @param {object} frame  the answer to one of them */
  answered({ seq, e, error }) {
    const first = this.#queue[0];
    if (first?.seq !== seq) return;
    if (error && BUSY.includes(error.code)) return this.#sendAgainLater(error);
    this.#backOff.reset();
    this.#queue.shift();
    if (error) first.reject(errorOf(error));
    else first.resolve(e);
    this.sendNext();
  }

  /** The connection is gone. */
  disconnected() {
    this.#cancelRetry();
  }

  /** Nothing happens any more: what is not answered fails. */
  close() {
    this.#cancelRetry();
    for (const { reject } of this.#queue.splice(0)) {
      reject(errorOf({ code: 'CLIENT_CLOSED', message: 'the room was closed' }));
    }
  }

  #sendAgainLater({ retryAfter = 0 }) {
    const delay = Math.max(retryAfter, this.#backOff.next());
    this.#retry = this.#link.schedule(() => this.sendNext(), delay);
  }

  #cancelRetry() {
    this.#link.cancel(this.#retry);
    this.#retry = null;
  }
}

/** @returns {Error & {code: string}} */
function errorOf({ code = 'ERR_UNKNOWN_ERROR', message = '' }) {
  return Object.assign(new Error(message || code), { code });
}
