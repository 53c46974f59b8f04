/**
 * Operations on plain text, with the exact semantics of the ottypes `text` type
 * (http://sharejs.org/types/textv1).
 *
 * An operation is an array of components which walk the old text from its start:
 *
 * - a positive integer retains that many UTF-16 code units,
 * - a non-empty string is inserted,
 * - `{d: n}` deletes n code units.
 *
 * What follows the last component is retained. The empty array changes nothing. Operations are
 * values: no function here changes its arguments, and every result is canonical, that is, equal
 * neighbours are merged and there is no retain at the end.
 *
 * @typedef {number | string | {d: number}} Component
 * @typedef {ReadonlyArray<Component>} TextOperation
 * @typedef {'left' | 'right'} Side  left is the submitted operation, right the committed one
 */

/** The name of the type on the wire. */
export const TEXT_TYPE = 'http://sharejs.org/types/textv1';

/** @returns {boolean} whether a name on the wire means this type */
export const isText = (type) => type === TEXT_TYPE || type === 'text';

const isInsert = (component) => typeof component === 'string';
const isRetain = (component) => typeof component === 'number';

/** @returns {number} how many code units a component retains, inserts or deletes */
const lengthOf = (component) =>
  isRetain(component) ? component : isInsert(component) ? component.length : component.d;

/** Collects components into a canonical operation. */
class Builder {
  #components = [];

  append(component) {
    if (lengthOf(component) === 0) return;
    const last = this.#components.length - 1;
    const before = this.#components[last];
    if (last >= 0 && typeof before === typeof component) {
      this.#components[last] =
        isRetain(before) || isInsert(before) ? before + component : { d: before.d + component.d };
    } else {
      this.#components.push(component);
    }
  }

  build() {
    if (isRetain(this.#components.at(-1))) this.#components.pop();
    return this.#components;
  }
}

/** Hands out an operation in pieces. Past its end the operation goes on with a retain. */
class Reader {
  #operation;
  #index = 0;
  #offset = 0;

  constructor(operation) {
    this.#operation = operation;
  }

  get next() {
    return this.#operation[this.#index];
  }

  /** Takes at most `length` of the next component, or all of it where `isWhole` says so. */
  take(length, isWhole) {
    const component = this.next;
    if (component === undefined) return length;
    const remaining = lengthOf(component) - this.#offset;
    const taken = isWhole(component) ? remaining : Math.min(length, remaining);
    const start = this.#offset;
    if (taken === remaining) {
      this.#index++;
      this.#offset = 0;
    } else {
      this.#offset += taken;
    }
    if (isRetain(component)) return taken;
    return isInsert(component) ? component.slice(start, start + taken) : { d: taken };
  }

  appendRestTo(builder) {
    while (this.next !== undefined) builder.append(this.take(Infinity, () => false));
  }
}

/**
 * Checks that a value is a well-formed operation, the way every participant must demand it.
 *
 * @param {unknown} operation
 * @throws {RangeError} naming the component that is wrong, never its content
 */
export function check(operation) {
  if (!Array.isArray(operation)) throw new RangeError('an operation must be an array');
  operation.forEach((component, index) => {
    const isDelete = typeof component === 'object' && component !== null;
    const length = isInsert(component) ? component.length : isDelete ? component.d : component;
    if (!Number.isSafeInteger(length) || length <= 0) {
      throw new RangeError(`component ${index} must be a positive retain, insert or delete`);
    }
    if (isRetain(component) && isRetain(operation[index - 1])) {
      throw new RangeError(`component ${index} retains again`);
    }
  });
  if (isRetain(operation.at(-1))) throw new RangeError('an operation must not end with a retain');
}

/**
 * Brings components into canonical form; empty ones vanish.
 *
 * @param {Iterable<Component>} components
 * @returns {TextOperation}
 */
export function normalize(components) {
  const result = new Builder();
  for (const component of components) result.append(component);
  return result.build();
}

/**
 * Applies an operation.
 *
 * @param {string} text
 * @param {TextOperation} operation
 * @returns {string}
 * @throws {RangeError} when the operation reaches past the end of the text
 */
export function apply(text, operation) {
  const parts = [];
  let position = 0;
  for (const component of operation) {
    if (isInsert(component)) {
      parts.push(component);
      continue;
    }
    const end = position + lengthOf(component);
    if (end > text.length) {
      throw new RangeError(
        `the operation reaches position ${end} of a text of length ${text.length}`,
      );
    }
    if (isRetain(component)) parts.push(text.slice(position, end));
    position = end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/**
 * Makes one operation of two that follow each other:
 * `apply(text, compose(first, second))` equals `apply(apply(text, first), second)`.
 *
 * Composition does not commute with transform, so only operations which no one else has seen may
 * be composed.
 *
 * @param {TextOperation} first
 * @param {TextOperation} second
 * @returns {TextOperation}
 */
export function compose(first, second) {
  const reader = new Reader(first);
  const result = new Builder();
  const isDelete = (component) => !isRetain(component) && !isInsert(component);
  for (const component of second) {
    if (isInsert(component)) {
      result.append(component);
      continue;
    }
    for (let remaining = lengthOf(component); remaining > 0;) {
      const piece = reader.take(remaining, isDelete);
      if (isDelete(piece)) {
        result.append(piece);
        continue;
      }
      remaining -= lengthOf(piece);
      if (isRetain(component)) result.append(piece);
      else if (isRetain(piece)) result.append({ d: piece });
    }
  }
  reader.appendRestTo(result);
  return result.build();
}

/**
 * Rewrites an operation so that it applies after another one made on the same text. For all a, b
 * on a text: applying a then `transform(b, a, 'right')` gives the same as applying b then
 * `transform(a, b, 'left')`. Of two inserts at one place the left one stands first.
 *
 * @param {TextOperation} operation
 * @param {TextOperation} other
 * @param {Side} side  the side of `operation`
 * @returns {TextOperation}
 */
export function transform(operation, other, side) {
  const reader = new Reader(operation);
  const result = new Builder();
  for (const component of other) {
    if (isInsert(component)) {
      if (side === 'left' && isInsert(reader.next)) result.append(reader.take(Infinity, isInsert));
      result.append(component.length);
      continue;
    }
    for (let remaining = lengthOf(component); remaining > 0;) {
      const piece = reader.take(remaining, isInsert);
      if (isInsert(piece)) {
        result.append(piece);
        continue;
      }
      remaining -= lengthOf(piece);
      if (isRetain(component)) result.append(piece);
    }
  }
  reader.appendRestTo(result);
  return result.build();
}

/**
 * Returns the operation that undoes another.
 *
 * @param {TextOperation} operation
 * @param {string} text  the text before the operation
 * @returns {TextOperation}
 * @throws {RangeError} when the operation reaches past the end of the text
 */
export function invert(operation, text) {
  const result = new Builder();
  let position = 0;
  for (const component of operation) {
    if (isInsert(component)) {
      result.append({ d: component.length });
      continue;
    }
    const end = position + lengthOf(component);
    if (end > text.length) {
      throw new RangeError(
        `the operation reaches position ${end} of a text of length ${text.length}`,
      );
    }
    result.append(isRetain(component) ? component : text.slice(position, end));
    position = end;
  }
  return result.build();
}

/**
 * Moves a position along with an operation. A position inside deleted text goes to where that
 * text was; one exactly at an insert stays in front of it.
 *
 * @param {number} position  from 0 to the length of the text
 * @param {TextOperation} operation
 * @returns {number}
 */
export function transformPosition(position, operation) {
  let walked = 0;
  let moved = position;
  for (const component of operation) {
    if (walked >= moved) break;
    if (isRetain(component)) {
      walked += component;
    } else if (isInsert(component)) {
      walked += component.length;
      moved += component.length;
    } else {
      moved -= Math.min(component.d, moved - walked);
    }
  }
  return moved;
}

/**
 * A replaced range of a text.
 *
 * @typedef {{from: number, to: number, insert: string}} Change
 *   `from` and `to` are positions in the old text, for every change of a list
 */

/**
 * Writes an operation as replaced ranges, in ascending order and with something retained between
 * them.
 *
 * @param {TextOperation} operation
 * @returns {Change[]}
 */
export function toChanges(operation) {
  const changes = [];
  let position = 0;
  let change = null;
  for (const component of operation) {
    if (isRetain(component)) {
      position += component;
      change = null;
      continue;
    }
    if (change === null) changes.push((change = { from: position, to: position, insert: '' }));
    if (isInsert(component)) change.insert += component;
    else change.to = position += component.d;
  }
  return changes;
}

/**
 * Makes an operation of replaced ranges. New text stands in front of what it replaces.
 *
 * @param {Iterable<Change>} changes  in ascending order, not overlapping
 * @returns {TextOperation}
 * @throws {RangeError} when a change lies before the end of the one in front of it
 */
export function fromChanges(changes) {
  const result = new Builder();
  let position = 0;
  for (const { from, to, insert } of changes) {
    if (from < position || to < from) throw new RangeError(`change ${from}..${to} is out of order`);
    result.append(from - position);
    result.append(insert);
    result.append({ d: to - from });
    position = to;
  }
  return result.build();
}
