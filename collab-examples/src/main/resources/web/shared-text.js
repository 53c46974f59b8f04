import { DocumentSession } from './document-session.js';
import { Emitter } from './emitter.js';
import { FrameGate } from './frame-gate.js';

/**
 * A text that several people edit at once. `Client.open` makes it.
 *
 * Events:
 *
 * - `load` ({text}): the content arrived or the document was created again; an editor starts over
 *   from it.
 * - `change` ({operation, cause}): the text changed, but not by `edit`; `operation` applies to the
 *   text before. The cause is `remote`, `rejected` or `resync`.
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
 * - `error` ({code, message}).
 */
export class SharedText {
  #session;
  #gate;
  #emitter;
  #onClose;
  #isClosing = false;

  /** @private */
  constructor(session, gate, emitter, onClose) {
    this.#session = session;
    this.#gate = gate;
    this.#emitter = emitter;
    this.#onClose = onClose;
  }

  /**
   * For `Client` only: opens a text.
   *
   * @returns {{text: SharedText, session: DocumentSession, gate: FrameGate, reopen: () => void}}
   *     frames for the session go through the gate; `reopen` takes back a `close` that waits
   */
  static open(link, collection, id, create, onClose) {
    const emitter = new Emitter();
    const emit = (type, event) => emitter.emit(type, event);
    const session = new DocumentSession(link, { c: collection, d: id }, emit);
    const gate = new FrameGate((frame) => session.receive(frame));
    const text = new SharedText(session, gate, emitter, onClose);
    if (create !== undefined) emitter.on('absent', () => session.create(create));
    emitter.on('status', () => text.#closeIfSaved());
    return { text, session, gate, reopen: () => (text.#isClosing = false) };
  }

  /** @returns {'loading' | 'ready' | 'absent' | 'deleted' | 'failed' | 'closed'} */
  get phase() {
    return this.#session.phase;
  }

  /** The content with all edits made here. */
  get text() {
    return this.#session.replica?.text ?? '';
  }

  /** How many entries of the server's log this text contains. */
  get revision() {
    return this.#session.revision;
  }

  get hasUnsavedChanges() {
    return this.#session.hasPending;
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
   * @throws {Error} unless the phase is `ready`
   */
  edit(operation) {
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

  #closeIfSaved() {
    if (!this.#isClosing || this.hasUnsavedChanges) return;
    this.#isClosing = false;
    this.#session.end();
    this.#onClose();
  }
}
