/**
 * What a client does to operations besides the algebra: it makes one from two texts, keeps
 * surrogate pairs whole, measures it and cuts a large one into small ones.
 *
 * @typedef {import('./text-operation.js').TextOperation} TextOperation
 */
import { fromChanges, normalize, toChanges } from './text-operation.js';

/** @returns {boolean} whether a position lies between the two halves of a surrogate pair */
const cutsPair = (text, position) =>
  position > 0 && position < text.length && text.codePointAt(position - 1) > 0xffff;

/** @returns {boolean} whether a string holds half a surrogate pair */
const isIllFormed = (string) => /\p{Surrogate}/u.test(string);

/**
 * Returns an operation from one text to another: what lies between the common start and the
 * common end is replaced. Surrogate pairs are kept whole. Takes time linear in the texts.
 *
 * @param {string} before
 * @param {string} after
 * @returns {TextOperation}
 */
export function diff(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (cutsPair(before, start) || cutsPair(after, start)) start--;
  let end = 0;
  const most = shorter - start;
  while (
    end < most &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  if (cutsPair(before, before.length - end) || cutsPair(after, after.length - end)) end--;
  const insert = after.slice(start, after.length - end);
  return fromChanges([{ from: start, to: before.length - end, insert }]);
}

/**
 * Widens an operation that touches half of a surrogate pair to the whole pair. The effect stays
 * the same.
 *
 * @param {TextOperation} operation
 * @param {string} text  the text it applies to
 * @returns {TextOperation} the operation itself when no pair is cut
 * @throws {RangeError} when the result would hold half a pair
 */
export function keepPairsWhole(operation, text) {
  const changes = toChanges(operation);
  const isCut = ({ from, to }) => cutsPair(text, from) || cutsPair(text, to);
  const isClean = !changes.some(isCut);
  const widened = isClean
    ? changes
    : changes.map(({ from, to, insert }) => {
        const first = cutsPair(text, from) ? from - 1 : from;
        const last = cutsPair(text, to) ? to + 1 : to;
        return {
          from: first,
          to: last,
          insert: text.slice(first, from) + insert + text.slice(to, last),
        };
      });
  if (widened.some(({ insert }) => isIllFormed(insert))) {
    throw new RangeError('the operation leaves half a surrogate pair');
  }
  return isClean ? operation : fromChanges(widened);
}

/**
 * Tells whether an operation takes at most so many bytes as JSON in UTF-8.
 *
 * @param {TextOperation} operation
 * @param {number} limit  in bytes
 * @returns {boolean}
 */
export function fits(operation, limit) {
  let most = 2;
  for (const component of operation)
    most += 24 + (typeof component === 'string' ? 6 * component.length : 0);
  return most <= limit || new TextEncoder().encode(JSON.stringify(operation)).length <= limit;
}

/**
 * Cuts an operation into several which follow each other, each within a limit. Pairs stay whole
 * as long as the operation itself keeps them whole.
 *
 * @param {TextOperation} operation
 * @param {number} limit  in bytes of JSON, see `fits`; below 256 it counts as 256
 * @returns {TextOperation[]} at least one
 */
export function split(operation, limit) {
  if (fits(operation, limit)) return [operation];
  const budget = Math.max(limit, 256);
  const overhead = 24;
  const pieces = [];
  let piece = [];
  let size = overhead;
  let position = 0;
  const append = (component, bytes) => {
    piece.push(component);
    size += overhead + bytes;
    if (size + overhead + 16 <= budget) return;
    pieces.push(normalize(piece));
    piece = [position];
    size = 2 * overhead;
  };
  for (const component of fromChanges(toChanges(operation))) {
    if (typeof component === 'number') {
      position += component;
      append(component, 0);
    } else if (typeof component !== 'string') {
      append(component, 0);
    } else {
      for (let from = 0, to; from < component.length; from = to) {
        to = Math.min(from + Math.floor((budget - size - overhead) / 6), component.length);
        if (cutsPair(component, to)) to--;
        position += to - from;
        append(component.slice(from, to), 6 * (to - from));
      }
    }
  }
  const last = normalize(piece);
  return last.length > 0 ? [...pieces, last] : pieces;
}
