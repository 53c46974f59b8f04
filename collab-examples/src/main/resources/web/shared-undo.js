import { UndoManager } from './undo-manager.js';

/**
 * Undo and redo of what is done to a shared text here. `SharedText.openUndo` makes it. It works
 * connected or not, across reconnects and resyncs; what the server refuses is no longer there to be
 * undone, and everything is forgotten when the document is deleted.
 *
 * Event: `change` when `canUndo` or `canRedo` have changed.
 */
export class SharedUndo {
  #text;
  #manager;
  #emitter;
  #shown;
  #isClosed = false;
  #told = [false, false];

  /** @private */
  constructor(text, emitter, options) {
    this.#text = text;
    this.#emitter = emitter;
    this.#manager = new UndoManager(options);
    this.#shown = text.text;
  }

  /**
   * For the shared text only: something has happened to it.
   *
   * @private
   */
  heard(type, event) {
    if (this.#isClosed) return;
    this.#hear(type, event);
    this.#shown = this.#text.text;
    this.#tell();
  }

  #hear(type, event) {
    const manager = this.#manager;
    if (type === 'edited') manager.edited(event.operation, this.#shown);
    if (type === 'change' && event.cause !== 'rejected') manager.changed(event.operation);
    if (type === 'takenBack') manager.takenBack(event.change, this.#shown);
    if (type === 'submitted') manager.submitted(event.isAll);
    if (type === 'decided' && event.isCommitted) manager.acknowledged();
    if (type === 'decided' && !event.isCommitted) manager.resubmitted();
    if (['load', 'deleted', 'absent'].includes(type)) manager.clear();
  }

  get canUndo() {
    return this.#manager.canUndo;
  }

  get canRedo() {
    return this.#manager.canRedo;
  }

  /**
   * @param {'change'} type
   * @param {() => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /**
   * Undoes the last step that was made here.
   *
   * @param {(operation: import('./text-operation.js').TextOperation) => void} [edit]  makes the
   *     edit in place of `SharedText.edit`, as an editor does that passes it on
   * @returns {boolean} whether there was something to undo
   * @throws {Error} as `SharedText.edit` does, or if a group is open; nothing changes then
   */
  undo(edit = (operation) => this.#text.edit(operation)) {
    return this.#manager.undo(edit);
  }

  /** Does again what was undone last, unless something was edited here since; see `undo`. */
  redo(edit = (operation) => this.#text.edit(operation)) {
    return this.#manager.redo(edit);
  }

  /** Makes one step of all edits made in a task. */
  group(task) {
    this.#manager.group(task);
  }

  /** Ends the step: the next edit begins another one, even without a pause. */
  endStep() {
    this.#manager.endStep();
  }

  /** Forgets everything and records no more. */
  close() {
    this.#isClosed = true;
    this.#manager.clear();
    this.#tell();
  }

  #tell() {
    const { canUndo, canRedo } = this;
    if (this.#told[0] === canUndo && this.#told[1] === canRedo) return;
    this.#told = [canUndo, canRedo];
    this.#emitter.emit('change');
  }
}
