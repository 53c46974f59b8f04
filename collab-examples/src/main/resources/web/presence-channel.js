import { BackOff } from './back-off.js';
import { Emitter } from './emitter.js';
import { OtherPresences } from './other-presences.js';
import { OwnPresence } from './own-presence.js';
import { TEXT_TYPE } from './text-operation.js';

/** The shortest time between two updates; in between only the newest counts. */
const UPDATE_MILLIS = 100;

/** After so long without a connection nobody knows who is there. */
const STAY_MILLIS = 30_000;

/** The server does not do this at all. */
const NOT_OFFERED = ['ERR_ACTION_NOT_SUPPORTED', 'ERR_TYPE_DOES_NOT_SUPPORT_PRESENCE'];
/** The same may succeed later. */
const PASSING = [
  'ERR_PRESENCE_TRANSFORM_FAILED',
  'ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT',
  'ERR_RATE_EXCEEDED',
  'ERR_UNAVAILABLE',
];

/**
 * What the clients on a channel show each other: any JSON value, for instance where their cursors
 * are. `Client.channel` makes one of any name; `SharedText.presence` is that of a text, where a
 * value is an object whose `selections`, a list of `{anchor, head}`, move along with the text.
 *
 * Events:
 *
 * - `change`: `others` changed, apart from moving along with the text.
 * - `error` ({code, message}): what this client shows was refused.
 */
export class PresenceChannel {
  #link;
  #name;
  #document;
  #emitter = new Emitter();
  #others;
  #own = new Map();
  #ownId;
  #sequence = 0;
  #backOff;
  #timer = null;
  #stayTimer = null;
  /** Until the next connection or another permission nothing is shown. */
  #isBarred = false;
  #isClosed = false;

  /**
   * For `Client` and `SharedText` only.
   *
   * @param {object} link  what the client offers
   * @param {string} name
   * @param {{c: string, d: string, session: object} | null} document  for the presence of a text
   */
  constructor(link, name, document = null) {
    this.#link = link;
    this.#name = name;
    this.#document = document;
    this.#others = new OtherPresences(link.now);
    this.#ownId = newId(link.random);
    this.#backOff = new BackOff({ random: link.random });
    if (link.isConnected) this.connected();
  }

  /**
   * What the others show, in a text with the selections as they are on this screen.
   *
   * @returns {import('./other-presences.js').Other[]}
   */
  get others() {
    if (this.#document === null) return this.#others.list();
    const { replica } = this.#document.session;
    return replica === null ? [] : this.#others.list(replica.pendingOperations, replica.text);
  }

  get isClosed() {
    return this.#isClosed;
  }

  /**
   * Registers a listener.
   *
   * @param {'change' | 'error'} type
   * @param {(event: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /**
   * Shows something from now on, also after a reconnect.
   *
   * @param {any} value  in a text with selections that fit the text as it is now
   * @param {string} [id]  a client may show several things; must be nobody else's on this channel
   */
  set(value, id = this.#ownId) {
    if (!this.#own.has(id)) this.#own.set(id, new OwnPresence(id));
    this.#own.get(id).value = value;
    this.#send();
  }

  /**
   * Shows something no longer.
   *
   * @param {string} [id]
   */
  clear(id = this.#ownId) {
    if (this.#own.has(id)) this.set(null, id);
  }

  /** The connection is up. */
  connected() {
    this.#link.cancel(this.#stayTimer);
    this.#stayTimer = null;
    this.#isBarred = false;
    this.#subscribe();
    this.#send();
  }

  /** The connection is gone. The others stay as they were until the next one, or for a while. */
  disconnected() {
    this.#link.cancel(this.#timer);
    this.#timer = null;
    this.#stayTimer ??= this.#link.schedule(() => {
      this.#others.clear();
      this.#emitter.emit('change');
    }, STAY_MILLIS);
    for (const own of this.#own.values()) own.disconnected();
  }

  /** The server says anew what we may do here. */
  permitted() {
    this.#isBarred = false;
    this.#send();
  }

  /** The person has left the screen, or is back. */
  awayChanged() {
    this.#send();
  }

  /** @param {object} frame  of this channel */
  receive(frame) {
    if (frame.a === 'ps') this.#onSubscribed(frame);
    else if (frame.a === 'pr') this.#showAgain();
    else if (frame.a === 'p' && this.#own.has(frame.id)) this.#onAnswer(frame);
    else if (frame.a === 'p' && !frame.error) this.#onUpdate(frame);
  }

  /** The document is about to be edited here: what it shows before belongs before the edit. */
  beforeEdit() {
    this.#flush();
  }

  /** The text on the screen changed. */
  moveOwn(operation, authorship) {
    for (const own of this.#own.values()) own.move(operation, authorship);
  }

  /** The server's text changed by an operation of the client `src`, of ours if that is null. */
  committed(operation, src) {
    this.#others.committed(operation, src);
  }

  /** The document may have come to another revision, or may have no edits pending any more. */
  settled() {
    if (this.#others.reached(this.#document.session.revision)) this.#emitter.emit('change');
    this.#send();
  }

  /** The document is gone, and with it everything that was shown in it. */
  emptied() {
    this.#others.clear();
    for (const own of this.#own.values()) own.emptied();
    this.#emitter.emit('change');
  }

  /** Nothing is shown or seen any more. */
  close() {
    for (const own of this.#own.values()) own.value = null;
    this.#flush();
    for (const timer of [this.#timer, this.#stayTimer]) this.#link.cancel(timer);
    this.#own.clear();
    this.#isClosed = true;
    if (this.#link.isConnected) {
      this.#link.send({ a: 'pu', ch: this.#name, seq: ++this.#sequence });
    }
  }

  #subscribe() {
    const { c, d } = this.#document ?? {};
    const address = this.#document !== null && this.#link.isExtended ? { c, d } : {};
    this.#link.send({ a: 'ps', ch: this.#name, seq: ++this.#sequence, ...address });
  }

  #onSubscribed({ error, seq, presences = [] }) {
    if (seq !== this.#sequence) return;
    if (error && PASSING.includes(error.code)) return this.#later(error, () => this.#subscribe());
    this.#others.replace(error ? [] : presences, this.#document?.session.revision);
    this.#emitter.emit('change');
    if (error) this.#report(error);
  }

  #onUpdate(frame) {
    const hasChanged = this.#others.update(frame, this.#document?.session.revision);
    if (hasChanged) this.#emitter.emit('change');
  }

  #onAnswer({ id, error }) {
    const own = this.#own.get(id);
    if (!error) {
      this.#backOff.reset();
    } else if (PASSING.includes(error.code)) {
      own.forget();
      this.#later(error, () => this.#send());
    } else if (error.code === 'ERR_PRESENCE_NOT_OWNED' && id === this.#ownId) {
      this.#own.delete(id);
      this.#ownId = newId(this.#link.random);
      this.set(own.value);
    } else {
      this.#report(error);
    }
  }

  #report({ code = 'ERR_UNKNOWN_ERROR', message = '' }) {
    const isExpected = NOT_OFFERED.includes(code) || code === 'ERR_FORBIDDEN';
    if (isExpected) this.#isBarred = true;
    else this.#emitter.emit('error', { code, message });
  }

  #showAgain() {
    for (const own of this.#own.values()) own.forget();
    this.#flush();
  }

  /** Sends what is due, now or when enough time has passed since the last update. */
  #send() {
    if (this.#timer !== null || !this.#flush()) return;
    this.#timer = this.#link.schedule(() => {
      this.#timer = null;
      this.#send();
    }, UPDATE_MILLIS);
  }

  /** Sends what is due; returns whether there was something. */
  #flush() {
    if (!this.#canShow) return false;
    const { isAway, isExtended } = this.#link;
    const due = [...this.#own.values()].filter((own) => own.isDue(isAway));
    for (const own of due) {
      const away = isAway && isExtended ? { away: true } : {};
      this.#link.send({ a: 'p', ch: this.#name, ...own.take(isAway), ...this.#where, ...away });
    }
    return due.length > 0;
  }

  /** In a text only when no edits are pending: then the screen shows what the server has. */
  get #canShow() {
    if (this.#isBarred || !this.#link.isConnected) return false;
    if (this.#isClosed || this.#document === null) return !this.#isClosed;
    return this.#document.session.isSettled;
  }

  get #where() {
    if (this.#document === null) return {};
    const { c, d, session } = this.#document;
    return { c, d, v: session.revision, t: TEXT_TYPE };
  }

  #later({ retryAfter }, action) {
    const delay = Math.max(retryAfter ?? 0, this.#backOff.next());
    this.#link.schedule(() => this.#link.isConnected && action(), delay);
  }
}

const newId = (random) => Math.floor(random() * 2 ** 52).toString(36);
