/**
 * A WebSocket that comes back: it opens the socket, shakes hands, notices a silent peer and
 * opens the next socket after a while when one is lost.
 *
 * States: `offline` (switched off), `connecting` (a socket is being opened), `connected`,
 * `waiting` (until the next attempt).
 */
import { BackOff } from './back-off.js';

const PROTOCOL = { protocol: 1, protocolMinor: 2, collab: 1 };
const HANDSHAKE_MILLIS = 10_000;
const SILENCE_MILLIS = 20_000;
const ANSWER_MILLIS = 10_000;

export class Connection {
  #url;
  #WebSocket;
  #timers;
  #backOff;
  #handlers;
  #socket = null;
  #state = 'offline';
  /** The timer of the present state: handshake, silence or waiting. */
  #timer = null;
  /** The secret that names this client to the server. It lives in memory only. */
  #id = null;

  /**
   * @param {string} url
   * @param {object} options  see `connect` in collab.js
   * @param {{onReady: Function, onFrame: Function, onLost: Function, onState: Function, onError: Function}} handlers
   */
  constructor(url, options, handlers) {
    this.#url = url;
    this.#WebSocket = options.WebSocket;
    this.#timers = options.timers;
    this.#backOff = new BackOff({ random: options.random });
    this.#handlers = handlers;
  }

  get state() {
    return this.#state;
  }

  get id() {
    return this.#id;
  }

  /** Connects, now if it is waiting for a later attempt. Does nothing when a socket exists. */
  connect() {
    if (this.#socket !== null) return;
    this.#setTimer(() => this.#drop(), HANDSHAKE_MILLIS);
    this.#setState('connecting');
    const socket = new this.#WebSocket(this.#url);
    this.#socket = socket;
    const ifCurrent = (action) => (event) => {
      if (this.#socket === socket) action(event);
    };
    socket.onopen = ifCurrent(() => this.send({ a: 'hs', id: this.#id, ...PROTOCOL }));
    socket.onmessage = ifCurrent(({ data }) => this.#onMessage(data));
    socket.onerror = () => {};
    socket.onclose = ifCurrent(() => this.#drop());
  }

  /** Closes the socket and stays offline until `connect`. */
  disconnect() {
    this.#abandonSocket();
    this.#setTimer(null);
    this.#setState('offline');
  }

  /** @param {object} frame  sent at once; the caller makes sure that a socket is open */
  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #onMessage(data) {
    let content;
    try {
      content = JSON.parse(data);
    } catch {
      this.#handlers.onError({
        code: 'CLIENT_FRAME_UNREADABLE',
        message: 'the server sent something that is not JSON',
      });
      return this.#drop();
    }
    if (this.#state === 'connected') this.#expectFrames();
    for (const frame of Array.isArray(content) ? content : [content]) {
      if (typeof frame !== 'object' || frame === null) continue;
      if (frame.a === 'hs') this.#onHandshake(frame);
      else if (this.#state === 'connected') this.#handlers.onFrame(frame);
    }
  }

  #onHandshake({ error, protocol, id, collab, limits }) {
    if (this.#state === 'connected') return;
    if (error || protocol !== PROTOCOL.protocol || typeof id !== 'string') {
      this.#handlers.onError({
        code: error?.code ?? 'CLIENT_HANDSHAKE_FAILED',
        message: error?.message ?? `the server speaks protocol ${protocol}`,
      });
      return this.#drop();
    }
    this.#id = id;
    this.#backOff.reset();
    this.#expectFrames();
    this.#setState('connected');
    this.#handlers.onReady({ isExtended: collab !== undefined, operationLimit: limitOf(limits) });
  }

  /** A peer that stays silent is asked for a sign of life, and given up without one. */
  #expectFrames() {
    this.#setTimer(() => {
      this.send({ a: 'pp' });
      this.#setTimer(() => this.#drop(), ANSWER_MILLIS);
    }, SILENCE_MILLIS);
  }

  #drop() {
    this.#abandonSocket();
    const delay = this.#backOff.next();
    this.#setTimer(() => this.connect(), delay);
    this.#setState('waiting');
  }

  #abandonSocket() {
    const socket = this.#socket;
    const wasConnected = this.#state === 'connected';
    this.#socket = null;
    this.#state = 'offline';
    socket?.close();
    if (wasConnected) this.#handlers.onLost();
  }

  #setTimer(action, delay) {
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#timer = action === null ? null : this.#timers.set(action, delay);
  }

  #setState(state) {
    this.#state = state;
    this.#handlers.onState(state);
  }
}

/** The weight that an operation may have; its text takes at most six characters each as JSON. */
function limitOf({ operation = Infinity, frame = Infinity } = {}) {
  return Math.min(operation, (frame - 2000) / 6);
}
