/** How cursors and selections move. The first cases are those of the Java implementation's tests. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { clampValue, moveSelection, moveValue } from '../../main/resources/web/selections.js';
import { apply } from '../../main/resources/web/text-operation.js';
import { Chance, randomOperation } from './random.js';

const move = (anchor, head, operation, authorship) => {
  const moved = moveSelection({ anchor, head }, operation, authorship);
  return [moved.anchor, moved.head];
};

test('insertion_movesByAuthorship', () => {
  // [anchor, head], insertion at, own, foreign
  const cases = [
    [[2, 2], 2, [5, 5], [2, 2]],
    [[2, 2], 1, [5, 5], [5, 5]],
    [[2, 2], 3, [2, 2], [2, 2]],
    [[2, 4], 2, [5, 7], [5, 7]],
    [[2, 4], 4, [2, 7], [2, 4]],
    [[4, 2], 4, [7, 2], [4, 2]],
    [[4, 2], 2, [7, 5], [7, 5]],
    [[2, 4], 3, [2, 7], [2, 7]],
  ];
  for (const [[anchor, head], at, own, foreign] of cases) {
    const insertion = [at, 'xyz'];
    assert.deepEqual(move(anchor, head, insertion, 'own'), own, `${anchor},${head} own`);
    assert.deepEqual(move(anchor, head, insertion, 'foreign'), foreign, `${anchor},${head}`);
  }
});

test('deletion_aroundTheSelection_collapsesIt', () => {
  assert.deepEqual(move(2, 4, [1, { d: 5 }], 'foreign'), [1, 1]);
  assert.deepEqual(move(4, 2, [1, { d: 5 }], 'own'), [1, 1]);
});

test('replacement_ofTheSelection_putsTheOwnCursorBehindIt', () => {
  assert.deepEqual(move(2, 4, [2, 'xyz', { d: 2 }], 'own'), [5, 5]);
  assert.deepEqual(move(3, 3, [2, { d: 2 }, 'xyz'], 'own'), [5, 5]);
  assert.deepEqual(move(3, 3, [2, { d: 2 }, 'xyz'], 'foreign'), [2, 2]);
});

test('selections_ofAnyOperation_stayInTheTextAndInOrder', () => {
  const chance = new Chance(7);
  for (let round = 0; round < 2000; round++) {
    const text = 'abcdefgh'.slice(0, chance.below(9));
    const operation = randomOperation(chance, text, ['x', 'yz']);
    const length = apply(text, operation).length;
    const from = chance.below(text.length + 1);
    const to = from + chance.below(text.length - from + 1);
    const authorship = chance.of(['own', 'foreign']);
    const [start, end] = move(from, to, operation, authorship);
    assert.ok(0 <= start && start <= end && end <= length, JSON.stringify([text, operation]));
    assert.deepEqual(move(to, from, operation, authorship), [end, start]);
  }
});

test('value_keepsWhatIsTheApplications', () => {
  const value = { color: 'red', selections: [{ anchor: 2, head: 9, note: 'x' }] };
  assert.deepEqual(moveValue(value, ['ab'], 'foreign'), {
    color: 'red',
    selections: [{ anchor: 4, head: 11, note: 'x' }],
  });
  assert.deepEqual(clampValue(value, 'abcde').selections, [{ anchor: 2, head: 5, note: 'x' }]);
});

test('clamp_insideASurrogatePair_movesInFrontOfIt', () => {
  const value = { selections: [{ anchor: 1, head: 2 }] };
  assert.deepEqual(clampValue(value, '😀').selections, [{ anchor: 0, head: 2 }]);
});

test('selections_ofTheVectors_moveAsTheServerMovesThem', () => {
  const file = new URL(
    '../../../../collab-core/src/test/resources/golden/selection/move.jsonl',
    import.meta.url,
  );
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.ok(rows.length > 900);
  for (const row of rows) {
    const [, operation, selections, own, foreign] = JSON.parse(row);
    const moved = (authorship) =>
      selections.map(([anchor, head]) => move(anchor, head, operation, authorship));
    assert.deepEqual(moved('own'), own, row);
    assert.deepEqual(moved('foreign'), foreign, row);
  }
});

test('value_ofAnyForm_isLeftAlone', () => {
  for (const value of [
    null,
    undefined,
    'text',
    7,
    [],
    { selections: 'x' },
    { selections: [null, { anchor: -1, head: 0 }, { anchor: 0.5, head: 1 }, { head: 3 }] },
  ]) {
    assert.equal(moveValue(value, ['ab'], 'own'), value);
    assert.equal(clampValue(value, ''), value);
  }
});
