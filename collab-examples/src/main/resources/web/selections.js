/**
 * Cursors and selections in a text, and how they move over operations. They are part of a presence
 * value, an object whose member `selections` lists them; its other members are the application's.
 *
 * @typedef {{anchor: number, head: number}} Selection  where it began and where its moving end is,
 *     as offsets in UTF-16 code units; equal for a cursor
 * @typedef {'own' | 'foreign'} Authorship  whether the operation is the selection's owner's
 */
import { transformPosition } from './text-operation.js';
import { cutsPair } from './text-shape.js';

const isPosition = (value) => Number.isSafeInteger(value) && value >= 0;

/** Moves a position; one exactly at an insertion goes behind it. */
function transformPositionAfter(position, operation) {
  let walked = 0;
  let moved = position;
  for (const component of operation) {
    if (walked > moved) break;
    if (typeof component === 'number') {
      walked += component;
    } else if (typeof component === 'string') {
      walked += component.length;
      moved += component.length;
    } else {
      moved -= Math.min(component.d, moved - walked);
    }
  }
  return moved;
}

/**
 * Moves a selection along with an operation. A cursor goes behind what its owner inserts at it and
 * stays in front of what others insert. A selected range does not grow by what others insert at
 * its edges.
 *
 * @param {Selection} selection
 * @param {import('./text-operation.js').TextOperation} operation
 * @param {Authorship} authorship
 * @returns {Selection} with all other members that it has
 */
export function moveSelection(selection, operation, authorship) {
  const { anchor, head } = selection;
  const from = Math.min(anchor, head);
  const to = Math.max(anchor, head);
  const end =
    authorship === 'own'
      ? transformPositionAfter(to, operation)
      : transformPosition(to, operation);
  const start = from === to ? end : Math.min(end, transformPositionAfter(from, operation));
  return anchor <= head
    ? { ...selection, anchor: start, head: end }
    : { ...selection, anchor: end, head: start };
}

/**
 * Returns the selections in a presence value. What is not a selection is passed over.
 *
 * @param {unknown} value  of any form
 * @returns {Selection[]}
 */
export function selectionsOf(value) {
  const { selections } = value ?? {};
  if (!Array.isArray(selections)) return [];
  return selections.filter((each) => isPosition(each?.anchor) && isPosition(each?.head));
}

/**
 * Moves the selections in a presence value.
 *
 * @param {any} value
 * @param {import('./text-operation.js').TextOperation} operation
 * @param {Authorship} authorship
 * @returns {any} the value itself when it has no selections or the operation changes nothing
 */
export function moveValue(value, operation, authorship) {
  const selections = selectionsOf(value);
  if (selections.length === 0 || operation.length === 0) return value;
  return {
    ...value,
    selections: selections.map((each) => moveSelection(each, operation, authorship)),
  };
}

/**
 * Brings the selections in a presence value into a text, where a cursor may stand: what is behind
 * its end or inside a surrogate pair moves to the place in front.
 *
 * @param {any} value
 * @param {string} text
 * @returns {any} the value itself when it has no selections
 */
export function clampValue(value, text) {
  const selections = selectionsOf(value);
  if (selections.length === 0) return value;
  const clamp = (position) => {
    const place = Math.min(position, text.length);
    return cutsPair(text, place) ? place - 1 : place;
  };
  return {
    ...value,
    selections: selections.map((each) => ({
      ...each,
      anchor: clamp(each.anchor),
      head: clamp(each.head),
    })),
  };
}
