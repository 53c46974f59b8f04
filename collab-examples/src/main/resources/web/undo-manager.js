/**
 * Undo and redo for one author of a text that others edit, too. The same as `UndoManager` of the
 * Java implementation: it takes back what the author did and nothing else. Every character of the
 * others stays, in their order, and a deleted range comes back whole, beside what others have
 * inserted where it was. A step of which others have left nothing does not count.
 *
 * Edits without a pause between them are one step; `group` makes one of any number of edits. A new
 * edit ends the possibility to redo. An edit that the server refuses leaves the stack.
 *
 * @typedef {import('./text-operation.js').TextOperation} TextOperation
 */
import { invert } from './text-operation.js';
import { keepPairsWhole } from './text-shape.js';
import { operationOf, UndoStack } from './undo-stack.js';

export class UndoManager {
  #now;
  #pause;
  #undo;
  #redo;
  /** What an edit is: `edit`, `undo` or `redo`. */
  #mode = 'edit';
  #groups = 0;
  #open = null;
  #lastEdit = -Infinity;
  /** Edits have numbers: those up to `settled` are decided, up to `sent` submitted. */
  #edits = 0;
  #sent = 0;
  #settled = 0;
  #isSentInPart = false;

  /**
   * @param {object} options
   * @param {() => number} options.now  the time in milliseconds
   * @param {number} [options.depth]  how many steps are kept for undo, and as many for redo
   * @param {number} [options.pause]  after how many milliseconds without an edit the next one
   *     begins a step
   */
  constructor({ now, depth = 100, pause = 500 }) {
    this.#now = now;
    this.#pause = pause;
    this.#undo = new UndoStack(depth);
    this.#redo = new UndoStack(depth);
  }

  get canUndo() {
    return !this.#undo.isEmpty;
  }

  get canRedo() {
    return !this.#redo.isEmpty;
  }

  /**
   * The author has edited; to be called also for the edits that `undo` and `redo` ask for.
   *
   * @param {TextOperation} operation
   * @param {string} before  the text before
   */
  edited(operation, before) {
    const whole = keepPairsWhole(operation, before);
    if (whole.length === 0) return;
    const inverse = { number: ++this.#edits, operation: invert(whole, before) };
    if (this.#mode === 'undo') this.#push(this.#redo, inverse);
    else if (this.#mode === 'redo') this.#push(this.#undo, inverse);
    else this.#record(inverse);
  }

  #record(inverse) {
    this.#redo.clear();
    const now = this.#now();
    const joins = this.#groups > 0 || now < this.#lastEdit + this.#pause;
    if (joins && this.#open !== null && this.#undo.newest === this.#open) {
      this.#undo.add(inverse, this.#sent);
    } else {
      this.#open = this.#push(this.#undo, inverse);
    }
    this.#lastEdit = now;
  }

  #push(stack, inverse) {
    return stack.push({ inverses: [inverse] });
  }

  /** @param {TextOperation} change  what somebody else did to the text that is shown */
  changed(change) {
    this.#undo.over(change);
    this.#redo.over(change);
  }

  /** Forgets all steps, because the text is another one. An open group stays open. */
  clear() {
    this.#undo.clear();
    this.#redo.clear();
    this.#open = null;
    this.#sent = this.#edits;
    this.#settled = this.#edits;
    this.#isSentInPart = false;
  }

  /** @param {boolean} whole  whether all edits that waited were submitted */
  submitted(whole) {
    this.#sent = this.#edits;
    this.#isSentInPart = !whole;
  }

  /** What was submitted is committed. */
  acknowledged() {
    if (this.#isSentInPart) return;
    this.#settled = this.#sent;
    this.#undo.settle(this.#settled);
    this.#redo.settle(this.#settled);
  }

  /** What was submitted was not committed and will be submitted again, with what waits. */
  resubmitted() {
    this.#sent = this.#settled;
    this.#isSentInPart = false;
  }

  /**
   * What was submitted was refused: it leaves the stack. If it was an undo, that can be done once
   * more.
   *
   * @param {TextOperation} change  what took it back on the screen
   * @param {string} before  the text before
   */
  takenBack(change, before) {
    const range = [this.#settled, this.#sent];
    const wasUndo = this.#redo.holds(...range) && !this.#undo.holds(...range);
    this.#redo.forget(...range, change, before);
    if (!wasUndo) {
      this.#undo.forget(...range, change, before);
    } else if (change.length > 0) {
      this.#push(this.#undo, { number: 0, operation: invert(change, before) });
    }
    if (!this.#isSentInPart) this.#settled = this.#sent;
  }

  /**
   * Undoes the author's last step.
   *
   * @param {(operation: TextOperation) => void} edit  makes an edit and calls `edited`; if it
   *     throws, the step can still be undone
   * @returns {boolean} whether there was something to undo
   * @throws {Error} if a group is open
   */
  undo(edit) {
    return this.#takeBack(this.#undo, 'undo', edit);
  }

  /** Does again what was undone last; see `undo`. */
  redo(edit) {
    return this.#takeBack(this.#redo, 'redo', edit);
  }

  #takeBack(stack, mode, edit) {
    if (this.#groups > 0 || this.#mode !== 'edit') throw new Error('a step is not complete');
    this.#open = null;
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const operation = operationOf(step);
      if (operation.length === 0) continue;
      this.#mode = mode;
      try {
        edit(operation);
      } catch (error) {
        stack.push(step);
        throw error;
      } finally {
        this.#mode = 'edit';
      }
      return true;
    }
    return false;
  }

  /** Makes one step of all edits made in a task. */
  group(task) {
    this.beginGroup();
    try {
      task();
    } finally {
      this.endGroup();
    }
  }

  beginGroup() {
    if (this.#groups++ === 0) this.#open = null;
  }

  endGroup() {
    if (this.#groups === 0) throw new Error('no group is open');
    if (--this.#groups === 0) this.#open = null;
  }

  /** Ends the step: the next edit begins another one, even without a pause. */
  endStep() {
    if (this.#groups === 0) this.#open = null;
  }
}
