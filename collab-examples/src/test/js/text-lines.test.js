/** Offsets as lines and columns, and back. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { TextLines } from '../../main/resources/web/text-lines.js';
import { Chance } from './random.js';

test('position_ofEveryOffset_isWhatCountingGives_andLeadsBack', () => {
  const chance = new Chance(3);
  for (let round = 0; round < 300; round++) {
    let text = '';
    for (let i = chance.below(12); i > 0; i--) text += chance.of(['a', '\n', '\n', '\r', '😀']);
    const lines = new TextLines(text);
    assert.equal(lines.count, text.split('\n').length);
    for (let offset = 0; offset <= text.length; offset++) {
      const before = text.slice(0, offset).split('\n');
      const expected = { line: before.length - 1, column: before.at(-1).length };
      assert.deepEqual(lines.positionAt(offset), expected, JSON.stringify(text));
      assert.equal(lines.offsetAt(expected), offset);
    }
  }
});

test('position_outside_isRefused', () => {
  const lines = new TextLines('ab\nc');
  for (const offset of [-1, 5, 0.5, NaN]) {
    assert.throws(() => lines.positionAt(offset), RangeError);
  }
  for (const [line, column] of [[-1, 0], [2, 0], [0, 3], [1, 2], [0, -1], [0.5, 0]]) {
    assert.throws(() => lines.offsetAt({ line, column }), RangeError);
  }
});
