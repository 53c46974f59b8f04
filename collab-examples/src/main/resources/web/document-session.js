/**
 * The conversation about one document: which frames go out, and what each frame that comes in
 * means for the replica. It speaks ShareDB's protocol, wire version 1.2, for the type `text`.
 *
 * A document is `loading` until its first snapshot, then `ready`, `absent` (never created) or
 * `deleted`; `failed` when it cannot be shown at all.
 */
import { BackOff } from './back-off.js';
import { Replica } from './replica.js';
import { TEXT_TYPE } from './text-operation.js';

/** Not committed as it stands; after catching up it is sent under a new number, if it still does something. */
const VOID_ERRORS = ['ERR_NO_OP', 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND'];
/** The server knows a shorter history than we do. */
const FORKED_ERRORS = ['ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT'];
const DELETED_ERRORS = ['ERR_DOC_WAS_DELETED', 'ERR_DOC_DOES_NOT_EXIST'];
/** Not committed, and worth another try. */
const TRANSIENT_ERRORS = ['ERR_MAX_SUBMIT_RETRIES_EXCEEDED'];

export class DocumentSession {
  #link;
  #address;
  #emit;
  #backOff;
  #phase = 'loading';
  #replica = null;
  #revision = 0;
  /** What was sent and is not settled: {frame, committedAt, isAnswered on this connection, isVoid}. */
  #submission = null;
  /** Every revision below this one is known to exist. */
  #head = 0;
  /** The request for a subscription or fetch that is under way: {action, revision}. */
  #request = null;
  #isSubscribed = false;
  /** Our revision means nothing to the server any more; only a snapshot helps. */
  #needsSnapshot = true;
  #heldSnapshot = null;
  #heldFrames = null;
  /** Something was sent since everything was saved. */
  #isDirty = false;

  /**
   * @param {object} link  what the client offers to its documents
   * @param {{c: string, d: string}} address
   * @param {(type: string, event?: object) => void} emit
   */
  constructor(link, address, emit) {
    this.#link = link;
    this.#address = address;
    this.#emit = emit;
    this.#backOff = new BackOff({ shortest: 1000, random: link.random });
  }

  get phase() {
    return this.#phase;
  }

  get revision() {
    return this.#revision;
  }

  get text() {
    return this.#replica?.text ?? '';
  }

  get pendingEdits() {
    return this.#replica?.pendingEdits ?? 0;
  }

  get hasPending() {
    return this.#submission !== null || (this.#replica?.hasPending ?? false);
  }

  /** The revision to resume from, or null when a snapshot is needed. */
  get resumeRevision() {
    return this.#needsSnapshot ? null : this.#revision;
  }

  edit(operation) {
    if (this.#phase !== 'ready')
      throw new Error(`a document that is ${this.#phase} cannot be edited`);
    this.#replica.edit(operation, this.#revision, this.#link.operationLimit);
    this.#flush();
    this.#emit('status');
  }

  create(text) {
    if (this.#phase !== 'absent' && this.#phase !== 'deleted') {
      throw new Error(`a document that is ${this.#phase} cannot be created`);
    }
    this.#open(new Replica(text));
    this.#submit({ v: this.#revision, create: { type: TEXT_TYPE, data: text } });
    this.#emit('status');
  }

  /** Keeps incoming frames waiting. */
  hold() {
    this.#heldFrames ??= [];
  }

  /** Takes in the frames that were kept waiting. */
  resume() {
    const frames = this.#heldFrames ?? [];
    this.#heldFrames = null;
    for (const frame of frames) this.receive(frame);
  }

  /** The connection is up: sends again what was not answered, unchanged. The subscription follows. */
  connected() {
    if (this.#submission === null) return;
    this.#submission = { frame: this.#submission.frame };
    this.#link.send(this.#submission.frame);
  }

  /** The connection is gone, and with it every answer that had not arrived. */
  disconnected() {
    this.#request = null;
    this.#isSubscribed = false;
    this.#heldSnapshot = null;
    if (this.#heldFrames !== null) this.#heldFrames = [];
    if (this.#submission !== null) this.#submission = { frame: this.#submission.frame };
    this.#emit('status');
  }

  /** The client has asked for a subscription from `resumeRevision` on. */
  subscribing() {
    this.#request = { action: 's', revision: this.resumeRevision };
  }

  subscribe() {
    const isUpToDate = this.#isSubscribed && !this.#needsSnapshot;
    if (!this.#link.isConnected || this.#request !== null || isUpToDate) return;
    this.subscribing();
    this.#link.send({ a: 's', ...this.#address, v: this.#request.revision });
  }

  /** @param {object} frame  addressed to this document; bulk answers come as `s` */
  receive(frame) {
    if (this.#phase === 'failed') return;
    if (this.#heldFrames !== null) {
      this.#heldFrames.push(frame);
      return;
    }
    if (frame.a === 'op') this.#onOperation(frame);
    else if (this.#request?.action === frame.a) this.#onAnswer(frame);
    this.#emit('status');
  }

  #onOperation(frame) {
    if (frame.error) return this.#onRefusal(frame);
    if (!Number.isSafeInteger(frame.v)) return;
    const isOwn = this.#isOutstanding(frame);
    if (isOwn) Object.assign(this.#submission, { committedAt: frame.v, isAnswered: true });
    this.#head = Math.max(this.#head, frame.v + 1);
    if (this.#needsSnapshot) return this.#useHeldSnapshot();
    if (frame.v > this.#revision) return this.#catchUp();
    if (frame.v === this.#revision)
      return isOwn ? this.#onAcknowledge(frame) : this.#onCommitted(frame);
    // One of our own below our revision: we took it for someone else's, so the copy is not sound.
    if (isOwn) this.#resync();
  }

  /** Whether the document exists; one that is still being created does not. */
  get #isAlive() {
    return this.#replica !== null && this.#submission?.frame.create === undefined;
  }

  #isOutstanding({ src, seq }) {
    return this.#submission?.frame.src === src && this.#submission.frame.seq === seq;
  }

  #onAcknowledge({ v, fixup = [] }) {
    const isCreate = this.#submission.frame.create !== undefined;
    this.#submission = null;
    this.#revision = v + 1;
    if (!isCreate) this.#replica.acknowledge();
    for (const { op } of fixup) {
      if (!this.#apply(op)) return;
    }
    this.#settled();
  }

  #onCommitted(frame) {
    if (frame.create) this.#onCreated(frame.create);
    else if (frame.del) this.#onDeleted();
    else if (frame.op && this.#isAlive && !this.#apply(frame.op)) return;
    this.#revision = frame.v + 1;
    this.#flush();
  }

  /** Takes in an operation of someone else; asks for a snapshot when it does not fit. */
  #apply(operation) {
    try {
      const change = this.#replica.receive(operation);
      this.#emit('change', { operation: change, cause: 'remote' });
      return true;
    } catch (error) {
      this.#emit('error', { code: 'CLIENT_OPERATION_DOES_NOT_FIT', message: error.message });
      this.#resync();
      return false;
    }
  }

  #onCreated({ type, data = '' }) {
    if (!isText(type))
      return this.#fail({
        code: 'CLIENT_TYPE_NOT_TEXT',
        message: `the document has the type ${type}`,
      });
    if (this.#replica === null) return this.#open(new Replica(data));
    // Someone else was first: what was typed since our own creation goes on top of theirs.
    this.#submission = null;
    this.#rebase(data, 'not committed');
  }

  #onDeleted() {
    if (!this.#isAlive) return;
    const { text, pendingOperations } = this.#replica;
    this.#close('deleted');
    this.#emit('deleted', { text, pending: pendingOperations });
  }

  #onRefusal({ src, seq, error }) {
    const submission = this.#submission;
    if (submission?.frame.seq !== seq || (src ?? submission.frame.src) !== submission.frame.src)
      return;
    submission.isAnswered = true;
    const { code } = error;
    if (VOID_ERRORS.includes(code)) {
      submission.isVoid = true;
      this.#catchUp();
    } else if (code === 'ERR_DOC_ALREADY_CREATED' && submission.frame.create) {
      this.#catchUp();
    } else if (FORKED_ERRORS.includes(code)) {
      this.#resync();
    } else if (TRANSIENT_ERRORS.includes(code)) {
      submission.isAnswered = false;
      this.#later(() => {
        if (this.#submission === submission && this.#link.isConnected) this.connected();
      });
    } else if (DELETED_ERRORS.includes(code)) {
      submission.isVoid = true;
      this.#onDeleted();
      this.#catchUp();
    } else {
      this.#onRejected(error);
    }
    this.#useHeldSnapshot();
  }

  #onRejected({ code = 'ERR_UNKNOWN_ERROR', message = '' }) {
    if (this.#submission.frame.create) {
      const { text, pendingOperations } = this.#replica;
      this.#close('absent');
      this.#emit('rejected', { code, message, operation: null, text, pending: pendingOperations });
      return;
    }
    this.#submission = null;
    const { operation, change } = this.#replica.reject();
    this.#emit('change', { operation: change, cause: 'rejected' });
    this.#emit('rejected', {
      code,
      message,
      operation,
      text: this.text,
      pending: this.#replica.pendingOperations,
    });
    this.#settled();
  }

  #onAnswer({ error, data }) {
    const { action, revision } = this.#request;
    this.#request = null;
    if (error) return this.#onAnswerFailed(error, revision);
    if (action === 's') this.#isSubscribed = true;
    this.#backOff.reset();
    if (data) return this.#onSnapshot(data);
    // A fetch that brought nothing although there is more means that our history is not theirs.
    if (this.#head > this.#revision && action === 'f' && revision === this.#revision)
      return this.#resync();
    this.#caughtUp();
  }

  #onAnswerFailed(error, revision) {
    if (revision !== null) return this.#resync();
    this.#emit('error', { code: error.code ?? 'ERR_UNKNOWN_ERROR', message: error.message ?? '' });
    this.#later(() => this.subscribe());
  }

  /**
   * A snapshot may already contain what is outstanding. Every submission is answered, and only
   * the answer tells: the snapshot waits for it.
   */
  #onSnapshot(snapshot) {
    const { type, v } = snapshot;
    if (type !== null && !isText(type)) {
      return this.#fail({
        code: 'CLIENT_TYPE_NOT_TEXT',
        message: `the document has the type ${type}`,
      });
    }
    if (this.#submission !== null && !this.#submission.isAnswered) {
      this.#heldSnapshot = snapshot;
      return;
    }
    if (this.#submission !== null && this.#submission.committedAt >= v) {
      this.#later(() => this.subscribe());
      return;
    }
    this.#needsSnapshot = false;
    this.#revision = v;
    if (type === null) this.#onAbsent();
    else if (this.#replica === null) this.#open(new Replica(snapshot.data ?? ''));
    else this.#resynced(snapshot.data ?? '');
    this.#caughtUp();
  }

  #useHeldSnapshot() {
    const snapshot = this.#heldSnapshot;
    this.#heldSnapshot = null;
    if (snapshot !== null) this.#onSnapshot(snapshot);
  }

  #onAbsent() {
    if (this.#submission?.frame.create && this.#submission.committedAt === undefined) {
      this.#submission.frame.v = this.#revision;
      return this.connected();
    }
    this.#submission = null;
    this.#onDeleted();
    if (this.#phase === 'loading') {
      this.#phase = 'absent';
      this.#emit('absent');
    }
  }

  #resynced(text) {
    const { committedAt, frame } = this.#submission ?? {};
    const fate = frame?.create
      ? 'not committed'
      : committedAt === undefined
        ? 'unknown'
        : 'committed';
    this.#submission = null;
    this.#rebase(text, fate);
  }

  #rebase(text, fate) {
    const { change, assumed } = this.#replica.rebase(text, fate);
    this.#emit('change', { operation: change, cause: 'resync' });
    this.#emit('resync', { assumedCommitted: assumed });
  }

  /** Asks for what was committed since our revision, once. */
  #catchUp() {
    if (!this.#link.isConnected || this.#request !== null) return;
    this.#request = { action: 'f', revision: this.#revision };
    this.#link.send({ a: 'f', ...this.#address, v: this.#revision });
  }

  #resync() {
    this.#needsSnapshot = true;
    this.#head = 0;
    this.subscribe();
  }

  #caughtUp() {
    if (this.#needsSnapshot) return this.subscribe();
    if (this.#head > this.#revision) return this.#catchUp();
    if (this.#submission?.isVoid) this.#submitAnew();
    this.#settled();
  }

  #submitAnew() {
    const { create } = this.#submission.frame;
    this.#submission = null;
    if (create) this.#submit({ v: this.#revision, create });
    else this.#replica.takeBack();
  }

  #settled() {
    this.#flush();
    if (this.hasPending || !this.#isDirty) return;
    this.#isDirty = false;
    this.#emit('saved', { revision: this.#revision });
  }

  #flush() {
    const isReady = this.#phase === 'ready' && this.#isSubscribed && !this.#needsSnapshot;
    if (!isReady || !this.#link.isConnected || this.#submission !== null) return;
    const next = this.#replica.next(this.#link.operationLimit);
    if (next === null) return;
    const seen = this.#link.isExtended ? { seen: Math.min(next.seen, this.#revision) } : {};
    this.#submit({ v: this.#revision, op: next.operation, ...seen });
  }

  #submit(content) {
    const { src, seq } = this.#link.nextOperationId();
    const frame = { a: 'op', ...this.#address, src, seq, ...content };
    this.#submission = { frame };
    this.#isDirty = true;
    if (this.#link.isConnected) this.#link.send(frame);
  }

  #open(replica) {
    this.#replica = replica;
    this.#phase = 'ready';
    this.#emit('load', { text: replica.text });
  }

  #close(phase) {
    this.#replica = null;
    this.#submission = null;
    this.#phase = phase;
  }

  #fail(error) {
    this.#close('failed');
    this.#emit('error', error);
  }

  #later(action) {
    this.#link.schedule(action, this.#backOff.next());
  }
}

function isText(type) {
  return type === TEXT_TYPE || type === 'text';
}
