/** What the panel makes of the server's sums. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { numbersOf } from '../../main/resources/web/server-numbers.js';

const STATUS = {
  connections: 3,
  documents: 2,
  queuedFrames: 0,
  memory: 2048,
  commits: 10,
  commitMillis: 50,
};

const byKey = (numbers) => Object.fromEntries(numbers.map(({ key, value }) => [key, value]));

test('firstAnswer_showsWhatIsSoAndTheMeanOfAll', () => {
  assert.deepEqual(byKey(numbersOf({ status: STATUS, at: 0 }, null)), {
    connections: 3,
    documents: 2,
    rate: null,
    latency: 5,
    queued: 0,
    memory: 2,
  });
});

test('laterAnswer_showsWhatHasGrownSince', () => {
  const status = { ...STATUS, commits: 14, commitMillis: 58 };
  const { rate, latency } = byKey(numbersOf({ status, at: 2500 }, { status: STATUS, at: 500 }));
  assert.deepEqual([rate, latency], [2, 2]);
});

test('silence_keepsTheMeanOfAll', () => {
  const { rate, latency } = byKey(
    numbersOf({ status: STATUS, at: 2000 }, { status: STATUS, at: 0 }),
  );
  assert.deepEqual([rate, latency], [0, 5]);
});

test('serverThatWasRestarted_countsFromZero', () => {
  const status = { ...STATUS, commits: 4, commitMillis: 8 };
  const { rate, latency } = byKey(numbersOf({ status, at: 2000 }, { status: STATUS, at: 0 }));
  assert.deepEqual([rate, latency], [2, 2]);
});

test('numbersThatTheServerDoesNotTell_areLeftOut', () => {
  assert.deepEqual(numbersOf({ status: { connections: 1 }, at: 0 }, null), [
    { key: 'connections', label: 'Connections', value: 1, unit: '' },
  ]);
});
