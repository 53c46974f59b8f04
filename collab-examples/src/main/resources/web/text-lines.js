/**
 * The lines of a text. Lines and columns are counted from 0; lines end at "\n"; columns and offsets
 * count UTF-16 code units, as JavaScript's strings and the server do.
 *
 * @typedef {{line: number, column: number}} TextPosition
 */
export class TextLines {
  text;
  #starts = [0];

  /** @param {string} text  looked through once */
  constructor(text) {
    this.text = text;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      this.#starts.push(end + 1);
    }
  }

  /** One more than there are "\n". */
  get count() {
    return this.#starts.length;
  }

  /**
   * Takes O(log n) in the number of lines.
   *
   * @param {number} offset
   * @returns {TextPosition}
   * @throws {RangeError} when the offset is not in the text
   */
  positionAt(offset) {
    if (!Number.isInteger(offset) || offset < 0 || offset > this.text.length) {
      throw new RangeError(`offset ${offset} is outside 0..${this.text.length}`);
    }
    let line = 0;
    for (let behind = this.count; behind - line > 1; ) {
      const middle = (line + behind) >> 1;
      if (this.#starts[middle] <= offset) line = middle;
      else behind = middle;
    }
    return { line, column: offset - this.#starts[line] };
  }

  /**
   * @param {TextPosition} position
   * @returns {number} its offset
   * @throws {RangeError} when there is no such line or it is shorter than the column
   */
  offsetAt({ line, column }) {
    if (!Number.isInteger(line) || line < 0 || line >= this.count) {
      throw new RangeError(`line ${line} is outside 0..${this.count - 1}`);
    }
    const start = this.#starts[line];
    const isLast = line === this.count - 1;
    const length = (isLast ? this.text.length : this.#starts[line + 1] - 1) - start;
    if (!Number.isInteger(column) || column < 0 || column > length) {
      throw new RangeError(`column ${column} is outside 0..${length}`);
    }
    return start + column;
  }
}
