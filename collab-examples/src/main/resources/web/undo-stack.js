/**
 * Steps that take back what one author did to a text, moved along with what others do. The same as
 * `UndoStack` of the Java implementation.
 *
 * An inverse takes back one or more consecutive edits. Those of which the server may refuse one and
 * take another are kept apart. The newest applies to the text that is shown, each other one to the
 * text that the one before it leads to.
 *
 * @typedef {import('./text-operation.js').TextOperation} TextOperation
 * @typedef {{number: number, operation: TextOperation}} Inverse
 *     `number` is that of the last edit, 0 if it cannot be refused any more
 * @typedef {{inverses: Inverse[]}} Step  the newest inverse first
 */
import { apply, compose, transform } from './text-operation.js';
import { diff } from './text-shape.js';

const isNotEmpty = ({ operation }) => operation.length > 0;

const join = (newer, older) => ({
  number: newer.number,
  operation: compose(newer.operation, older.operation),
});

/** What the whole step does. */
export const operationOf = ({ inverses }) =>
  inverses.reduce((all, { operation }) => compose(all, operation), []);

export class UndoStack {
  #depth;
  /** The newest last. */
  #steps = [];

  /** @param {number} depth  how many steps are kept */
  constructor(depth) {
    this.#depth = depth;
  }

  get isEmpty() {
    return this.#steps.length === 0;
  }

  /** @returns {Step | undefined} */
  get newest() {
    return this.#steps.at(-1);
  }

  clear() {
    this.#steps = [];
  }

  /** @param {Step} step  forgets the oldest if there are too many */
  push(step) {
    this.#steps.push(step);
    if (this.#steps.length > this.#depth) this.#steps.shift();
    return step;
  }

  /** @returns {Step | undefined} */
  pop() {
    return this.#steps.pop();
  }

  /**
   * Adds to the newest step; one that cancels itself out is gone.
   *
   * @param {Inverse} inverse  of the newest edit
   * @param {number} sent  edits up to this number are apart from it
   */
  add(inverse, sent) {
    const { inverses } = this.newest;
    const isApart = inverses[0].number <= sent;
    if (isApart) inverses.unshift(inverse);
    else inverses[0] = join(inverse, inverses[0]);
    this.newest.inverses = inverses.filter(isNotEmpty);
    if (this.newest.inverses.length === 0) this.pop();
  }

  /** Joins what cannot be refused any more. */
  settle(settled) {
    for (const step of this.#steps) {
      const joined = [];
      for (const older of step.inverses) {
        const last = joined.at(-1);
        if (last && last.number <= settled) joined[joined.length - 1] = join(last, older);
        else joined.push(older);
      }
      step.inverses = joined.filter(isNotEmpty);
    }
    this.#steps = this.#steps.filter(({ inverses }) => inverses.length > 0);
  }

  /** Moves all steps over a change that somebody else made to the text that is shown. */
  over(change) {
    let rest = change;
    this.#replaceEach(({ operation }) => {
      const before = rest;
      rest = transform(before, operation, 'right');
      return transform(operation, before, 'left');
    });
  }

  /** Whether an edit with a number in (after, to] can be taken back here. */
  holds(after, to) {
    return this.#inverses().some(({ number }) => number > after && number <= to);
  }

  /**
   * Forgets the edits with a number in (after, to], because the server refused them.
   *
   * @param {TextOperation} takenBack  what took them back on the screen
   * @param {string} shown  the text before
   */
  forget(after, to, takenBack, shown) {
    const all = this.#inverses();
    const isIn = ({ number }) => number > after && number <= to;
    const from = all.findIndex(isIn);
    const last = all.length - 1 - [...all].reverse().findIndex(isIn);
    if (from < 0) return this.over(takenBack);
    let index = 0;
    let rest = takenBack;
    let text = shown;
    let actual = null;
    this.#replaceEach(({ operation }) => {
      const at = index++;
      if (at < from || at > last) {
        const before = rest;
        rest = transform(before, operation, 'right');
        if (at < from) text = apply(text, operation);
        return transform(operation, before, 'left');
      }
      // What lies below holds as it is, but for what others have put into a deleted range.
      actual ??= apply(text, rest);
      text = apply(text, operation);
      if (at === last) rest = diff(text, actual);
      return [];
    });
  }

  #inverses() {
    return [...this.#steps].reverse().flatMap(({ inverses }) => inverses);
  }

  /** Replaces each operation, the newest first. */
  #replaceEach(replacement) {
    for (const step of [...this.#steps].reverse()) {
      step.inverses = step.inverses
        .map((inverse) => ({ ...inverse, operation: replacement(inverse) }))
        .filter(isNotEmpty);
    }
    this.#steps = this.#steps.filter(({ inverses }) => inverses.length > 0);
  }
}
