/** What the page shows of people and chats, apart from the elements that show it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { itemsOf } from '../../main/resources/web/chat-groups.js';
import { PALETTE, colorOf, initials, inkOn, isColor } from '../../main/resources/web/colors.js';
import { peopleIn } from '../../main/resources/web/people.js';

const NOW = 1_000_000_000;
const SELF = { id: 'ada', name: 'Ada', color: '#d1495b', isAway: false };
const BOB = { id: 'bob', name: 'Bob' };

const other = (user, more = {}) => ({
  src: `client of ${user?.id}`,
  user,
  value: { selections: [] },
  status: 'active',
  lastActive: NOW,
  lastEdit: null,
  ...more,
});

test('people_areOneselfFirstThenTheOthersByName', () => {
  const people = peopleIn(
    [other({ id: 'z', name: 'Zoe' }), other(BOB), other(SELF), other(null)],
    SELF,
    [],
    NOW,
  );
  assert.deepEqual(
    people.map(({ user, isSelf }) => [user.name, isSelf]),
    [
      ['Ada', true],
      ['Bob', false],
      ['Guest', false],
      ['Zoe', false],
    ],
  );
});

test('person_withSeveralWindows_isShownOnceAsInTheLivelyOne', () => {
  const cursor = (head) => ({ value: { selections: [{ anchor: head, head }] } });
  const people = peopleIn(
    [
      other(BOB, { status: 'away', lastActive: NOW - 10, ...cursor(1) }),
      other(BOB, { status: 'active', lastActive: NOW - 99_000, ...cursor(2) }),
      other(BOB, { status: 'idle', ...cursor(3) }),
    ],
    SELF,
    [],
    NOW,
  );
  assert.deepEqual([people.length, people[1].status, people[1].position], [2, 'active', 2]);
});

test('activity_saysWhatThePersonDoes', () => {
  const activity = (more, typing = []) => peopleIn([other(BOB, more)], SELF, typing, NOW)[1];
  assert.equal(activity({}).activity, 'active');
  assert.equal(activity({ lastEdit: NOW - 2999 }).activity, 'editing');
  assert.equal(activity({ lastEdit: NOW - 3000 }).activity, 'active');
  assert.equal(activity({ status: 'idle', lastActive: NOW - 59_000 }).activity, 'idle');
  assert.equal(activity({ status: 'idle', lastActive: NOW - 60_000 }).activity, 'idle for 1 min');
  assert.equal(activity({ status: 'away', lastActive: NOW - 8e6 }).activity, 'away for 2 h');
  const writing = activity({ status: 'idle', lastEdit: NOW }, [BOB]);
  assert.deepEqual([writing.activity, writing.status], ['writing a message…', 'active']);
});

const message = (id, user, t, more = {}) => ({ id, user, t, text: `text ${id}`, ...more });
const layout = (messages, { pending = [], members = [] } = {}) =>
  itemsOf({ messages, pending, members, self: SELF });

test('chat_groupsWhatOneAuthorSaysInAShortTime', () => {
  const noon = new Date(2020, 5, 5, 12).getTime();
  const items = layout([
    message(1, BOB, noon),
    message(2, BOB, noon + 299_999),
    message(3, BOB, noon + 2 * 299_999 + 1),
    message(4, SELF, noon + 600_000),
    message(5, SELF, noon + 24 * 3_600_000),
  ]);
  assert.deepEqual(
    items.map(({ kind, isContinued, isOwn }) => [kind, isContinued, isOwn]),
    [
      ['day', undefined, undefined],
      ['message', false, false],
      ['message', true, false],
      ['message', false, false],
      ['message', false, true],
      ['day', undefined, undefined],
      ['message', false, true],
    ],
  );
  assert.equal(new Set(items.map(({ key }) => key)).size, items.length);
});

test('chat_showsWhatIsNotSentYetAtTheEnd', () => {
  const pending = [{ post: { text: 'one' } }, { join: true }, { post: { text: 'two' } }];
  const items = layout([message(1, BOB, 0)], { pending });
  assert.deepEqual(
    items.slice(2).map(({ text, isContinued }) => [text, isContinued]),
    [
      ['one', false],
      ['two', true],
    ],
  );
});

test('chat_showsReadersAtTheLastMessageTheyHaveRead', () => {
  const member = (user, read) => ({ user, joined: 0, read });
  const carol = { id: 'carol', name: 'Carol' };
  const dave = { id: 'dave', name: 'Dave' };
  const messages = [message(2, SELF, 0), message(5, SELF, 1), message(6, BOB, 2)];
  const members = [member(SELF, 6), member(BOB, 6), member(carol, 5), member(dave, 1)];
  const readers = layout(messages, { members }).filter(({ kind }) => kind === 'readers');
  assert.deepEqual(readers, [{ kind: 'readers', key: 'readers 5', users: [carol] }]);
});

test('color_ofSomebody_isNeverAnythingElse', () => {
  for (const color of ['#abc', '#A1b2C3']) assert.ok(isColor(color));
  for (const color of ['red', '#ab', '#abcd', 'url(x)', '#12345g', 7, null, undefined, '#abc;']) {
    assert.ok(!isColor(color), `${color}`);
    assert.ok(PALETTE.includes(colorOf({ id: 'x', color })));
  }
  assert.equal(colorOf({ id: 'x' }), colorOf({ id: 'x', color: 'url(x)' }));
  assert.ok(PALETTE.includes(colorOf(null)));
});

test('ink_isReadOnEachColor', () => {
  assert.deepEqual(['#fff', '#ffff00', '#000', '#2f6fd0'].map(inkOn), [
    '#000000',
    '#000000',
    '#ffffff',
    '#ffffff',
  ]);
});

test('initials_standForAnyName', () => {
  const cases = {
    Ada: 'A',
    'Ada Byron Lovelace': 'AL',
    ' élan ': 'É',
    '<img src=x>': 'IX',
    '😀': '😀',
    '王 小明': '王小',
    '': '?',
  };
  for (const [name, expected] of Object.entries(cases)) assert.equal(initials(name), expected);
});
