/** What people show each other, against a server played by the test. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { TEXT_TYPE } from '../../main/resources/web/text-operation.js';
import { opened, snapshot, Stage } from './stage.js';

const EXTENDED = { collab: 1, limits: { operation: 1000, frame: 100_000 } };
const OWN_ID = '0';
const cursor = (head, anchor = head) => ({ selections: [{ anchor, head }] });

/** What the server sends of somebody in document `d`. */
const shown = (p, v, more = {}) => {
  const where = { c: 'c', d: 'd', v, t: TEXT_TYPE };
  return { a: 'p', ch: 'c.d', src: 'bob', id: 'b', p, pv: 0, ...where, ...more };
};

const operation = (v, op, src = 'other') => ({ a: 'op', c: 'c', d: 'd', v, src, seq: v, op });

/** A stage with document `d` open at revision 1 and its presence subscribed. */
function present(content = 'abcdef', presences = []) {
  const { stage, text } = opened(content, EXTENDED);
  const { presence } = text;
  stage.receive({ a: 'ps', ch: 'c.d', seq: 1, presences });
  stage.takeSent();
  let changes = 0;
  presence.on('change', () => changes++);
  presence.on('error', (event) => stage.events.push(['presence error', event]));
  const takeChanges = () => {
    const taken = changes;
    changes = 0;
    return taken;
  };
  return { stage, text, presence, takeChanges };
}

/** Runs past the time for which further updates are held back. */
const settle = (stage) => stage.clock.runUntil(stage.clock.now + 1000);

test('presence_whenFirstAskedFor_subscribesToTheChannelOfTheText', () => {
  const { stage, text } = opened('abc', EXTENDED);
  assert.deepEqual(stage.takeSent(), []);
  assert.equal(text.presence, text.presence);
  assert.deepEqual(stage.takeSent(), [{ a: 'ps', ch: 'c.d', seq: 1, c: 'c', d: 'd' }]);
});

test('presence_withoutTheExtension_subscribesAsShareDbDoes', () => {
  const { stage, text } = opened();
  text.presence.set(cursor(2));
  stage.client.isAway = true;
  settle(stage);
  const update = { a: 'p', ch: 'c.d', id: OWN_ID, c: 'c', d: 'd', v: 1, t: TEXT_TYPE };
  assert.deepEqual(stage.takeSent().slice(0, 2), [
    { a: 'ps', ch: 'c.d', seq: 1 },
    { ...update, p: cursor(2), pv: 0 },
  ]);
  assert.deepEqual(text.presence.others, []);
  stage.receive(shown(cursor(1), 1));
  assert.deepEqual(text.presence.others[0].value, cursor(1));
  stage.receive({ a: 'pr', ch: 'c.d' });
  const [again] = stage.takeSent().filter(({ a }) => a === 'p');
  assert.ok(again.pv > 0);
  assert.equal(again.away, undefined);
});

test('set_sendsTheNewestAtMostEachTenthOfASecond', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  presence.set(cursor(2));
  presence.set(cursor(3));
  const update = { a: 'p', ch: 'c.d', id: OWN_ID, c: 'c', d: 'd', v: 1, t: TEXT_TYPE };
  assert.deepEqual(stage.takeSent(), [{ ...update, p: cursor(1), pv: 0 }]);
  stage.clock.runUntil(99);
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(100);
  assert.deepEqual(stage.takeSent(), [{ ...update, p: cursor(3), pv: 1 }]);
  presence.set(cursor(3));
  settle(stage);
  assert.deepEqual(stage.takeSent(), [], 'nothing new');
});

test('set_whileEditsArePending_waitsForTheirAcknowledgement', () => {
  const { stage, text, presence } = present();
  text.edit(['x']);
  const [sent] = stage.takeSent();
  presence.set(cursor(4));
  settle(stage);
  stage.receive(operation(1, ['yy']));
  assert.deepEqual(stage.takeSent(), []);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 2, src: 'me', seq: sent.seq });
  const [update] = stage.takeSent();
  assert.deepEqual([update.a, update.p, update.v], ['p', cursor(6), 3]);
});

test('edit_behindAMoveOfTheCursor_letsTheCursorGoFirst', () => {
  const { stage, text, presence } = present();
  presence.set(cursor(1));
  presence.set(cursor(5));
  text.edit([5, 'x']);
  presence.set(cursor(6));
  assert.deepEqual(
    stage.takeSent().map(({ a, p, op }) => [a, p ?? op]),
    [
      ['p', cursor(1)],
      ['p', cursor(5)],
      ['op', [5, 'x']],
    ],
  );
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1 });
  settle(stage);
  assert.deepEqual(stage.takeSent(), [], 'everybody moves the cursor along with the edit');
});

test('clear_showsNothing', () => {
  const { stage, presence } = present();
  presence.clear();
  presence.set(cursor(1));
  presence.clear();
  settle(stage);
  assert.deepEqual(
    stage.takeSent().map(({ p, pv }) => [p, pv]),
    [
      [cursor(1), 0],
      [null, 1],
    ],
  );
  presence.set(cursor(2));
  assert.equal(stage.takeSent()[0].pv, 2);
});

test('others_ofTheAnswer_areThoseThatAreThere', () => {
  const user = { id: 'u2', name: 'Bob', color: '#123456' };
  const { a, ...frame } = shown(cursor(2), 1, { user, status: 'idle', idle: 5000 });
  const { stage, presence } = present('abcdef', [frame]);
  const [other] = presence.others;
  assert.deepEqual(
    [other.user, other.status, other.lastActive, other.value],
    [user, 'idle', -5000, cursor(2)],
  );
  stage.socket.onclose();
  assert.equal(presence.others.length, 1, 'for a while they are as they were');
  stage.clock.runUntil(stage.clock.now + 20_000);
  stage.accept(EXTENDED);
  stage.receive({ a: 's', c: 'c', d: 'd' }, { a: 'ps', ch: 'c.d', seq: 2, presences: [] });
  assert.deepEqual(presence.others, []);
});

test('others_moveOverCommittedEntriesByAuthorship', () => {
  const { stage, presence } = present();
  stage.receive(shown(cursor(2), 1));
  stage.receive(operation(1, [2, 'x'], 'bob'));
  assert.deepEqual(presence.others[0].value, cursor(3));
  stage.receive(operation(2, [3, 'y'], 'carol'));
  assert.deepEqual(presence.others[0].value, cursor(3));
  stage.receive(operation(3, [{ d: 2 }], 'carol'));
  assert.deepEqual(presence.others[0].value, cursor(1));
});

test('others_areShownBehindPendingEdits', () => {
  const { stage, text, presence } = present();
  stage.receive(shown(cursor(2), 1));
  text.edit(['xx']);
  text.edit([4, 'y']);
  assert.deepEqual(presence.others[0].value, cursor(4));
  stage.receive(shown(cursor(3), 1, { pv: 1 }));
  assert.deepEqual(presence.others[0].value, cursor(6));
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1 });
  assert.deepEqual(presence.others[0].value, cursor(6));
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 2, src: 'me', seq: 2 });
  assert.deepEqual(presence.others[0].value, cursor(6));
});

test('others_fromALaterRevision_waitForIt', () => {
  const { stage, presence, takeChanges } = present();
  stage.receive(shown(cursor(2), 1));
  assert.equal(takeChanges(), 1);
  stage.receive(shown(cursor(7), 2, { pv: 1 }));
  assert.deepEqual([takeChanges(), presence.others[0].value], [0, cursor(2)]);
  stage.receive(operation(1, ['x']));
  assert.deepEqual([takeChanges(), presence.others[0].value], [1, cursor(7)]);
});

test('others_outsideTheText_areAtItsEnd', () => {
  const { stage, presence } = present('abc');
  stage.receive(shown(cursor(99, 1), 1));
  assert.deepEqual(presence.others[0].value, cursor(3, 1));
});

test('update_olderThanTheLast_isIgnored', () => {
  const { stage, presence, takeChanges } = present();
  stage.receive(shown(cursor(2), 1, { pv: 5 }), shown(cursor(1), 1, { pv: 4 }));
  assert.deepEqual([takeChanges(), presence.others[0].value], [1, cursor(2)]);
  stage.receive(shown(null, 1, { pv: 6 }));
  assert.deepEqual([takeChanges(), presence.others], [1, []]);
});

test('update_ofTwoClientsWithTheSameId_areTwo', () => {
  const { stage, presence } = present();
  stage.receive(shown(cursor(2), 1), shown(cursor(1), 1, { src: 'carol' }));
  assert.equal(presence.others.length, 2);
  assert.equal(new Set(presence.others.map(({ key }) => key)).size, 2);
});

test('hold_keepsPresenceInOrderWithTheText', () => {
  const { stage, text, presence } = present();
  text.hold();
  stage.receive(operation(1, ['xx']), shown(cursor(4), 2));
  assert.deepEqual(presence.others, []);
  text.resume();
  assert.deepEqual(presence.others[0].value, cursor(4));
});

test('away_isToldWithWhatIsShown', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  settle(stage);
  stage.client.isAway = true;
  settle(stage);
  stage.client.isAway = false;
  settle(stage);
  assert.deepEqual(
    stage.takeSent().map(({ away, pv }) => [away, pv]),
    [
      [undefined, 0],
      [true, 1],
      [undefined, 2],
    ],
  );
});

test('reconnect_showsEverythingAgainWithALaterVersion', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  presence.set(cursor(2), 'second');
  settle(stage);
  const before = stage.takeSent().map(({ pv }) => pv);
  stage.lose();
  presence.set(cursor(3));
  stage.accept(EXTENDED);
  stage.takeSent();
  stage.receive({ a: 's', c: 'c', d: 'd' });
  const after = stage.takeSent();
  assert.deepEqual(
    after.map(({ id, p }) => [id, p]),
    [
      [OWN_ID, cursor(3)],
      ['second', cursor(2)],
    ],
  );
  assert.ok(after[0].pv > before[0] + 1, 'the server has used the next one to take it away');
});

test('others_afterAHalfMinuteWithoutConnection_areGone', () => {
  const { stage, presence, takeChanges } = present('abc', [shown(cursor(1), 1)]);
  stage.socket.onclose();
  stage.clock.runUntil(stage.clock.now + 29_000);
  assert.equal(presence.others.length, 1);
  takeChanges();
  stage.clock.runUntil(stage.clock.now + 1_000);
  assert.deepEqual(presence.others, []);
  assert.equal(takeChanges(), 1);
});

test('others_afterAShortTimeWithoutConnection_stayUntilTheAnswer', () => {
  const { stage, presence } = present('abc', [shown(cursor(1), 1)]);
  stage.socket.onclose();
  stage.clock.runUntil(stage.clock.now + 10_000);
  stage.accept(EXTENDED);
  stage.receive({ a: 'ps', ch: 'c.d', seq: 2, presences: [shown(cursor(2), 1)] });
  stage.receive({ a: 's', c: 'c', d: 'd' });
  stage.clock.runUntil(stage.clock.now + 31_000);
  assert.deepEqual(presence.others.map(({ value }) => value), [cursor(2)]);
});

test('presence_removedAndShownAgainFromTheFirstVersion_isSeen', () => {
  const { stage, presence } = present('abc', [shown(cursor(1), 1, { pv: 8 })]);
  stage.receive(shown(null, 1, { pv: 9 }), shown(cursor(2), 1, { pv: 0 }));
  assert.deepEqual(presence.others.map(({ value }) => value), [cursor(2)]);
});

test('refusal_thatPasses_isFollowedByAnotherAttempt', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  const [sent] = stage.takeSent();
  stage.receive({ ...sent, error: { code: 'ERR_PRESENCE_TRANSFORM_FAILED' } });
  settle(stage);
  assert.deepEqual([stage.sent[0].p, stage.takeSent()[0].pv], [cursor(1), 1]);
  stage.receive({ ...sent, error: { code: 'ERR_RATE_EXCEEDED', retryAfter: 5000 } });
  stage.clock.runUntil(stage.clock.now + 4900);
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(stage.clock.now + 200);
  assert.equal(stage.takeSent().length, 1);
});

test('refusal_becauseTheIdIsTaken_choosesAnother', () => {
  const { stage } = opened('abc', EXTENDED);
  let next = 0;
  const random = () => next++ / 100;
  const other = new Stage({ random });
  const { presence } = other.open('d');
  other.accept(EXTENDED);
  other.receive(snapshot('d', 1, 'abc'));
  presence.set(cursor(1));
  const sent = other.takeSent().at(-1);
  other.receive({ ...sent, error: { code: 'ERR_PRESENCE_NOT_OWNED' } });
  settle(other);
  const again = other.takeSent().filter(({ a }) => a === 'p');
  assert.deepEqual([again.length, again[0].p], [1, cursor(1)]);
  assert.notEqual(again[0].id, sent.id);
  assert.equal(stage.sockets, 1);
});

test('refusal_becauseItIsNotAllowed_waitsForAnotherPermission', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  stage.receive({ ...stage.takeSent()[0], error: { code: 'ERR_FORBIDDEN' } });
  presence.set(cursor(2));
  settle(stage);
  assert.deepEqual([stage.takeSent(), stage.takeEvents()], [[], []]);
  stage.receive({ a: 'access', c: 'c', d: 'd', permission: 'comment' });
  assert.deepEqual(stage.takeSent()[0].p, cursor(2));
});

test('refusal_ofTheValue_isReported', () => {
  const { stage, presence } = present();
  presence.set({ selections: [], huge: 'x' });
  const error = { code: 'ERR_PRESENCE_TOO_LARGE', message: 'weight 9000' };
  stage.receive({ ...stage.takeSent()[0], error });
  settle(stage);
  assert.deepEqual(stage.takeEvents(), [['presence error', error]]);
  assert.deepEqual(stage.takeSent(), []);
});

test('serverWithoutPresence_isNotAskedAgain', () => {
  const { stage, text } = opened();
  text.presence.set(cursor(1));
  const error = { code: 'ERR_ACTION_NOT_SUPPORTED', message: 'no' };
  for (const frame of stage.takeSent()) stage.receive({ ...frame, error });
  text.presence.set(cursor(2));
  settle(stage);
  assert.deepEqual([stage.takeSent(), text.presence.others], [[], []]);
});

test('deletion_ofTheText_endsWhatIsShown', () => {
  const { stage, presence } = present();
  presence.set(cursor(1));
  stage.receive(shown(cursor(2), 1));
  settle(stage);
  stage.takeSent();
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, del: true });
  settle(stage);
  assert.deepEqual([presence.others, stage.takeSent()], [[], []]);
});

test('close_ofTheText_takesEverythingBack', () => {
  const { stage, text, presence } = present();
  presence.set(cursor(1));
  stage.takeSent();
  text.close();
  assert.deepEqual(
    stage.takeSent().map(({ a, p }) => [a, p]),
    [
      ['p', null],
      ['pu', undefined],
      ['u', undefined],
    ],
  );
  settle(stage);
  stage.lose();
  stage.accept(EXTENDED);
  assert.deepEqual(
    stage.takeSent().map(({ a }) => a),
    ['hs'],
  );
});

test('channel_carriesAnyValue', () => {
  const stage = new Stage();
  stage.accept(EXTENDED);
  const lobby = stage.client.channel('lobby');
  assert.equal(stage.client.channel('lobby'), lobby);
  lobby.set('good mood');
  assert.deepEqual(stage.takeSent().slice(1), [
    { a: 'ps', ch: 'lobby', seq: 1 },
    { a: 'p', ch: 'lobby', id: OWN_ID, p: 'good mood', pv: 0 },
  ]);
  stage.receive(
    { a: 'p', ch: 'lobby', src: 'me', id: OWN_ID, p: 'good mood', pv: 0 },
    { a: 'p', ch: 'lobby', src: 'bob', id: '1', p: [1, { selections: 'none' }], pv: 3 },
  );
  assert.deepEqual(
    lobby.others.map(({ src, value }) => [src, value]),
    [['bob', [1, { selections: 'none' }]]],
  );
  lobby.close();
  assert.notEqual(stage.client.channel('lobby'), lobby);
});
