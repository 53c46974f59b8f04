/**
 * The conversation about one document: which frames go out, and what each frame that comes in
 * means for the replica. It speaks ShareDB's protocol, wire version 1.2, for the type `text`.
 *
 * A document is `loading` until its first snapshot, then `ready`, `absent` (never created) or
 * `deleted`; `failed` when it cannot be shown at all, `closed` in the end.
 */
import { BackOff } from './back-off.js';
import { LogPosition } from './log-position.js';
import { keepsRevision, meaningOfRefusal } from './refusal.js';
import { Replica } from './replica.js';
import { Submission } from './submission.js';
import { TEXT_TYPE, isText } from './text-operation.js';

export class DocumentSession {
  #link;
  #address;
  #emit;
  #backOff;
  #phase = 'loading';
  #replica = null;
  #submission = null;
  #position;
  #heldSnapshot = null;
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
    this.#position = new LogPosition(link, address);
    this.#backOff = new BackOff({ shortest: 1000, random: link.random });
  }

  get phase() {
    return this.#phase;
  }

  get revision() {
    return this.#position.revision;
  }

  /** What the document contains, or null while it does not exist. */
  get replica() {
    return this.#replica;
  }

  get hasPending() {
    return this.#submission !== null || (this.#replica?.hasPending ?? false);
  }

  /** Whether this is the text as the server has it. */
  get isSettled() {
    return this.#phase === 'ready' && this.#position.isFollowing && !this.hasPending;
  }

  /** The revision to resume from, or null when a snapshot is needed. */
  get resumeRevision() {
    return this.#position.resumeRevision;
  }

  edit(operation) {
    if (this.#phase !== 'ready') {
      throw new Error(`a document that is ${this.#phase} cannot be edited`);
    }
    this.#replica.edit(operation, this.#position.revision, this.#link.operationLimit);
    this.#emit('edited', { operation });
    this.#flush();
    this.#emit('status');
  }

  create(text) {
    if (this.#phase !== 'absent' && this.#phase !== 'deleted') {
      throw new Error(`a document that is ${this.#phase} cannot be created`);
    }
    this.#open(new Replica(text));
    this.#submit({ v: this.#position.revision, create: { type: TEXT_TYPE, data: text } });
    this.#emit('status');
  }

  /** The connection is up: sends again what was not answered, unchanged. The subscription follows. */
  connected() {
    if (this.#submission === null) return;
    this.#submission = this.#submission.renewed();
    this.#link.send(this.#submission.frame);
  }

  /** The connection is gone, and with it every answer that had not arrived. */
  disconnected() {
    this.#position.disconnected();
    this.#heldSnapshot = null;
    this.#submission = this.#submission?.renewed() ?? null;
    this.#emit('status');
  }

  /** The client has asked for a subscription from `resumeRevision` on. */
  subscribing() {
    this.#position.subscribing();
  }

  subscribe() {
    this.#position.subscribe();
  }

  /** The server has ended the subscription; perhaps it will allow another one. */
  barred() {
    this.#position.isSubscribed = false;
    this.#later(() => this.subscribe());
  }

  /** @param {object} frame  addressed to this document; bulk answers come as `s` */
  receive(frame) {
    if (this.#phase === 'failed') return;
    if (frame.a === 'op') this.#onOperation(frame);
    else if (this.#position.request?.action === frame.a) this.#onAnswer(frame);
    this.#emit('status');
  }

  #onOperation(frame) {
    if (frame.error) return this.#onRefusal(frame);
    if (!Number.isSafeInteger(frame.v)) return;
    const isOwn = this.#submission?.isNamedBy(frame) ?? false;
    if (isOwn) this.#submission.committed(frame.v);
    this.#position.head = Math.max(this.#position.head, frame.v + 1);
    if (this.#position.needsSnapshot) return this.#useHeldSnapshot();
    if (frame.v > this.#position.revision) return this.#position.catchUp();
    if (frame.v === this.#position.revision && isOwn) return this.#onAcknowledge(frame);
    if (frame.v === this.#position.revision) return this.#onCommitted(frame);
    // One of our own below our revision: we took it for someone else's, so the copy is not sound.
    if (isOwn) this.#resync();
  }

  /** Whether the document exists; one that is still being created does not. */
  get #isAlive() {
    return this.#replica !== null && !this.#submission?.isCreate;
  }

  #onAcknowledge({ v, op, fixup = [] }) {
    if (!this.#submission.isCreate) {
      this.#emit('decided', { isCommitted: true });
      this.#took(this.#replica.acknowledge(op), 'remote', null);
    }
    this.#submission = null;
    this.#position.revision = v + 1;
    for (const { op } of fixup) {
      if (!this.#apply(op, null)) return;
    }
    this.#settled();
  }

  #onCommitted(frame) {
    if (frame.create) this.#onCreated(frame.create);
    else if (frame.del) this.#onDeleted();
    else if (frame.op && this.#isAlive && !this.#apply(frame.op, frame.src)) return;
    this.#position.revision = frame.v + 1;
    this.#flush();
  }

  /** Takes in an operation of someone else; asks for a snapshot when it does not fit. */
  #apply(operation, src) {
    try {
      const change = this.#replica.receive(operation);
      this.#took({ committed: operation, change }, 'remote', src);
      return true;
    } catch (error) {
      this.#emit('error', { code: 'CLIENT_OPERATION_DOES_NOT_FIT', message: error.message });
      this.#resync();
      return false;
    }
  }

  #onCreated({ type, data = '' }) {
    if (!isText(type)) return this.#failed();
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

  #onRefusal(frame) {
    const submission = this.#submission;
    if (!submission?.isNamedBy(frame)) return;
    submission.refused(frame.fate);
    if (frame.snapshot !== undefined) {
      this.#position.needsSnapshot = true;
      this.#heldSnapshot = frame.snapshot;
    } else {
      this.#onRefused(submission, frame.error);
    }
    this.#useHeldSnapshot();
  }

  #onRefused(submission, error) {
    const meaning = meaningOfRefusal(error, submission.isCreate);
    if (meaning === 'rejected') return this.#onRejected(error);
    if (meaning === 'forked') return this.#resync();
    if (meaning === 'busy') return this.#sendAgainLater();
    submission.isVoid = meaning !== 'exists';
    if (meaning === 'deleted') this.#onDeleted();
    this.#position.catchUp();
  }

  #sendAgainLater() {
    const submission = this.#submission;
    submission.isAnswered = false;
    this.#later(() => {
      if (this.#submission === submission && this.#link.isConnected) this.connected();
    });
  }

  #onRejected({ code = 'ERR_UNKNOWN_ERROR', message = '' }) {
    if (this.#submission.isCreate) {
      const { text, pendingOperations } = this.#replica;
      this.#close('absent');
      this.#emit('rejected', { code, message, operation: null, text, pending: pendingOperations });
      return;
    }
    this.#submission = null;
    const { operation, change } = this.#replica.reject();
    this.#emit('takenBack', { change });
    this.#changed(change, 'rejected');
    const { text, pendingOperations: pending } = this.#replica;
    this.#emit('rejected', { code, message, operation, text, pending });
    this.#settled();
  }

  #onAnswer({ error, data, snapshot }) {
    const { action, revision } = this.#position.request;
    this.#position.request = null;
    if (error) return this.#onAnswerFailed(error, revision, snapshot);
    if (action === 's') this.#position.isSubscribed = true;
    this.#backOff.reset();
    if (data && this.#position.needsSnapshot) return this.#onSnapshot(data);
    if (data) this.#position.head = Math.max(this.#position.head, data.v);
    // A fetch that brought nothing although there is more means that our history is not theirs.
    const { revision: own, head } = this.#position;
    const isStuck = action === 'f' && revision === own && head > revision;
    if (isStuck) this.#resync();
    else this.#caughtUp();
  }

  #onAnswerFailed(error, revision, snapshot) {
    // Meanwhile we got to a later revision in another way.
    const hasMoved = !this.#position.needsSnapshot && revision !== this.#position.revision;
    if (revision !== null && hasMoved) return this.#caughtUp();
    if (snapshot !== undefined) {
      this.#position.needsSnapshot = true;
      return this.#onSnapshot(snapshot);
    }
    if (revision !== null && !keepsRevision(error)) return this.#resync();
    this.#emit('error', { code: error.code ?? 'ERR_UNKNOWN_ERROR', message: error.message ?? '' });
    this.#later(() => this.subscribe());
  }

  /**
   * A snapshot may already contain what is outstanding. Every submission is answered, and only
   * the answer tells: the snapshot waits for it.
   */
  #onSnapshot(snapshot) {
    const { type, v } = snapshot;
    if (type !== null && !isText(type)) return this.#failed();
    const { isAnswered = true, committedAt = null } = this.#submission ?? {};
    if (!isAnswered) {
      this.#heldSnapshot = snapshot;
      return;
    }
    // One that is older than our own operation is of no use.
    if (committedAt !== null && committedAt >= v) return this.#later(() => this.subscribe());
    // It was deleted meanwhile and created again: what was typed before belongs to another text.
    if ((snapshot.created ?? 0) > this.#position.revision) this.#onDeleted();
    this.#position.needsSnapshot = false;
    this.#position.revision = v;
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
    if (this.#submission?.isCreate && this.#submission.committedAt === null) {
      this.#submission.frame.v = this.#position.revision;
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
    const fate = this.#submission?.fate ?? 'unknown';
    this.#submission = null;
    this.#emit('resync', { assumedCommitted: this.#rebase(text, fate) });
  }

  /** Goes on from another text of the server; returns whether a guess had to be made. */
  #rebase(text, fate) {
    const isOutstanding = this.#replica.hasOutstanding;
    const effect = this.#replica.rebase(text, fate);
    if (isOutstanding) {
      this.#emit('decided', { isCommitted: fate === 'committed' || effect.assumed });
    }
    this.#took(effect, 'resync', null);
    return effect.assumed;
  }

  #changed(operation, cause) {
    if (operation.length > 0) this.#emit('change', { operation, cause });
  }

  #took({ committed, change }, cause, src) {
    this.#changed(change, cause);
    this.#emit('committed', { operation: committed, src });
  }

  #resync() {
    this.#position.needsSnapshot = true;
    this.#position.head = 0;
    this.subscribe();
  }

  #caughtUp() {
    if (this.#position.needsSnapshot || !this.#position.isSubscribed) return this.subscribe();
    if (this.#position.head > this.#position.revision) return this.#position.catchUp();
    if (this.#submission?.isVoid) this.#submitAnew();
    this.#settled();
  }

  #submitAnew() {
    const { create } = this.#submission.frame;
    this.#submission = null;
    if (create) this.#submit({ v: this.#position.revision, create });
    else this.#sendAgain();
  }

  #sendAgain() {
    this.#replica.takeBack();
    this.#emit('decided', { isCommitted: false });
  }

  #settled() {
    this.#flush();
    if (this.hasPending || !this.#isDirty) return;
    this.#isDirty = false;
    this.#emit('saved', { revision: this.#position.revision });
  }

  #flush() {
    const { isConnected, isExtended, operationLimit } = this.#link;
    const isReady = this.#phase === 'ready' && this.#position.isFollowing;
    if (!isReady || !isConnected || this.#submission !== null) return;
    const next = this.#replica.next(operationLimit);
    if (next === null) return;
    this.#emit('submitted', { isAll: this.#replica.pendingOperations.length === 1 });
    const seen = isExtended ? { seen: Math.min(next.seen, this.#position.revision) } : {};
    this.#submit({ v: this.#position.revision, op: next.operation, ...seen });
  }

  #submit(content) {
    const { src, seq } = this.#link.nextOperationId();
    const frame = { a: 'op', ...this.#address, src, seq, ...content };
    this.#submission = new Submission(frame);
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

  /** Nothing is said about this document any more. */
  end() {
    this.#phase = 'closed';
  }

  #failed() {
    this.#close('failed');
    this.#emit('error', { code: 'CLIENT_TYPE_NOT_TEXT', message: 'the document is not a text' });
  }

  #later(action) {
    this.#link.schedule(action, this.#backOff.next());
  }
}
