/**
 * A small generator of random numbers with a seed.
 *
 * @param {number} seed
 * @returns {() => number} numbers in [0, 1)
 */
export function randomFrom(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random choices on top of a generator. */
export class Chance {
  constructor(seed) {
    this.random = randomFrom(seed);
  }

  /** @returns {number} an integer in [0, bound) */
  below(bound) {
    return Math.floor(this.random() * bound);
  }

  /** @returns {boolean} true with this probability */
  happens(probability) {
    return this.random() < probability;
  }

  of(values) {
    return values[this.below(values.length)];
  }
}

/** @returns {import('../../main/resources/web/text-operation.js').TextOperation} a random operation on a text */
export function randomOperation(chance, text, alphabet) {
  const components = [];
  let position = 0;
  while (chance.happens(0.7)) {
    const length = Math.min(1 + chance.below(4), text.length - position);
    const kind = chance.below(3);
    if (kind === 0) {
      components.push(
        Array.from({ length: 1 + chance.below(3) }, () => chance.of(alphabet)).join(''),
      );
    } else if (length > 0) {
      components.push(kind === 1 ? length : { d: length });
      position += length;
    }
  }
  return components;
}
