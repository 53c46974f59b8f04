/** Who has left stays in the list for a while. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Departed } from '../../main/resources/web/departed.js';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

const person = (key) => ({ key, user: { id: key, name: key }, status: 'active', position: 7 });
const [ADA, BOB, EVE] = ['ada', 'bob', 'eve'].map(person);

const shown = (people) => people.map(({ key, activity = 'here' }) => `${key} ${activity}`);

test('whoLeaves_isShownBehindTheOthersWithTheTimeSince', () => {
  const departed = new Departed();
  departed.follow([ADA, BOB, EVE], NOW);
  assert.deepEqual(shown(departed.follow([ADA, EVE], NOW)), [
    'ada here',
    'eve here',
    'bob left just now',
  ]);
  assert.deepEqual(shown(departed.follow([ADA], NOW + 3 * MINUTE)), [
    'ada here',
    'eve left just now',
    'bob left 3 min ago',
  ]);
  const [, eve] = departed.follow([ADA], NOW + 3 * MINUTE);
  assert.deepEqual([eve.status, eve.position], ['gone', null]);
});

test('whoComesBack_isShownOnce', () => {
  const departed = new Departed();
  departed.follow([ADA, BOB], NOW);
  departed.follow([ADA], NOW);
  assert.deepEqual(departed.follow([ADA, BOB], NOW + 1), [ADA, BOB]);
});

test('whoLeftLongAgo_isForgotten', () => {
  const departed = new Departed();
  departed.follow([ADA, BOB], NOW);
  assert.equal(departed.follow([ADA], NOW).length, 2);
  assert.equal(departed.follow([ADA], NOW + 10 * MINUTE).length, 2);
  assert.equal(departed.follow([ADA], NOW + 10 * MINUTE + 1).length, 1);
});

test('manyWhoLeft_areTheLastFive', () => {
  const departed = new Departed();
  const many = Array.from({ length: 8 }, (_, index) => person(`p${index}`));
  many.forEach((_, index) => departed.follow(many.slice(index), NOW + index));
  const left = departed.follow([], NOW + many.length);
  assert.deepEqual(
    left.map(({ key }) => key),
    ['p7', 'p6', 'p5', 'p4', 'p3'],
  );
});
