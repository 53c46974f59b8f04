import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import * as ot from '../../main/resources/web/text-operation.js';
import { Chance, randomOperation } from './random.js';

const ALPHABET = ['a', 'b', '\n', 'é', '漢', '😀'];

function vectors() {
  const golden = new URL(
    '../../../../collab-core/src/test/resources/golden/text/ot-text.jsonl',
    import.meta.url,
  );
  const file = process.env.COLLAB_TEXT_VECTORS ?? golden;
  assert.ok(existsSync(file), `the vectors are missing: ${file}`);
  const content = readFileSync(file, 'utf8');
  return content.startsWith('{"note"')
    ? JSON.parse(content).rows
    : content
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
}

/** A text and random operations: two made on it, one that follows the first. */
function* randomCases(count) {
  for (let seed = 0; seed < count; seed++) {
    const chance = new Chance(seed);
    const text = Array.from({ length: chance.below(8) }, () => chance.of(ALPHABET)).join('');
    const a = ot.normalize(randomOperation(chance, text, ALPHABET));
    const b = ot.normalize(randomOperation(chance, text, ALPHABET));
    const c = ot.normalize(randomOperation(chance, ot.apply(text, a), ALPHABET));
    yield { seed, text, a, b, c };
  }
}

test('vectors_ofOtText_agree', () => {
  const rows = vectors();
  assert.equal(rows.length, 2000);
  rows.forEach(([text, a, b, c, applied, left, right, composed], index) => {
    const row = `row ${index}`;
    assert.equal(ot.apply(text, a), applied, row);
    assert.deepEqual(ot.transform(a, b, 'left'), left, row);
    assert.deepEqual(ot.transform(a, b, 'right'), right, row);
    assert.deepEqual(ot.compose(a, c), composed, row);
  });
});

test('transform_ofConcurrentOperations_converges', () => {
  for (const { seed, text, a, b } of randomCases(20_000)) {
    const aFirst = ot.apply(ot.apply(text, a), ot.transform(b, a, 'right'));
    const bFirst = ot.apply(ot.apply(text, b), ot.transform(a, b, 'left'));
    assert.equal(aFirst, bFirst, `seed ${seed}`);
  }
});

test('compose_ofTwo_equalsBothInTurn', () => {
  for (const { seed, text, a, c } of randomCases(20_000)) {
    const composed = ot.compose(a, c);
    ot.check(composed);
    assert.equal(ot.apply(text, composed), ot.apply(ot.apply(text, a), c), `seed ${seed}`);
  }
});

test('compose_beforeTransform_isNotTheSameAsTransformInTurn', () => {
  const operation = [1, 'y'];
  const [first, second] = [[{ d: 1 }], ['x']];
  const inTurn = ot.transform(ot.transform(operation, first, 'left'), second, 'left');
  assert.deepEqual(inTurn, ['y']);
  assert.deepEqual(ot.transform(operation, ot.compose(first, second), 'left'), [1, 'y']);
});

test('invert_restoresTheText', () => {
  for (const { seed, text, a } of randomCases(20_000)) {
    assert.equal(ot.apply(ot.apply(text, a), ot.invert(a, text)), text, `seed ${seed}`);
  }
});

test('results_areCanonicalAndArgumentsUnchanged', () => {
  for (const { text, a, b, c } of randomCases(2_000)) {
    const before = JSON.stringify([a, b, c]);
    for (const side of ['left', 'right']) ot.check(ot.transform(a, b, side));
    const inverse = ot.invert(a, text);
    ot.check(inverse);
    assert.deepEqual(ot.normalize(inverse), inverse);
    assert.equal(JSON.stringify([a, b, c]), before);
  }
});

test('transformPosition_followsTheRulesOfOtText', () => {
  const cases = [
    [0, ['x'], 0],
    [1, [1, 'x'], 1],
    [2, [1, 'xy'], 4],
    [3, [1, { d: 4 }], 1],
    [5, [1, { d: 2 }, 'zz'], 5],
    [1, [{ d: 1 }, 'ab'], 0],
  ];
  for (const [position, operation, expected] of cases) {
    assert.equal(ot.transformPosition(position, operation), expected, JSON.stringify(operation));
  }
});

test('changes_thereAndBack_haveTheSameEffect', () => {
  for (const { seed, text, a } of randomCases(5_000)) {
    const changes = ot.toChanges(a);
    assert.equal(ot.apply(text, ot.fromChanges(changes)), ot.apply(text, a), `seed ${seed}`);
    changes
      .slice(1)
      .forEach(({ from }, index) => assert.ok(from > changes[index].to, `seed ${seed}`));
  }
});

test('fromChanges_outOfOrder_throws', () => {
  const changes = [
    { from: 3, to: 4, insert: '' },
    { from: 1, to: 1, insert: 'x' },
  ];
  assert.throws(() => ot.fromChanges(changes), RangeError);
});

test('check_ofMalformedOperations_throws', () => {
  const malformed = [
    null,
    'x',
    [0],
    [-1, 'x'],
    [1.5, 'x'],
    [''],
    [{ d: 0 }],
    [{ d: '1' }],
    [{}],
    [null],
    [1, 2, 'x'],
    [2],
  ];
  for (const operation of malformed) {
    assert.throws(() => ot.check(operation), RangeError, JSON.stringify(operation));
  }
  for (const operation of [[], ['a', 'b'], [{ d: 1 }, { d: 2 }], [1, 'x', { d: 1 }]])
    ot.check(operation);
});

test('apply_pastTheEnd_throws', () => {
  assert.throws(() => ot.apply('abc', [4, 'x']), /position 4 of a text of length 3/);
  assert.throws(() => ot.apply('abc', [2, { d: 2 }]), RangeError);
  assert.throws(() => ot.invert([2, { d: 2 }], 'abc'), RangeError);
});
