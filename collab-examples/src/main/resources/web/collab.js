/**
 * Shared plain text over a WebSocket, for browsers and for Node. It has no dependency and needs
 * no build step.
 *
 * ```
 * import { connect } from './collab.js';
 * const client = connect('wss://example.org/collab');
 * const text = client.open('documents', 'welcome', { create: '' });
 * text.on('change', ({ operation }) => editor.apply(operation));
 * text.edit([3, 'inserted at 3']);
 * ```
 *
 * Edits are never lost silently: they wait while the connection is down, are sent again until
 * the server has answered, and when the server refuses one, that one is undone here and reported
 * while all others stay.
 */
import { Connection } from './connection.js';
import { Emitter } from './emitter.js';
import { SharedText } from './shared-text.js';

/**
 * Starts a client and connects it.
 *
 * @param {string} url  of the WebSocket endpoint
 * @param {object} [options]
 * @param {typeof WebSocket} [options.WebSocket]  the constructor, where there is no global one
 * @param {{set: (action: () => void, millis: number) => any, clear: (timer: any) => void}} [options.timers]
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
    random: Math.random,
    defer: (action) => queueMicrotask(action),
    ...options,
  });
  client.connect();
  return client;
}

/**
 * One connection and the texts opened over it. Events: `status` when `state` changed; `error`
 * ({code, message}) for what concerns no single document.
 */
class Client {
  #connection;
  #timers;
  #random;
  #emitter = new Emitter();
  /** One map of texts by id for each collection. */
  #collections = new Map();
  #sequence = 0;
  #isExtended = false;
  #operationLimit = Infinity;

  constructor(url, options) {
    this.#timers = options.timers;
    this.#random = options.random;
    this.#connection = new Connection(url, options, {
      onReady: (terms) => this.#onReady(terms),
      onFrame: (frame) => this.#onFrame(frame),
      onLost: () => this.#onLost(),
      onState: () => this.#emitter.emit('status'),
      onError: (error) => this.#emitter.emit('error', error),
    });
  }

  /** @returns {'offline' | 'connecting' | 'connected' | 'waiting'} */
  get state() {
    return this.#connection.state;
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
    const opened = SharedText.open(this.#link(), collection, id, create, () =>
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

  /** What a document may use of its client. */
  #link() {
    const client = this;
    return {
      get isConnected() {
        return client.state === 'connected';
      },
      get isExtended() {
        return client.#isExtended;
      },
      get operationLimit() {
        return client.#operationLimit;
      },
      random: this.#random,
      send: (frame) => this.#connection.send(frame),
      schedule: (action, millis) => this.#timers.set(action, millis),
      nextOperationId: () => ({ src: this.#connection.id, seq: ++this.#sequence }),
    };
  }

  #opened() {
    return [...this.#collections.values()].flatMap((texts) => [...texts.values()]);
  }

  #onLost() {
    for (const { session, gate } of this.#opened()) {
      gate.clear();
      session.disconnected();
    }
  }

  /** Unanswered operations go first and unchanged, then one message subscribes each collection. */
  #onReady({ isExtended, operationLimit }) {
    this.#isExtended = isExtended;
    this.#operationLimit = operationLimit;
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
  }

  #subscribe(collection, entries, bulk) {
    if (entries.length < 2) return entries.forEach(({ session }) => session.subscribe());
    for (const { session } of entries) session.subscribing();
    this.#connection.send({ a: 'bs', c: collection, b: bulk });
  }

  #onFrame(frame) {
    const { a, c, d, error } = frame;
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
