/**
 * Shared plain text, presence and chat over a WebSocket, for browsers and for Node. It has no
 * dependency and needs no build step.
 *
 * ```
 * import { connect } from './collab.js';
 * const client = connect('wss://example.org/collab', { user: { name: 'Ada' } });
 * const text = client.open('documents', 'welcome', { create: '' });
 * text.on('change', ({ operation }) => editor.apply(operation));
 * text.edit([3, 'inserted at 3']);
 * text.presence.set({ selections: [{ anchor: 3, head: 8 }] });
 * await client.room('team').post('Hello');
 * ```
 *
 * Edits are never lost silently: they wait while the connection is down, are sent again until
 * the server has answered, and when the server refuses one, that one is undone here and reported
 * while all others stay.
 */
import { ChatRoom } from './chat-room.js';
import { Connection } from './connection.js';
import { Emitter } from './emitter.js';
import { PresenceChannel } from './presence-channel.js';
import { SharedText } from './shared-text.js';

/**
 * Starts a client and connects it.
 *
 * @param {string} url  of the WebSocket endpoint
 * @param {object} [options]
 * @param {{name: string, color?: string}} [options.user]  how the person would like to be shown
 * @param {string | (() => string | Promise<string>)} [options.token]  proves who the person is; a
 *     function is asked anew for each connection and before the token runs out
 * @param {typeof WebSocket} [options.WebSocket]  the constructor, where there is no global one
 * @param {{set: (action: () => void, millis: number) => any, clear: (timer: any) => void}} [options.timers]
 * @param {() => number} [options.now]  the time in milliseconds
 * @param {(action: () => void) => void} [options.defer]  runs something at the end of the task;
 *     what is sent until then goes out as one frame
 * @param {() => number} [options.random]  numbers in [0, 1), to spread reconnects
 * @returns {Client}
 */
export function connect(url, options = {}) {
  const client = new Client(url, {
    WebSocket: globalThis.WebSocket,
    timers: {
      set: (action, millis) => setTimeout(action, millis),
      clear: (timer) => clearTimeout(timer),
    },
    now: () => Date.now(),
    random: Math.random,
    defer: (action) => queueMicrotask(action),
    ...options,
  });
  client.connect();
  return client;
}

/**
 * One connection and the texts, channels and rooms opened over it. Events: `status` when `state`
 * or `user` changed; `error` ({code, message}) for what concerns none of them.
 */
class Client {
  #connection;
  #options;
  #link;
  #emitter = new Emitter();
  /** One map of texts by id for each collection. */
  #collections = new Map();
  #channels = new Map();
  #rooms = new Map();
  #sequence = 0;
  /** What the server said in its handshake. */
  #terms = { isExtended: false, operationLimit: Infinity, user: null };
  #isAway = false;

  constructor(url, options) {
    this.#options = options;
    this.#link = this.#makeLink();
    this.#connection = new Connection(url, options, {
      onReady: (terms) => this.#onReady(terms),
      onFrame: (frame) => this.#onFrame(frame),
      onLost: (isInDoubt) => this.#onLost(isInDoubt),
      onState: () => this.#emitter.emit('status'),
      onError: (error) => this.#emitter.emit('error', error),
    });
  }

  /** @returns {'offline' | 'connecting' | 'connected' | 'waiting'} */
  get state() {
    return this.#connection.state;
  }

  /** @returns {{id: string, name: string, color?: string} | null} who the server takes us for */
  get user() {
    return this.#terms.user;
  }

  /** Whether any open text has edits that the server has not acknowledged. */
  get hasUnsavedChanges() {
    return this.#opened().some(({ session }) => session.hasPending);
  }

  /**
   * Registers a listener.
   *
   * @param {'status' | 'error'} type
   * @param {(event: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /** Connects after `disconnect`, or at once when the next attempt is still to come. */
  connect() {
    this.#connection.connect();
  }

  /** Cuts the connection. Texts can be edited on; their edits are sent after `connect`. */
  disconnect() {
    this.#connection.disconnect();
  }

  /** @param {{name: string, color?: string}} user  how to be shown; connects anew to tell it */
  introduce(user) {
    this.#connection.introduce(user);
  }

  /** @param {string | (() => string | Promise<string>)} token  renews the one in use */
  authenticate(token) {
    this.#connection.authenticate(token);
  }

  /** Whether the person has left the screen. Others see it where this client shows something. */
  get isAway() {
    return this.#isAway;
  }

  set isAway(isAway) {
    this.#isAway = isAway;
    for (const channel of this.#presences()) channel.awayChanged();
  }

  /**
   * Joins a channel, on which clients show each other what they like.
   *
   * @param {string} name
   * @returns {PresenceChannel} the same one for the same name until it is closed
   */
  channel(name) {
    return this.#shared(this.#channels, name, () => new PresenceChannel(this.#link, name));
  }

  /**
   * Enters a chat room.
   *
   * @param {string} name
   * @returns {ChatRoom} the same one for the same name until it is closed
   */
  room(name) {
    return this.#shared(this.#rooms, name, () => new ChatRoom(this.#link, name));
  }

  #shared(map, name, make) {
    const existing = map.get(name);
    if (existing && !existing.isClosed) return existing;
    map.set(name, make());
    return map.get(name);
  }

  /**
   * Opens a text. It can be edited after its `load` event.
   *
   * @param {string} collection
   * @param {string} id
   * @param {{create?: string}} [options]  `create` makes a text that does not exist, with that
   *     content
   * @returns {SharedText} the same one for the same collection and id until it is closed
   */
  open(collection, id, { create } = {}) {
    const texts = this.#collections.get(collection) ?? new Map();
    this.#collections.set(collection, texts);
    const existing = texts.get(id);
    if (existing) {
      existing.reopen();
      return existing.text;
    }
    const opened = SharedText.open(this.#link, collection, id, create, () =>
      this.#close(collection, id),
    );
    texts.set(id, opened);
    opened.session.subscribe();
    return opened.text;
  }

  #close(collection, id) {
    this.#collections.get(collection)?.delete(id);
    if (this.state === 'connected') this.#connection.send({ a: 'u', c: collection, d: id });
  }

  /** What documents, channels and rooms may use of their client. */
  #makeLink() {
    const client = this;
    return {
      get isConnected() {
        return client.state === 'connected';
      },
      get isExtended() {
        return client.#terms.isExtended;
      },
      get operationLimit() {
        return client.#terms.operationLimit;
      },
      get user() {
        return client.#terms.user;
      },
      get isAway() {
        return client.#isAway;
      },
      get id() {
        return client.#connection.id;
      },
      random: this.#options.random,
      now: this.#options.now,
      send: (frame) => this.#connection.send(frame),
      schedule: (action, millis) => this.#options.timers.set(action, millis),
      cancel: (timer) => timer !== null && this.#options.timers.clear(timer),
      nextOperationId: () => ({ src: this.#connection.id, seq: ++this.#sequence }),
    };
  }

  #opened() {
    return [...this.#collections.values()].flatMap((texts) => [...texts.values()]);
  }

  /** @param {boolean} isInDoubt  whether what we have may not be what the server has */
  #onLost(isInDoubt) {
    if (isInDoubt) for (const room of this.#rooms.values()) room.distrust();
    for (const { session, gate } of this.#opened()) {
      gate.clear();
      session.disconnected();
    }
    for (const each of this.#live()) each.disconnected();
  }

  #live() {
    return [...this.#presences(), ...this.#rooms.values()].filter(({ isClosed }) => !isClosed);
  }

  /** All channels, with those of the texts. */
  #presences() {
    const ofTexts = this.#opened().map(({ presence }) => presence());
    return [...this.#channels.values(), ...ofTexts.filter((channel) => channel !== null)];
  }

  /** Unanswered operations go first and unchanged, then one message subscribes each collection. */
  #onReady(terms) {
    this.#terms = terms;
    this.#emitter.emit('status');
    for (const { session } of this.#opened()) session.connected();
    for (const [collection, texts] of this.#collections) {
      const entries = [...texts].map(([id, { session }]) => ({
        id,
        session,
        revision: session.resumeRevision,
      }));
      const known = entries.filter(({ revision }) => revision !== null);
      const unknown = entries.filter(({ revision }) => revision === null);
      this.#subscribe(
        collection,
        known,
        Object.fromEntries(known.map(({ id, revision }) => [id, revision])),
      );
      this.#subscribe(
        collection,
        unknown,
        unknown.map(({ id }) => id),
      );
    }
    for (const each of this.#live()) each.connected();
  }

  #subscribe(collection, entries, bulk) {
    if (entries.length < 2) return entries.forEach(({ session }) => session.subscribe());
    for (const { session } of entries) session.subscribing();
    this.#connection.send({ a: 'bs', c: collection, b: bulk });
  }

  #onFrame(frame) {
    const { a, c, d, r, ch, error } = frame;
    if (ch !== undefined) return this.#onPresence(frame);
    if (r !== undefined) return this.#rooms.get(r)?.receive(frame);
    const texts = this.#collections.get(c);
    if (a === 'bs') {
      this.#onBulkAnswer(texts, frame);
    } else if (texts?.has(d)) {
      texts.get(d).gate.receive(frame);
    } else if (error && d === undefined) {
      this.#emitter.emit('error', {
        code: error.code ?? 'ERR_UNKNOWN_ERROR',
        message: error.message ?? '',
      });
    }
  }

  /** What is shown in a text keeps its place between the text's operations. */
  #onPresence(frame) {
    this.#channels.get(frame.ch)?.receive(frame);
    for (const [collection, texts] of this.#collections) {
      for (const [id, { gate }] of texts) {
        if (frame.ch === `${collection}.${id}`) gate.receive(frame);
      }
    }
  }

  /** An answer names each document either with its own result in `data` or together in `b`. */
  #onBulkAnswer(texts, { b, data, error }) {
    const ids = Object.keys(data ?? {}).concat(Array.isArray(b) ? b : Object.keys(b ?? {}));
    for (const id of new Set(ids)) {
      const result = data?.[id];
      const answer = error || result?.error ? { error: error ?? result.error } : { data: result };
      texts?.get(id)?.gate.receive({ a: 's', ...answer });
    }
  }
}
