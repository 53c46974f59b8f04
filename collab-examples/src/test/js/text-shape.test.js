import assert from 'node:assert/strict';
import test from 'node:test';
import { apply, check, normalize, toChanges } from '../../main/resources/web/text-operation.js';
import { diff, keepPairsWhole, split, weightOf } from '../../main/resources/web/text-shape.js';
import { Chance, randomOperation } from './random.js';

const ALPHABET = ['a', 'b', '\n', '😀', '😁', '🀀'];

const randomText = (chance, length) =>
  Array.from({ length: chance.below(length) }, () => chance.of(ALPHABET)).join('');

const cutsNothing = (text, operation) =>
  toChanges(operation).every(({ from, to, insert }) =>
    [insert, text.slice(0, from), text.slice(from, to), text.slice(to)].every(
      (part) => !/\p{Surrogate}/u.test(part),
    ),
  );

test('diff_ofAnyTwoTexts_leadsFromOneToTheOther', () => {
  for (let seed = 0; seed < 20_000; seed++) {
    const chance = new Chance(seed);
    const [before, after] = [randomText(chance, 8), randomText(chance, 8)];
    const operation = diff(before, after);
    check(operation);
    assert.equal(apply(before, operation), after, `seed ${seed}`);
    assert.ok(cutsNothing(before, operation), `seed ${seed}`);
  }
  assert.deepEqual(diff('same', 'same'), []);
});

test('diff_ofTwoEmojiWithOneHalfInCommon_replacesTheWhole', () => {
  assert.deepEqual(diff('x😀', 'x😁'), [1, '😁', { d: 2 }]);
  assert.deepEqual(diff('😀', '🀀'), ['🀀', { d: 2 }]);
});

test('keepPairsWhole_ofAnyOperation_hasTheSameEffectOrThrows', () => {
  let widened = 0;
  for (let seed = 0; seed < 20_000; seed++) {
    const chance = new Chance(seed);
    const text = randomText(chance, 8);
    const operation = normalize(randomOperation(chance, text, ['a', '\ud83d', '\ude00', '😀']));
    const expected = apply(text, operation);
    if (/\p{Surrogate}/u.test(expected)) continue;
    try {
      const whole = keepPairsWhole(operation, text);
      if (whole !== operation) widened++;
      assert.equal(apply(text, whole), expected, `seed ${seed}`);
      assert.ok(cutsNothing(text, whole), `seed ${seed}`);
    } catch (error) {
      // Halves inserted apart from each other may meet only in the result.
      assert.ok(error instanceof RangeError, `seed ${seed}: ${error.stack}`);
    }
  }
  assert.ok(widened > 100);
});

test('keepPairsWhole_leavingHalfAPair_throws', () => {
  assert.throws(() => keepPairsWhole([1, { d: 1 }], '😀'), RangeError);
  assert.throws(() => keepPairsWhole([1, 'x'], '😀'), RangeError);
  assert.throws(() => keepPairsWhole(['\ud83d'], 'abc'), RangeError);
  assert.deepEqual(keepPairsWhole([1, '\ude01', { d: 1 }], '😀'), ['😁', { d: 2 }]);
});

test('split_ofLargeOperations_givesPiecesWithinTheLimitAndTheSameEffect', () => {
  for (let seed = 0; seed < 500; seed++) {
    const chance = new Chance(seed);
    const text = randomText(chance, 400);
    const alphabet = ALPHABET.map((character) => character.repeat(1 + chance.below(200)));
    const operation = keepWhole(randomOperation(chance, text, alphabet), text);
    const limit = chance.of([128, 129, 300, 1000]);
    const pieces = split(operation, limit);
    let result = text;
    for (const piece of pieces) {
      check(piece);
      assert.ok(weightOf(piece) <= limit, `seed ${seed}`);
      assert.ok(cutsNothing(result, piece), `seed ${seed}`);
      result = apply(result, piece);
    }
    assert.equal(result, apply(text, operation), `seed ${seed}`);
  }
});

/** The operation, or another one where it leaves half a pair. */
function keepWhole(components, text) {
  try {
    return keepPairsWhole(normalize(components), text);
  } catch {
    return ['😀'.repeat(1000)];
  }
}

test('weightOf_countsInsertedUnitsAndComponents', () => {
  assert.equal(weightOf([]), 0);
  assert.equal(weightOf([1, '😀é', { d: 5 }]), 3 * 24 + 3);
});
