/**
 * Waiting times that double from one failure to the next, spread at random so that many clients
 * do not return in the same moment.
 */
export class BackOff {
  #shortest;
  #longest;
  #random;
  #failures = 0;

  /**
   * @param {{shortest?: number, longest?: number, random?: () => number}} [options]
   *     `shortest` and `longest` in milliseconds; `random` returns numbers in [0, 1)
   */
  constructor({ shortest = 300, longest = 15_000, random = Math.random } = {}) {
    this.#shortest = shortest;
    this.#longest = longest;
    this.#random = random;
  }

  /** @returns {number} how long to wait after one more failure, in milliseconds */
  next() {
    const most = Math.min(this.#longest, this.#shortest * 2 ** this.#failures++);
    return most * (0.5 + this.#random() / 2);
  }

  /** Starts again from the shortest time. */
  reset() {
    this.#failures = 0;
  }
}
