/**
 * What a client does to operations besides the algebra: it makes one from two texts, keeps
 * surrogate pairs whole, measures it and cuts a large one into small ones.
 *
 * @typedef {import('./text-operation.js').TextOperation} TextOperation
 */
import { fromChanges, normalize, toChanges } from './text-operation.js';

/** @returns {boolean} whether a position lies between the two halves of a surrogate pair */
export const cutsPair = (text, position) =>
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

/** What a component adds to the weight of an operation, besides the text it inserts. */
const COMPONENT_WEIGHT = 24;

/**
 * Returns the weight of an operation: the code units it inserts and a constant for each component.
 * It is never less than what a server counts.
 *
 * @param {TextOperation} operation
 * @returns {number}
 */
export function weightOf(operation) {
  const weight = (component) =>
    COMPONENT_WEIGHT + (typeof component === 'string' ? component.length : 0);
  return operation.reduce((sum, component) => sum + weight(component), 0);
}

/**
 * Cuts an operation into several which follow each other, each within a limit. Surrogate pairs
 * stay whole where the operation keeps them whole.
 *
 * @param {TextOperation} operation
 * @param {number} limit  of the weight of each; below 128 it counts as 128
 * @returns {TextOperation[]} at least one
 */
export function split(operation, limit) {
  const budget = Math.max(limit, 128);
  if (weightOf(operation) <= budget) return [operation];
  const pieces = [];
  let piece = [];
  let weight = COMPONENT_WEIGHT;
  let position = 0;
  const append = (component, inserted) => {
    piece.push(component);
    weight += COMPONENT_WEIGHT + inserted;
    position += typeof component === 'number' ? component : inserted;
    if (weight + COMPONENT_WEIGHT + 2 <= budget) return;
    pieces.push(normalize(piece));
    piece = [position];
    weight = 2 * COMPONENT_WEIGHT;
  };
  for (const component of fromChanges(toChanges(operation))) {
    if (typeof component !== 'string') {
      append(component, 0);
      continue;
    }
    for (let from = 0, to; from < component.length; from = to) {
      to = Math.min(from + budget - weight - COMPONENT_WEIGHT, component.length);
      if (cutsPair(component, to)) to--;
      append(component.slice(from, to), to - from);
    }
  }
  const last = normalize(piece);
  return last.length > 0 ? [...pieces, last] : pieces;
}
