import { DocumentSession } from './document-session.js';
import { Emitter } from './emitter.js';
import { FrameGate } from './frame-gate.js';
import { PresenceChannel } from './presence-channel.js';
import { SharedUndo } from './shared-undo.js';
import { TextLines } from './text-lines.js';

/** What only undo hears of: how the server decides about what was submitted. */
const FOR_UNDO = ['submitted', 'decided', 'takenBack'];

/** What one must be allowed at least to edit a text. */
const EDITING = ['write', 'manage'];

/**
 * A text that several people edit at once. `Client.open` makes it.
 *
 * Events:
 *
 * - `load` ({text}): the content arrived or the document was created again; an editor starts over
 *   from it.
 * - `change` ({operation, cause}): the text changed, but not by `edit`; `operation` applies to the
 *   text before. The cause is `remote`, `rejected` or `resync`.
 * - `edited` ({operation}): the text changed by `edit`.
 * - `status`: phase, revision or pending edits may have changed.
 * - `saved` ({revision}): the server has acknowledged every edit.
 * - `rejected` ({code, message, operation, text, pending}): the server refused an operation, which
 *   has been undone here; `operation` is what was refused, null when it was the creation.
 * - `deleted` ({text, pending}): the document was deleted; `text` is the last content with all
 *   edits, `pending` the operations that were not acknowledged.
 * - `absent`: there is no such document.
 * - `resync` ({assumedCommitted}): the history in between was gone, and pending edits were placed
 *   by comparing texts. `assumedCommitted` tells that one of unknown fate was found in the
 *   server's text and not sent again.
 * - `access` ({permission}): the server says what one may do with this text.
 * - `committed` ({operation, src}): the server's text changed, by an operation of the client `src`
 *   or, if that is null, by ours. For those who keep positions in the server's text.
 * - `error` ({code, message}).
 */
export class SharedText {
  #session;
  #gate;
  #emitter;
  #makePresence;
  #presence = null;
  #undo = null;
  #now;
  #permission = null;
  #onClose;
  #isClosing = false;
  #lines = new TextLines('');

  /** @private */
  constructor(session, gate, emitter, makePresence, now, onClose) {
    this.#now = now;
    this.#session = session;
    this.#gate = gate;
    this.#emitter = emitter;
    this.#makePresence = makePresence;
    this.#onClose = onClose;
  }

  /**
   * For `Client` only: opens a text.
   *
   * @returns {object} `text`; `session`; `gate`, through which all frames for this document go;
   *     `presence()`, the channel if there is one; `reopen()`, which takes back a `close` that waits
   */
  static open(link, collection, id, create, onClose) {
    const emitter = new Emitter();
    const address = { c: collection, d: id };
    const session = new DocumentSession(link, address, (type, event) => text.#emit(type, event));
    const gate = new FrameGate((frame) => text.#receive(frame));
    const makePresence = () =>
      new PresenceChannel(link, `${collection}.${id}`, { ...address, session });
    const text = new SharedText(session, gate, emitter, makePresence, link.now, onClose);
    if (create !== undefined) emitter.on('absent', () => session.create(create));
    const reopen = () => (text.#isClosing = false);
    return { text, session, gate, presence: () => text.#presence, reopen };
  }

  /** @returns {'loading' | 'ready' | 'absent' | 'deleted' | 'failed' | 'closed'} */
  get phase() {
    return this.#session.phase;
  }

  /** The content with all edits made here. */
  get text() {
    return this.#session.replica?.text ?? '';
  }

  /**
   * The lines of `text`: turns offsets, as in the selections of people, into lines and columns and
   * back. The first use after a change takes O(n), each question O(log n).
   *
   * @returns {TextLines}
   */
  get lines() {
    const { text } = this;
    if (this.#lines.text !== text) this.#lines = new TextLines(text);
    return this.#lines;
  }

  /** How many entries of the server's log this text contains. */
  get revision() {
    return this.#session.revision;
  }

  get hasUnsavedChanges() {
    return this.#session.hasPending;
  }

  /**
   * What one may do with this text, as far as the server has told; null if it has not.
   *
   * @returns {'none' | 'read' | 'comment' | 'write' | 'manage' | null}
   */
  get permission() {
    return this.#permission;
  }

  /** Whether `edit` may be called. */
  get isEditable() {
    return this.phase === 'ready' && this.#mayEdit;
  }

  get #mayEdit() {
    return this.#permission === null || EDITING.includes(this.#permission);
  }

  /** What people show each other in this text. It is asked for when this is first read. */
  get presence() {
    this.#presence ??= this.#makePresence();
    return this.#presence;
  }

  /**
   * Opens undo and redo of what is done here from now on, in place of one opened before.
   *
   * @param {object} [options]
   * @param {number} [options.depth]  how many steps are kept; 100 unless told otherwise
   * @param {number} [options.pause]  after how many milliseconds without an edit the next one
   *     begins a step; 500 unless told otherwise
   * @returns {SharedUndo}
   */
  openUndo(options = {}) {
    this.#undo?.close();
    this.#undo = new SharedUndo(this, new Emitter(), { now: this.#now, ...options });
    return this.#undo;
  }

  /** How many edits the server has not acknowledged. */
  get unsavedEdits() {
    return this.#session.replica?.pendingEdits ?? 0;
  }

  /**
   * Registers a listener.
   *
   * @param {string} type  see the list of events
   * @param {(event: any) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /**
   * Makes an edit. It takes effect here at once and is sent when the server is ready for it.
   *
   * @param {import('./text-operation.js').TextOperation} operation  applies to `text`
   * @throws {RangeError} when the operation is malformed, does not fit or would leave half a
   *     surrogate pair; nothing changes then
   * @throws {Error} unless the phase is `ready` and the permission suffices
   */
  edit(operation) {
    if (!this.#mayEdit) throw new Error('the text is read-only');
    if (!this.hasUnsavedChanges) this.#presence?.beforeEdit();
    this.#session.edit(operation);
  }

  /**
   * Creates the document.
   *
   * @param {string} [text]
   * @throws {Error} unless the phase is `absent` or `deleted`
   */
  create(text = '') {
    this.#session.create(text);
  }

  /** Keeps changes of others waiting, while the editor must not be disturbed. */
  hold() {
    this.#gate.close();
  }

  /** Takes in the changes that `hold` kept waiting. */
  resume() {
    this.#gate.open();
  }

  /** Ends the subscription as soon as all edits are acknowledged. */
  close() {
    this.#isClosing = true;
    this.#closeIfSaved();
  }

  #receive(frame) {
    if (frame.ch !== undefined) this.#presence?.receive(frame);
    else if (frame.a === 'access') this.#onAccess(frame);
    else this.#session.receive(frame);
  }

  #onAccess({ permission }) {
    this.#permission = permission;
    if (permission === 'none') this.#session.barred();
    this.#presence?.permitted();
    this.#emitter.emit('access', { permission });
    this.#emitter.emit('status');
  }

  #emit(type, event) {
    this.#undo?.heard(type, event);
    if (FOR_UNDO.includes(type)) return;
    if (type === 'committed') this.#presence?.committed(event.operation, event.src);
    if (type === 'edited') this.#presence?.moveOwn(event.operation, 'own');
    if (type === 'change') this.#presence?.moveOwn(event.operation, 'foreign');
    if (type === 'deleted') this.#presence?.emptied();
    this.#emitter.emit(type, event);
    if (type !== 'status') return;
    this.#presence?.settled();
    this.#closeIfSaved();
  }

  #closeIfSaved() {
    if (!this.#isClosing || this.hasUnsavedChanges) return;
    this.#isClosing = false;
    this.#presence?.close();
    this.#presence = null;
    this.#session.end();
    this.#onClose();
  }
}
