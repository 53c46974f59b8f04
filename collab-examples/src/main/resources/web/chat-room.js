import { BackOff } from './back-off.js';
import { ChatLog } from './chat-log.js';
import { ChatSubmissions } from './chat-submissions.js';
import { Emitter } from './emitter.js';
import { OthersTyping, OwnTyping } from './typing.js';

/** How many messages are asked for at once. */
const PAGE = 50;
/** Read marks are told at most this often. */
const READ_MILLIS = 1000;
/** What one must be allowed at least to post. */
const POSTING = ['write', 'manage'];

/**
 * A chat room. `Client.room` makes it.
 *
 * Events:
 *
 * - `change`: messages, members, read marks or what is pending changed.
 * - `post` ({message}): somebody else has just posted a message.
 * - `typing`: `typing` changed.
 * - `status`: `phase` or `permission` changed.
 * - `error` ({code, message}).
 */
export class ChatRoom {
  #link;
  #name;
  #log = new ChatLog();
  #submissions;
  #emitter = new Emitter();
  #others;
  #own;
  #backOff;
  #phase = 'loading';
  #permission = null;
  /** A request to subscribe is under way; events that we miss come with its answer. */
  #isSubscribing = false;
  #read = 0;
  #readTimer = null;
  #requests = 0;
  /** The request for older messages that is under way: {frame, resolve}. */
  #older = null;

  /** For `Client` only. */
  constructor(link, name) {
    this.#link = link;
    this.#name = name;
    this.#submissions = new ChatSubmissions(link, name);
    this.#backOff = new BackOff({ shortest: 1000, random: link.random });
    const timers = { set: link.schedule, clear: link.cancel };
    this.#others = new OthersTyping(timers, () => this.#emitter.emit('typing'));
    this.#own = new OwnTyping(timers, (typing) => this.#tell({ a: 'ct', typing }));
    if (link.isConnected) this.connected();
  }

  /** @returns {'loading' | 'ready' | 'forbidden' | 'unsupported' | 'closed'} */
  get phase() {
    return this.#phase;
  }

  get isClosed() {
    return this.#phase === 'closed';
  }

  /** @returns {import('./chat-log.js').Message[]} those that are known, oldest first */
  get messages() {
    return this.#log.messages;
  }

  /** The events of this client that the server has not answered, in order. */
  get pending() {
    return this.#submissions.pending;
  }

  /** @returns {import('./chat-log.js').Member[]} */
  get members() {
    return this.#log.members;
  }

  /** Whether the user of this client is a member, so that others see what it has read. */
  get isMember() {
    return this.#log.member(this.#link.user?.id) !== undefined;
  }

  /** Whether `loadOlder` would bring more messages. */
  get hasOlder() {
    return this.#log.hasOlder;
  }

  /** @returns {import('./chat-log.js').User[]} the others who are writing */
  get typing() {
    return this.#others.users;
  }

  /** What one may do here, as far as the server has told; null if it has not. */
  get permission() {
    return this.#permission;
  }

  /** Whether one may post. */
  get isWritable() {
    const mayPost = this.#permission === null || POSTING.includes(this.#permission);
    return this.#phase === 'ready' && mayPost;
  }

  /** The id of the last message that the user of this client has read. */
  get lastRead() {
    return Math.max(this.#read, this.#log.member(this.#link.user?.id)?.read ?? 0);
  }

  /** How many of the known messages of others the user of this client has not read. */
  get unread() {
    const self = this.#link.user?.id;
    const isUnread = ({ id, user, deleted }) =>
      id > this.lastRead && user.id !== self && !deleted;
    return this.messages.filter(isUnread).length;
  }

  /**
   * Registers a listener.
   *
   * @param {'change' | 'post' | 'typing' | 'status' | 'error'} type
   * @param {(event: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /**
   * Posts a message. Like all that follows it waits while the connection is down.
   *
   * @param {string} text
   * @param {{data?: object, replyTo?: number}} [options]
   * @returns {Promise<object>} fails with an `Error` that has a `code` when the server refuses it
   */
  post(text, { data, replyTo } = {}) {
    this.stopTyping();
    return this.#submit({ post: { text, data, replyTo } });
  }

  /** Changes the text of a message of one's own. */
  edit(id, text) {
    this.stopTyping();
    return this.#submit({ edit: { id, text } });
  }

  /** Deletes a message; others see that there was one. */
  delete(id) {
    return this.#submit({ delete: { id } });
  }

  /** Becomes a member without posting. */
  join() {
    return this.#submit({ join: true });
  }

  /** Is a member no longer. */
  leave() {
    return this.#submit({ leave: true });
  }

  /** The person has written something that is not posted yet. */
  typed() {
    this.#own.typed();
  }

  /** The person writes no longer. */
  stopTyping() {
    this.#own.stopped();
  }

  /** @param {number} id  of the last message that the person has read */
  markRead(id) {
    if (id <= this.lastRead) return;
    this.#read = id;
    this.#readTimer ??= this.#link.schedule(() => {
      this.#readTimer = null;
      this.#tell({ a: 'cr', read: this.#read });
    }, READ_MILLIS);
    this.#emitter.emit('change');
  }

  /**
   * Asks for messages before those that are known.
   *
   * @returns {Promise<void>} done when they are there, or when there are none
   */
  loadOlder() {
    if (!this.hasOlder) return Promise.resolve();
    this.#older ??= this.#requestOlder();
    return this.#older.done;
  }

  /** Ends the subscription. Everything that is not answered fails. */
  close() {
    if (this.#phase === 'closed') return;
    this.disconnected();
    this.#submissions.close();
    this.#older?.resolve();
    this.#phase = 'closed';
    this.#tell({ a: 'cu' });
    this.#emitter.emit('status');
  }

  /** The connection is up: first what was not answered, then the subscription. */
  connected() {
    if (!this.#link.isExtended) return this.#setPhase('unsupported');
    this.#submissions.sendNext();
    this.#subscribe();
    if (this.#older) this.#link.send(this.#older.frame);
    if (this.#read > 0) this.#tell({ a: 'cr', read: this.#read });
  }

  /** What is known may not be what the server has: its state is asked for the next time. */
  distrust() {
    this.#log.version = null;
  }

  /** The connection is gone. */
  disconnected() {
    this.#isSubscribing = false;
    this.#link.cancel(this.#readTimer);
    this.#readTimer = null;
    this.#submissions.disconnected();
    this.#others.clear();
    this.#own.forget();
  }

  /** @param {object} frame  of this room */
  receive(frame) {
    const actions = {
      cs: () => this.#onSubscribed(frame),
      ce: () => this.#onEntry(frame),
      cp: () => this.#onCommitted(frame),
      ch: () => this.#onOlder(frame),
      ct: () => this.#onTyping(frame),
      access: () => this.#onAccess(frame),
    };
    if (this.#phase !== 'closed' && Object.hasOwn(actions, frame.a)) actions[frame.a]();
  }

  #submit(event) {
    const done = this.#submissions.submit(event);
    this.#emitter.emit('change');
    return done;
  }

  #tell(message) {
    if (this.#link.isConnected && this.#link.isExtended && this.#phase !== 'unsupported') {
      this.#link.send({ ...message, r: this.#name });
    }
  }

  #subscribe() {
    if (this.#isSubscribing || !this.#link.isConnected) return;
    this.#isSubscribing = true;
    this.#link.send({ a: 'cs', r: this.#name, v: this.#log.version, limit: PAGE });
  }

  #onSubscribed(frame) {
    this.#isSubscribing = false;
    if (frame.error) return this.#onBarred(frame.error);
    this.#backOff.reset();
    if (frame.messages) this.#log.reset(frame);
    else if (frame.v !== this.#log.version) return this.#startOver();
    this.#setPhase('ready');
    this.#emitter.emit('change');
  }

  #startOver() {
    this.#log.version = null;
    this.#subscribe();
  }

  #onBarred({ code = 'ERR_UNKNOWN_ERROR', message = '', retryAfter = 0 }) {
    if (code === 'ERR_ACTION_NOT_SUPPORTED') return this.#setPhase('unsupported');
    if (code === 'ERR_FORBIDDEN') this.#setPhase('forbidden');
    else this.#emitter.emit('error', { code, message });
    const delay = Math.max(retryAfter, this.#backOff.next());
    this.#link.schedule(() => this.#phase !== 'closed' && this.#subscribe(), delay);
  }

  #onCommitted(frame) {
    // Without any change, the server no longer knows what it did: what we lack comes another way.
    if (frame.e?.all?.length === 0) this.#subscribe();
    else if (!frame.error) this.#onEntry(frame);
    this.#submissions.answered(frame);
    this.#own.posted();
    this.#emitter.emit('change');
  }

  #onEntry({ v, e }) {
    const { version } = this.#log;
    if (version === null || v < version) return;
    if (v > version) return this.#subscribe();
    const known = this.messages.at(-1)?.id ?? 0;
    this.#log.apply(e);
    this.#announce(known);
    this.#emitter.emit('change');
  }

  #announce(known) {
    const self = this.#link.user?.id;
    for (const message of this.messages.slice(-10)) {
      if (message.id <= known) continue;
      this.#others.told(message.user, false);
      if (message.user.id !== self) this.#emitter.emit('post', { message });
    }
  }

  #requestOlder() {
    const before = this.messages[0].id;
    const frame = { a: 'ch', r: this.#name, id: ++this.#requests, before, limit: PAGE };
    const request = { frame };
    request.done = new Promise((resolve) => (request.resolve = resolve));
    if (this.#link.isConnected) this.#link.send(frame);
    return request;
  }

  #onOlder({ id, error, messages, more }) {
    if (id !== this.#older?.frame.id) return;
    const { frame, resolve } = this.#older;
    this.#older = null;
    // The room may have started over from a newer state meanwhile.
    if (!error && frame.before === this.messages[0]?.id) this.#log.prepend({ messages, more });
    this.#emitter.emit('change');
    resolve();
  }

  #onTyping({ user, typing }) {
    if (user) this.#others.told(user, typing);
  }

  #onAccess({ permission }) {
    this.#permission = permission;
    if (permission === 'none') this.#onBarred({ code: 'ERR_FORBIDDEN' });
    this.#emitter.emit('status');
  }

  #setPhase(phase) {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#emitter.emit('status');
  }
}
