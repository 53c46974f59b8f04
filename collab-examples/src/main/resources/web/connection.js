/**
 * A WebSocket that comes back: it opens the socket, shakes hands, notices a silent peer and
 * opens the next socket after a while when one is lost.
 *
 * States: `offline` (switched off, by us or by the server), `connecting` (a socket is being
 * opened), `connected`, `waiting` (until the next attempt).
 */
import { BackOff } from './back-off.js';
import { Credentials } from './credentials.js';
import { Heartbeat } from './heartbeat.js';
import { Outbox } from './outbox.js';

const PROTOCOL = { protocol: 1, protocolMinor: 2, collab: 1 };
const HANDSHAKE_MILLIS = 10_000;
/** How long to stay away after having sent too much. */
const LONG_PAUSE_MILLIS = 60_000;

/** Codes with which a connection is closed. */
const COMPARE_ANEW = 1012;
const UNAUTHENTICATED = 4003;
const TOKEN_EXPIRED = 4004;
const ENDED = 4005;
const FLOODED = 4006;
const TAKEN_FOR_DEAD = 4010;

/** Refusals of a handshake that pass. Whatever else a server says is for good. */
const PASSING = ['ERR_UNAVAILABLE', 'ERR_RATE_EXCEEDED', 'ERR_UNKNOWN_ERROR'];

export class Connection {
  #url;
  #WebSocket;
  #timers;
  #backOff;
  #handlers;
  #heartbeat;
  #outbox;
  #credentials;
  #socket = null;
  #state = 'offline';
  /** The timer of the present state: handshake or waiting. */
  #timer = null;
  /** The secret that names this client to the server. It lives in memory only. */
  #id = null;

  /**
   * @param {string} url
   * @param {object} options  see `connect` in collab.js
   * @param {{onReady: Function, onFrame: Function, onLost: Function, onState: Function, onError: Function}} handlers
   */
  constructor(url, options, handlers) {
    const { WebSocket, timers, random, defer, user = null, token = null } = options;
    this.#url = url;
    this.#WebSocket = WebSocket;
    this.#timers = timers;
    this.#backOff = new BackOff({ random });
    this.#handlers = handlers;
    this.#credentials = new Credentials(user, token, timers);
    this.#outbox = new Outbox((frame) => this.#socket?.send(frame), defer);
    this.#heartbeat = new Heartbeat(
      timers,
      () => this.#outbox.send({ a: 'pp' }),
      () => this.#drop(TAKEN_FOR_DEAD),
    );
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
    this.#setTimer(() => this.#drop(TAKEN_FOR_DEAD), HANDSHAKE_MILLIS);
    this.#setState('connecting');
    const socket = new this.#WebSocket(this.#url);
    this.#socket = socket;
    const ifCurrent = (action) => (event) => {
      if (this.#socket === socket) action(event);
    };
    socket.onopen = ifCurrent(() =>
      this.#credentials.withMembers(
        ifCurrent((members) => this.send({ a: 'hs', id: this.#id, ...PROTOCOL, ...members })),
        ifCurrent(({ message }) => this.#fail('CLIENT_TOKEN_FAILED', message)),
      ),
    );
    socket.onmessage = ifCurrent(({ data }) => this.#onMessage(data));
    socket.onerror = () => {};
    socket.onclose = ifCurrent((event) => this.#onClose(event ?? {}));
  }

  /** Closes the socket and stays offline until `connect`. */
  disconnect() {
    this.#abandonSocket();
    this.#setTimer(null);
    this.#setState('offline');
  }

  /** @param {{name: string, color?: string}} user  how to be shown; the next handshake says it */
  introduce(user) {
    this.#credentials.user = user;
    if (this.#state !== 'connected') return;
    this.#abandonSocket();
    this.connect();
  }

  /** @param {string | (() => string | Promise<string>)} token  renews the one in use */
  authenticate(token) {
    this.#credentials.token = token;
    if (this.#state !== 'connected') return;
    this.#credentials.withMembers(
      ({ token }) => this.#renew(token),
      ({ message }) => this.#handlers.onError({ code: 'CLIENT_TOKEN_FAILED', message }),
    );
  }

  /** @param {object} message  goes out with others of this task; there must be a socket */
  send(message) {
    this.#outbox.send(message);
    if (this.#state === 'connected') this.#heartbeat.sent();
  }

  #onMessage(data) {
    let content;
    try {
      content = JSON.parse(data);
    } catch {
      return this.#fail(
        'CLIENT_FRAME_UNREADABLE',
        'the server sent something that is not JSON',
      );
    }
    if (this.#state === 'connected') this.#heartbeat.received();
    for (const frame of Array.isArray(content) ? content : [content]) {
      if (typeof frame !== 'object' || frame === null) continue;
      if (frame.a === 'hs') this.#onHandshake(frame);
      else if (this.#state !== 'connected') continue;
      else if (frame.a === 'auth') this.#onRenewed(frame);
      else this.#handlers.onFrame(frame);
    }
  }

  #onHandshake({ error, protocol, id, collab, limits, user, expires, heartbeat }) {
    if (this.#state === 'connected') return;
    if (error) {
      const { code = 'ERR_UNKNOWN_ERROR', message = '' } = error;
      return this.#fail(code, message, closeCodeOf(code));
    }
    if (protocol !== PROTOCOL.protocol || typeof id !== 'string') {
      return this.#fail('CLIENT_HANDSHAKE_FAILED', `the server speaks protocol ${protocol}`);
    }
    const isExtended = collab !== undefined;
    this.#id = id;
    this.#setTimer(null);
    this.#backOff.reset();
    this.#heartbeat.start(heartbeat);
    this.#expires(expires);
    if (isExtended) this.#outbox.startBatching(limits?.frame ?? Infinity);
    this.#setState('connected');
    this.#handlers.onReady({ isExtended, operationLimit: limitOf(limits), user: user ?? null });
  }

  #onRenewed({ error, expires }) {
    if (error) this.#handlers.onError(error);
    else this.#expires(expires);
  }

  #expires(millis) {
    this.#credentials.expiresIn(millis, (token) => this.#renew(token));
  }

  #renew(token) {
    if (this.#state === 'connected') this.send({ a: 'auth', token });
  }

  #fail(code, message, closeCode) {
    this.#handlers.onError({ code, message });
    this.#drop(closeCode);
  }

  #onClose({ code, reason }) {
    if (code === ENDED) {
      this.#handlers.onError({ code: 'CLIENT_CONNECTION_ENDED', message: reason ?? '' });
    }
    this.#drop(code);
  }

  /** Ends what there is; connects again after a while, where the code does not speak against it. */
  #drop(code) {
    const isBarred = code === UNAUTHENTICATED || code === TOKEN_EXPIRED;
    if (code === ENDED || (isBarred && !this.#credentials.canRenew)) return this.disconnect();
    this.#abandonSocket(code === TAKEN_FOR_DEAD ? code : undefined, code === COMPARE_ANEW);
    const delay = this.#backOff.next() + (code === FLOODED ? LONG_PAUSE_MILLIS : 0);
    this.#setTimer(() => this.connect(), delay);
    this.#setState('waiting');
  }

  #abandonSocket(code, isInDoubt = false) {
    const socket = this.#socket;
    const wasConnected = this.#state === 'connected';
    this.#socket = null;
    this.#state = 'offline';
    this.#heartbeat.stop();
    this.#credentials.forget();
    this.#outbox.reset();
    socket?.close(code);
    if (wasConnected) this.#handlers.onLost(isInDoubt);
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

/** The code with which a server closes, or would, that refuses a handshake with this error. */
function closeCodeOf(code) {
  if (code === 'ERR_UNAUTHENTICATED') return UNAUTHENTICATED;
  if (code === 'ERR_RATE_EXCEEDED') return FLOODED;
  return PASSING.includes(code) ? undefined : ENDED;
}

/** The weight that an operation may have; its text takes at most six characters each as JSON. */
function limitOf({ operation = Infinity, frame = Infinity } = {}) {
  return Math.min(operation, (frame - 2000) / 6);
}
