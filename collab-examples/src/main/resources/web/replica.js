/**
 * A client's copy of one text with the operations that the server has not acknowledged yet. It
 * does no input or output and knows no revisions: it is the algebra behind a shared text.
 *
 * ```
 *   base ──outstanding──▶ · ──buffered──▶ · ──buffered──▶ text
 * ```
 *
 * `base` is the server's text as far as it is known here. At most one operation is outstanding,
 * that is, sent and not answered. Later edits wait in a buffer, where they are composed. What was
 * sent once is never composed with anything: the server may have transformed it already.
 *
 * @typedef {import('./text-operation.js').TextOperation} TextOperation
 * @typedef {{operation: TextOperation, edits: number, seen: number}} Pending
 *     `operation` fits behind the pending operations before it; `edits` counts the calls that
 *     made it; `seen` is the revision that was on the screen when the first of them was made
 */
import { apply, check, compose, invert, toChanges, transform } from './text-operation.js';
import { diff, keepPairsWhole, split, weightOf } from './text-shape.js';

/** Moves pending operations behind one that happened before them, and that one behind them. */
function carry(pending, operation) {
  let change = operation;
  const moved = pending.map((entry) => {
    const before = change;
    change = transform(before, entry.operation, 'right');
    return { ...entry, operation: transform(entry.operation, before, 'left') };
  });
  return { moved, change };
}

const isNotEmpty = ({ operation }) => operation.length > 0;

const sizeOf = (operation) =>
  toChanges(operation).reduce((size, { from, to, insert }) => size + to - from + insert.length, 0);

export class Replica {
  #base;
  #text;
  #outstanding = null;
  #buffer = [];

  /** @param {string} text  the server's text */
  constructor(text) {
    this.#base = text;
    this.#text = text;
  }

  /** The text with all pending edits. */
  get text() {
    return this.#text;
  }

  get hasOutstanding() {
    return this.#outstanding !== null;
  }

  get hasPending() {
    return this.hasOutstanding || this.#buffer.length > 0;
  }

  /** How many edits the server has not acknowledged. */
  get pendingEdits() {
    return this.#pending().reduce((sum, { edits }) => sum + edits, 0);
  }

  /** The pending operations in order; each applies after the one before it. */
  get pendingOperations() {
    return this.#pending().map(({ operation }) => operation);
  }

  /**
   * Makes a local edit.
   *
   * @param {TextOperation} operation  applies to `text`
   * @param {number} seen  the revision on the screen
   * @param {number} limit  of the weight of an operation; beyond it nothing is composed
   * @throws {RangeError} when the operation is malformed or does not fit; nothing changes then
   */
  edit(operation, seen, limit) {
    check(operation);
    const text = apply(this.#text, operation);
    const whole = keepPairsWhole(operation, this.#text);
    if (whole.length === 0) return;
    const last = this.#buffer.at(-1);
    const composed = last && compose(last.operation, whole);
    if (last && weightOf(composed) <= limit) {
      this.#buffer[this.#buffer.length - 1] = {
        ...last,
        operation: composed,
        edits: last.edits + 1,
      };
    } else {
      this.#buffer.push({ operation: whole, edits: 1, seen });
    }
    this.#buffer = this.#buffer.filter(isNotEmpty);
    this.#text = text;
  }

  /**
   * Makes the first buffered operation the outstanding one.
   *
   * @param {number} limit  of its weight; a heavier one is cut
   * @returns {Pending | null} what is to be sent, or null when nothing is to be sent now
   */
  next(limit) {
    if (this.#outstanding !== null || this.#buffer.length === 0) return null;
    const [head, ...rest] = this.#buffer;
    const pieces = split(head.operation, limit);
    const entries = pieces.map((operation, index) => {
      return { operation, edits: index === pieces.length - 1 ? head.edits : 0, seen: head.seen };
    });
    [this.#outstanding, ...this.#buffer] = [...entries, ...rest];
    return this.#outstanding;
  }

  /**
   * Takes in an operation that the server has committed for someone else.
   *
   * @param {TextOperation} operation  applies to `base`
   * @returns {TextOperation} the change to `text`
   * @throws {RangeError} when the operation is malformed or does not fit; nothing changes then
   */
  receive(operation) {
    check(operation);
    const base = apply(this.#base, operation);
    const { moved, change } = carry(this.#pending(), operation);
    this.#text = moved.length > 0 ? apply(this.#text, change) : base;
    this.#base = base;
    this.#setPending(moved);
    return change;
  }

  /**
   * The server has committed the outstanding operation.
   *
   * @param {TextOperation} [committed]  what was committed; it may be more than was sent
   * @returns {{committed: TextOperation, change: TextOperation}} the changes to the server's text
   *     and to `text`
   */
  acknowledge(committed = this.#outstanding.operation) {
    const expected = apply(this.#base, this.#outstanding.operation);
    const base = apply(this.#base, committed);
    this.#outstanding = null;
    return { committed, change: this.#goOnFrom(expected, base) };
  }

  /**
   * The server has refused the outstanding operation: undoes it and keeps the other edits. If they
   * have undone it themselves, so that the text is the server's already, none of them is kept.
   *
   * @returns {{operation: TextOperation, change: TextOperation}} what was refused, and the change
   *     to `text`
   */
  reject() {
    const { operation } = this.#outstanding;
    if (this.#text === this.#base) {
      this.#outstanding = null;
      this.#buffer = [];
      return { operation, change: [] };
    }
    const { moved, change } = carry(this.#buffer, invert(operation, this.#base));
    this.#text = apply(this.#text, change);
    this.#buffer = moved.filter(isNotEmpty);
    this.#outstanding = null;
    return { operation, change };
  }

  /** The outstanding operation was not committed: puts it back into the buffer, if it still does something. */
  takeBack() {
    this.#buffer = this.#pending().filter(isNotEmpty);
    this.#outstanding = null;
  }

  /**
   * Moves the pending edits to another server text when the operations in between are unknown.
   * Nothing typed is lost. Afterwards nothing is outstanding.
   *
   * When it is unknown whether the outstanding operation was committed, it counts as committed
   * only if the server's text is nearer to the text with it and still holds all that it
   * inserted; otherwise it is sent again.
   *
   * @param {string} text  the server's text
   * @param {'committed' | 'not committed' | 'unknown'} fate  of the outstanding operation
   * @returns {{committed: TextOperation, change: TextOperation, assumed: boolean}} the changes to
   *     the server's text and to `text`, and whether an operation of unknown fate was taken for
   *     committed
   */
  rebase(text, fate) {
    const committed = diff(this.#base, text);
    const assumed = fate === 'unknown' && this.#looksCommitted(text);
    if (this.#outstanding !== null) {
      if (fate === 'committed' || assumed) this.acknowledge();
      else this.takeBack();
    }
    return { committed, change: this.#goOnFrom(this.#base, text), assumed };
  }

  /** Moves what is buffered from one server text to another, nothing being outstanding. */
  #goOnFrom(before, after) {
    this.#base = after;
    if (before === after) return [];
    const { moved, change } = carry(this.#buffer, diff(before, after));
    this.#text = apply(this.#text, change);
    this.#buffer = moved.filter(isNotEmpty);
    return change;
  }

  #looksCommitted(text) {
    if (this.#outstanding === null) return false;
    const { operation } = this.#outstanding;
    const without = diff(this.#base, text);
    const onward = diff(apply(this.#base, operation), text);
    const inserted = toChanges(invert(operation, this.#base));
    const isHurt = inserted.some((mine) =>
      toChanges(onward).some(({ from, to }) => from < mine.to && mine.from < to),
    );
    return !isHurt && sizeOf(onward) < sizeOf(without);
  }

  #pending() {
    return this.#outstanding === null ? this.#buffer : [this.#outstanding, ...this.#buffer];
  }

  #setPending(pending) {
    if (this.#outstanding === null) {
      this.#buffer = pending.filter(isNotEmpty);
    } else {
      this.#outstanding = pending[0];
      this.#buffer = pending.slice(1).filter(isNotEmpty);
    }
  }
}
