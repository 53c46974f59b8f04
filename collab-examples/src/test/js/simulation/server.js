import assert from 'node:assert/strict';
import {
  apply,
  check,
  compose,
  normalize,
  TEXT_TYPE,
  transform,
} from '../../../main/resources/web/text-operation.js';
import { weightOf } from '../../../main/resources/web/text-shape.js';

/**
 * A plain server for the protocol, with the liberties that a real one may take, and more: it
 * refuses, forgets history and loses broadcasts. Everything it may demand of a client is asserted.
 */
export class Server {
  isFaulty = true;
  documents = new Map();
  #sessions = new Set();
  #sentBefore = new Map();
  #refusals = new Map();
  #ids = 0;

  /**
   * @param {import('./network.js').Clock} clock
   * @param {import('../random.js').Chance} chance
   * @param {object} habits  probabilities and switches, see the simulation
   */
  constructor(clock, chance, habits) {
    this.clock = clock;
    this.chance = chance;
    this.habits = habits;
  }

  document(id) {
    if (!this.documents.has(id)) {
      this.documents.set(id, { id, text: null, log: [], base: 0 });
    }
    return this.documents.get(id);
  }

  accept(send) {
    const batches = () => this.habits.isExtended && this.chance.happens(0.5);
    const pack = (frame) => JSON.stringify(batches() ? [frame] : frame);
    const session = new Session(this, (frame) => send(pack(frame)));
    this.#sessions.add(session);
    return {
      receive: (frame) => session.receive(JSON.parse(frame)),
      closed: () => this.#sessions.delete(session),
    };
  }

  newId() {
    return `secret-${++this.#ids}`;
  }

  fails(probability) {
    return this.isFaulty && this.chance.happens(probability);
  }

  commit(document, entry) {
    const { src, seq } = entry;
    const committed = { ...entry, v: document.log.length };
    document.log.push(committed);
    if (entry.create) document.text = entry.create.data;
    else if (entry.del) document.text = null;
    else if (entry.op) document.text = apply(document.text, entry.op);
    for (const session of this.#sessions) session.broadcast(document, committed, { src, seq });
    if (this.fails(this.habits.forgets)) document.base = document.log.length - this.chance.below(3);
    return committed;
  }

  /** The same submission gets the same refusal when it arrives again. */
  refusal({ src, seq }) {
    const key = `${src} ${seq}`;
    if (!this.#refusals.has(key)) {
      const reasons = [
        { code: 'ERR_OP_SUBMIT_REJECTED', message: 'no' },
        { message: 'a hook failed' },
      ];
      this.#refusals.set(key, this.fails(this.habits.refuses) ? this.chance.of(reasons) : null);
    }
    return this.#refusals.get(key);
  }

  /** Now and then the server adds something of its own at the end. */
  fixed(document, op) {
    if (!this.fails(this.habits.fixes)) return { op };
    const fixup = normalize([apply(document.text, op).length, '.']);
    return { op: compose(op, fixup), fixup };
  }

  /** A submission that is sent again must be the very same. */
  checkUnchanged({ src, seq, ...frame }) {
    const key = `${src} ${seq}`;
    if (frame.create) return;
    const content = JSON.stringify(frame);
    assert.equal(
      this.#sentBefore.get(key) ?? content,
      content,
      'a submission changed between two sendings',
    );
    this.#sentBefore.set(key, content);
  }
}

class Session {
  #server;
  #send;
  #id = null;
  #subscriptions = new Set();
  #decidedAt = 0;

  constructor(server, send) {
    this.#server = server;
    this.#send = send;
  }

  receive(frame) {
    if (Array.isArray(frame)) {
      assert.ok(this.#server.habits.isExtended, 'a batch without the extension');
      assert.ok(frame.length > 1, 'a batch of one');
      return frame.forEach((each) => this.receive(each));
    }
    assert.equal(this.#id === null, frame.a === 'hs', 'one handshake, first');
    const actions = {
      hs: () => this.#shakeHands(frame),
      s: () => this.#subscribe(frame),
      f: () => this.#fetch(frame),
      bs: () => this.#subscribeMany(frame),
      u: () => this.#subscriptions.delete(frame.d),
      pp: () => this.#send({ a: 'pp' }),
      op: () => this.#submitLater(frame),
    };
    actions[frame.a]();
  }

  broadcast(document, entry, { src, seq }) {
    if (!this.#subscriptions.has(document.id) || (src === this.#id && !entry.isVoid)) return;
    const { loses, repeats } = this.#server.habits;
    if (!this.#server.fails(loses)) this.#sendEntry(document, entry);
    if (this.#server.fails(repeats)) this.#sendEntry(document, { ...entry, src, seq });
  }

  #shakeHands({ id, protocol, protocolMinor }) {
    assert.deepEqual([protocol, protocolMinor], [1, 2]);
    this.#id = id ?? this.#server.newId();
    const { isExtended, operationLimit } = this.#server.habits;
    const extension = isExtended ? { collab: 1, limits: { operation: operationLimit } } : {};
    this.#send({
      a: 'hs',
      protocol: 1,
      protocolMinor: 2,
      id: this.#id,
      type: 'http://sharejs.org/types/JSONv0',
      ...extension,
    });
  }

  #subscribe({ c, d, v }) {
    const document = this.#server.document(d);
    const error = this.#readError(document, v);
    if (error) return this.#send({ a: 's', c, d, v, ...error });
    this.#subscriptions.add(d);
    this.#send({ ...this.#read(document, v), a: 's', c, d });
  }

  #fetch({ c, d, v }) {
    const document = this.#server.document(d);
    const error = this.#readError(document, v);
    if (error) return this.#send({ a: 'f', c, d, v, ...error });
    this.#send({ ...this.#read(document, v), a: 'f', c, d });
  }

  #subscribeMany({ c, b }) {
    const entries = Array.isArray(b) ? b.map((id) => [id, null]) : Object.entries(b);
    assert.ok(entries.length > 1);
    const errors = entries.map(([id, v]) => this.#readError(this.#server.document(id), v));
    const error = errors.find((each) => each !== null);
    const isPlain = Array.isArray(b);
    if (error && !isPlain && !this.#server.habits.isExtended) {
      return this.#send({ a: 'bs', c, b, error: error.error });
    }
    const data = {};
    entries.forEach(([id, v], index) => {
      if (errors[index]) {
        data[id] = { error: errors[index].error };
        return;
      }
      const document = this.#server.document(id);
      this.#subscriptions.add(id);
      if (v !== null) this.#sendEntries(document, v, document.log.length);
      data[id] = this.#stateOf(document);
    });
    this.#send(isPlain || error ? { data, a: 'bs', c } : { a: 'bs', c, b });
  }

  #readError(document, v) {
    const { cannotRead, isExtended } = this.#server.habits;
    if (this.#server.fails(cannotRead)) {
      return {
        error: this.#server.chance.of([{ message: 'broken' }, { code: 'ERR_UNAVAILABLE' }]),
      };
    }
    assert.ok(v === null || v <= document.log.length, 'a revision from the future');
    if (v === null || v >= document.base) return null;
    const snapshot = isExtended ? { snapshot: this.#stateOf(document) } : {};
    return { error: { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND' }, ...snapshot };
  }

  #read(document, v) {
    if (v === null) return { data: this.#stateOf(document) };
    this.#sendEntries(document, v, document.log.length);
    return {};
  }

  #stateOf({ text, log }) {
    return { v: log.length, ...(text === null ? { type: null } : { type: TEXT_TYPE, data: text }) };
  }

  #sendEntries(document, from, to) {
    for (let v = from; v < to; v++) this.#sendEntry(document, document.log[v]);
  }

  #sendEntry(document, { v, src, seq, op, create, del, isVoid }) {
    // What voids a submission must not look like its acknowledgement.
    if (isVoid) return this.#send({ a: 'op', c: 'texts', d: document.id, v, src: '', seq: 0 });
    const content = op ? { op } : create ? { create } : del ? { del } : {};
    this.#send({ a: 'op', c: 'texts', d: document.id, v, src, seq, ...content });
  }

  /** Operations are decided in order, but reads may overtake them. */
  #submitLater(frame) {
    const { clock, chance } = this.#server;
    const delay = chance.happens(0.5) ? 0 : chance.below(300);
    this.#decidedAt = Math.max(this.#decidedAt, clock.now + delay);
    clock.after(this.#decidedAt - clock.now, () => this.#submit(frame));
  }

  #submit(frame) {
    const { c, d, src, seq } = frame;
    const server = this.#server;
    const document = server.document(d);
    assert.equal(src, this.#id, 'an operation of someone else');
    assert.ok(weightOf(frame.op ?? []) <= server.habits.operationLimit, 'beyond the limit');
    server.checkUnchanged(frame);
    const answer = this.#decide(document, frame);
    if (answer.error) return this.#send({ ...frame, ...answer });
    const isRepeated = answer.isDuplicate && !server.habits.sendsGapBeforeDuplicate;
    if (!isRepeated && frame.v >= document.base) this.#sendEntries(document, frame.v, answer.v);
    const fixup = answer.fixup ? { fixup: [{ src, seq, v: answer.v, op: answer.fixup }] } : {};
    this.#send({ a: 'op', c, d, src, seq, v: answer.v, ...fixup });
  }

  #decide(document, frame) {
    const { v, src, seq, op, create } = frame;
    const server = this.#server;
    const { isBusy, suppressesNoOps, remembersDuplicates } = server.habits;
    const isSame = (entry) => entry.src === src && entry.seq === seq;
    const earlier = remembersDuplicates
      ? document.log.find(isSame)
      : document.log.slice(Math.max(v, document.base)).find(isSame);
    if (earlier && !earlier.isVoid)
      return { v: earlier.v, fixup: earlier.fixup, isDuplicate: true };
    if (server.habits.isExtended && (earlier || v < document.base))
      return this.#stale(document, frame);
    if (server.fails(isBusy))
      return { error: { code: 'ERR_MAX_SUBMIT_RETRIES_EXCEEDED', message: 'busy' } };
    if (v > document.log.length)
      return { error: { code: 'ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT', message: '' } };
    if (v < document.base)
      return { error: { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND', message: '' } };
    const between = document.log.slice(v);
    if (between.some((entry) => entry.del))
      return { error: { code: 'ERR_DOC_WAS_DELETED', message: '' } };
    if (between.some((entry) => entry.create) || (create && document.text !== null)) {
      return { error: { code: 'ERR_DOC_ALREADY_CREATED', message: '' } };
    }
    if (create) return server.commit(document, { src, seq, create });
    if (document.text === null) return { error: { code: 'ERR_DOC_DOES_NOT_EXIST', message: '' } };
    check(op);
    const transformed = between.reduce(
      (result, entry) => (entry.op ? transform(result, entry.op, 'left') : result),
      op,
    );
    const error = server.refusal(frame);
    if (error) return { error };
    if (suppressesNoOps && transformed.length === 0)
      return { error: { code: 'ERR_NO_OP', message: '' } };
    return server.commit(document, { src, seq, ...server.fixed(document, transformed) });
  }

  /** Voids what can no longer be committed, and says so. */
  #stale(document, { src, seq }) {
    const isSame = (entry) => entry.src === src && entry.seq === seq;
    if (!document.log.some(isSame)) this.#server.commit(document, { src, seq, isVoid: true });
    const error = { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND' };
    return { error, fate: 'not-committed', snapshot: this.#stateOf(document) };
  }
}
