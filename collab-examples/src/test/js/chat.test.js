/** A chat room against a server played by the test. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Stage } from './stage.js';

const EXTENDED = { collab: 1, limits: { frame: 100_000 }, user: { id: 'ada', name: 'Ada' } };
const ADA = { id: 'ada', name: 'Ada' };
const BOB = { id: 'bob', name: 'Bob' };

const message = (id, text = `text ${id}`, user = BOB) => ({ id, user, t: 1000 * id, text });
const state = (v, messages = [], room = {}) => ({
  a: 'cs',
  r: 'team',
  v,
  room: { members: [], first: 1, last: messages.at(-1)?.id ?? 0, retention: {}, ...room },
  messages,
});
const event = (v, e) => ({ a: 'ce', r: 'team', v, e });
const posted = (v, id, text, user) => event(v, { post: message(id, text, user) });

/** A stage in room `team`, with its state known. */
function entered(messages = [], room = {}, version = 5) {
  const stage = new Stage();
  const chat = stage.client.room('team');
  for (const type of ['post', 'typing', 'status', 'error']) {
    chat.on(type, (happened) => stage.events.push([type, happened]));
  }
  stage.accept(EXTENDED);
  stage.receive(state(version, messages, room));
  stage.takeSent();
  stage.takeEvents();
  return { stage, chat };
}

const texts = ({ messages }) => messages.map(({ text }) => text);

test('room_whenEntered_subscribesAndShowsItsState', () => {
  const stage = new Stage();
  const chat = stage.client.room('team');
  assert.equal(stage.client.room('team'), chat);
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent()[1], { a: 'cs', r: 'team', v: null, limit: 50 });
  assert.deepEqual([chat.phase, chat.isWritable], ['loading', false]);
  stage.receive(
    { a: 'access', r: 'team', permission: 'write' },
    state(7, [message(3), message(4)], {
      members: [{ user: BOB, joined: 1, read: 4 }],
      first: 2,
    }),
  );
  assert.deepEqual([chat.phase, chat.isWritable, chat.hasOlder], ['ready', true, true]);
  assert.deepEqual([texts(chat), chat.members[0].read], [['text 3', 'text 4'], 4]);
});

test('events_areTakenInOnce', () => {
  const { stage, chat } = entered([message(1)]);
  stage.receive(posted(5, 2), posted(5, 2), posted(4, 1));
  assert.deepEqual(texts(chat), ['text 1', 'text 2']);
  assert.deepEqual(stage.takeEvents(), [['post', { message: message(2) }]]);
  stage.receive(event(6, { edit: { ...message(2, 'better'), edited: 9 } }));
  stage.receive(event(7, { delete: { ...message(1, ''), deleted: true } }));
  assert.deepEqual(texts(chat), ['', 'better']);
  stage.receive(event(8, { erase: { id: 1 } }));
  assert.deepEqual(texts(chat), ['better']);
  stage.receive(event(9, { somethingNew: {} }), posted(10, 3));
  assert.deepEqual(texts(chat), ['better', 'text 3']);
});

test('gap_inEvents_isAskedAboutOnceFromTheOwnVersion', () => {
  const { stage, chat } = entered();
  stage.receive(posted(6, 2), posted(7, 3));
  assert.deepEqual(stage.takeSent(), [{ a: 'cs', r: 'team', v: 5, limit: 50 }]);
  assert.deepEqual(texts(chat), []);
  stage.receive(posted(5, 1), posted(6, 2), posted(7, 3), { a: 'cs', r: 'team', v: 8 });
  assert.deepEqual(texts(chat), ['text 1', 'text 2', 'text 3']);
  stage.receive(posted(9, 5));
  stage.receive(state(10, [message(4), message(5)], { first: 1 }));
  assert.deepEqual([texts(chat), chat.hasOlder], [['text 4', 'text 5'], true]);
});

test('catchUp_thatDoesNotArrive_isReplacedByTheState', () => {
  const { stage } = entered();
  stage.receive(posted(6, 2), { a: 'cs', r: 'team', v: 7 });
  assert.equal(stage.takeSent().at(-1).v, null);
});

test('post_isDoneWhenTheServerHasCommittedIt', async () => {
  const { stage, chat } = entered();
  const done = chat.post('hello', { replyTo: 3 });
  const e = { post: { text: 'hello', replyTo: 3 } };
  assert.deepEqual(stage.takeSent(), [{ a: 'cp', r: 'team', seq: 1, e }]);
  assert.deepEqual([texts(chat), chat.pending[0].post.text], [[], 'hello']);
  stage.receive({
    a: 'cp',
    r: 'team',
    seq: 1,
    v: 5,
    e: { post: message(1, 'hello', ADA) },
  });
  assert.equal((await done).post.id, 1);
  assert.deepEqual([texts(chat), chat.pending], [['hello'], []]);
  assert.deepEqual(stage.takeEvents(), [], 'our own is no news');
  assert.equal(chat.isMember, true);
});

test('posts_goOneAfterTheOther', () => {
  const { stage, chat } = entered();
  chat.post('one');
  chat.post('two');
  assert.equal(stage.takeSent().length, 1);
  stage.receive({ a: 'cp', r: 'team', seq: 1, v: 5, e: { post: message(1, 'one', ADA) } });
  assert.deepEqual(
    stage.takeSent().map(({ seq, e }) => [seq, e.post.text]),
    [[2, 'two']],
  );
});

test('reconnect_resendsThePostWithItsNumberBeforeSubscribing', () => {
  const { stage, chat } = entered([message(1)]);
  chat.post('one');
  chat.post('two');
  stage.takeSent();
  stage.lose();
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent().slice(1), [
    { a: 'cp', r: 'team', seq: 1, src: 'me', e: { post: { text: 'one' } } },
    { a: 'cs', r: 'team', v: 5, limit: 50 },
  ]);
  // It had been committed, and somebody else was there too.
  stage.receive({ a: 'cp', r: 'team', seq: 1, v: 6, e: { post: message(3, 'one', ADA) } });
  assert.deepEqual(stage.takeSent()[0].e, { post: { text: 'two' } });
  stage.receive(posted(5, 2), posted(6, 3, 'one', ADA), { a: 'cs', r: 'team', v: 7 });
  assert.deepEqual(texts(chat), ['text 1', 'text 2', 'one']);
});

test('post_whileOffline_waitsForTheConnection', () => {
  const { stage, chat } = entered();
  stage.client.disconnect();
  chat.post('later');
  assert.deepEqual(stage.takeSent(), []);
  stage.client.connect();
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent()[1], {
    a: 'cp',
    r: 'team',
    seq: 1,
    e: { post: { text: 'later' } },
  });
});

test('post_overTheRate_waitsAsLongAsTheServerSays', async () => {
  const { stage, chat } = entered();
  const done = chat.post('hello');
  const [sent] = stage.takeSent();
  stage.receive({ ...sent, error: { code: 'ERR_RATE_EXCEEDED', retryAfter: 4000 } });
  stage.clock.runUntil(3999);
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(4000);
  assert.deepEqual(stage.takeSent(), [{ ...sent, src: 'me' }]);
  stage.receive({ ...sent, v: 5, e: { post: message(1, 'hello', ADA) } });
  assert.equal((await done).post.text, 'hello');
});

test('post_thatIsRefused_failsAndTheNextGoesOn', async () => {
  const { stage, chat } = entered();
  const refused = chat.post('x'.repeat(9999));
  chat.post('short');
  const error = { code: 'ERR_CHAT_TEXT_TOO_LONG', message: 'length 9999' };
  stage.receive({ ...stage.takeSent()[0], error });
  await assert.rejects(refused, error);
  assert.deepEqual(stage.takeSent()[0].e, { post: { text: 'short' } });
});

test('edit_delete_join_leave_areEvents', () => {
  const { stage, chat } = entered();
  chat.edit(3, 'better');
  chat.delete(4);
  chat.join();
  chat.leave();
  const events = [];
  for (let seq = 1; seq <= 4; seq++) {
    const [sent] = stage.takeSent();
    events.push(sent.e);
    stage.receive({ ...sent, v: 4 + seq, e: {} });
  }
  assert.deepEqual(events, [
    { edit: { id: 3, text: 'better' } },
    { delete: { id: 4 } },
    { join: true },
    { leave: true },
  ]);
});

test('members_followTheEvents', () => {
  const { stage, chat } = entered();
  stage.receive(
    event(5, { join: { user: ADA, joined: 1 } }),
    posted(6, 1),
    event(7, { all: [{ read: { user: 'ada', id: 1 } }, { read: { user: 'bob', id: 1 } }] }),
    event(8, { read: { user: 'bob', id: 0 } }),
  );
  assert.deepEqual(
    chat.members.map(({ user, read }) => [user.id, read]),
    [
      ['ada', 1],
      ['bob', 1],
    ],
  );
  stage.receive(event(9, { leave: { user: 'ada' } }), event(10, { remove: { user: 'bob' } }));
  assert.deepEqual(chat.members, []);
});

test('retention_takesOldMessagesAway', () => {
  const { stage, chat } = entered([message(1), message(2), message(3)]);
  stage.receive(event(5, { retain: { messages: 2 }, first: 2 }));
  assert.deepEqual([texts(chat), chat.hasOlder], [['text 2', 'text 3'], false]);
  stage.receive(event(6, { post: message(4), first: 3 }));
  assert.deepEqual(texts(chat), ['text 3', 'text 4']);
});

test('unread_countsWhatOthersPostedAfterTheReadMark', () => {
  const { stage, chat } = entered([message(1), message(2, 'mine', ADA), message(3)], {
    members: [{ user: ADA, joined: 1, read: 1 }],
  });
  assert.equal(chat.unread, 1);
  stage.receive(posted(5, 4));
  assert.equal(chat.unread, 2);
  chat.markRead(3);
  chat.markRead(4);
  chat.markRead(2);
  assert.deepEqual([chat.unread, chat.lastRead, stage.takeSent()], [0, 4, []]);
  stage.clock.runUntil(1000);
  assert.deepEqual(stage.takeSent(), [{ a: 'cr', read: 4, r: 'team' }]);
});

test('typing_isToldAtOnceRenewedAndEnds', () => {
  const { stage, chat } = entered();
  chat.typed();
  chat.typed();
  assert.deepEqual(stage.takeSent(), [{ a: 'ct', typing: true, r: 'team' }]);
  stage.clock.runUntil(3500);
  chat.typed();
  assert.deepEqual(stage.takeSent(), [{ a: 'ct', typing: true, r: 'team' }]);
  stage.clock.runUntil(9499);
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(9500);
  assert.deepEqual(stage.takeSent(), [{ a: 'ct', typing: false, r: 'team' }]);
  chat.stopTyping();
  assert.deepEqual(stage.takeSent(), []);
});

test('typing_endsBeforeThePost', () => {
  const { stage, chat } = entered();
  chat.typed();
  stage.takeSent();
  chat.post('done');
  assert.deepEqual(
    stage.takeSent().map(({ a, typing }) => [a, typing]),
    [
      ['ct', false],
      ['cp', undefined],
    ],
  );
});

test('typing_ofOthers_endsAfterSixSecondsOrWithTheirMessage', () => {
  const { stage, chat } = entered();
  const carol = { id: 'carol', name: 'Carol' };
  const typing = (user, isTyping) =>
    stage.receive({ a: 'ct', r: 'team', user, typing: isTyping });
  typing(BOB, true);
  typing(carol, true);
  stage.receive({ a: 'ct', r: 'team' });
  assert.deepEqual(chat.typing, [BOB, carol]);
  stage.receive(posted(5, 1));
  assert.deepEqual(chat.typing, [carol]);
  stage.clock.runUntil(5000);
  typing(carol, true);
  stage.clock.runUntil(10_999);
  assert.deepEqual(chat.typing, [carol]);
  stage.clock.runUntil(11_000);
  assert.deepEqual(chat.typing, []);
  typing(BOB, true);
  stage.lose();
  assert.deepEqual(chat.typing, []);
});

test('loadOlder_putsMessagesInFront', async () => {
  const { stage, chat } = entered([message(7), message(8)], { first: 2 });
  const done = chat.loadOlder();
  assert.equal(chat.loadOlder(), done, 'one request at a time');
  assert.deepEqual(stage.takeSent(), [{ a: 'ch', r: 'team', id: 1, before: 7, limit: 50 }]);
  stage.receive({ a: 'ch', r: 'team', id: 9, messages: [message(1)], more: false });
  const messages = [message(3), message(6)];
  stage.receive({ a: 'ch', r: 'team', id: 1, messages, more: true });
  await done;
  assert.deepEqual([texts(chat), chat.hasOlder], [
    ['text 3', 'text 6', 'text 7', 'text 8'],
    true,
  ]);
  const last = chat.loadOlder();
  stage.lose();
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent().at(-1), {
    a: 'ch',
    r: 'team',
    id: 2,
    before: 3,
    limit: 50,
  });
  stage.receive({ a: 'ch', r: 'team', id: 2, messages: [message(2)], more: false });
  await last;
  assert.deepEqual([chat.messages.length, chat.hasOlder], [5, false]);
  await chat.loadOlder();
});

test('permission_belowWrite_makesTheRoomReadOnly', () => {
  const { stage, chat } = entered();
  stage.receive({ a: 'access', r: 'team', permission: 'comment' });
  assert.deepEqual([chat.permission, chat.isWritable], ['comment', false]);
  stage.receive({ a: 'access', r: 'team', permission: 'none' });
  assert.equal(chat.phase, 'forbidden');
  stage.clock.runUntil(5000);
  assert.deepEqual(stage.takeSent()[0], { a: 'cs', r: 'team', v: 5, limit: 50 });
  stage.receive({ a: 'access', r: 'team', permission: 'write' }, { a: 'cs', r: 'team', v: 5 });
  assert.equal(chat.isWritable, true);
});

test('serverWithoutChat_isNotAskedAgain', () => {
  const base = new Stage();
  const chat = base.client.room('team');
  base.accept();
  base.clock.runUntil(60_000);
  assert.deepEqual([chat.phase, base.sent.some(({ a }) => a === 'cs')], ['unsupported', false]);
  const older = new Stage();
  const other = older.client.room('team');
  older.accept(EXTENDED);
  const error = { code: 'ERR_ACTION_NOT_SUPPORTED', message: '' };
  older.receive({ ...older.takeSent().at(-1), error });
  assert.equal(other.phase, 'unsupported');
  other.typed();
  assert.deepEqual(older.takeSent(), []);
});

test('close_endsTheSubscriptionAndWhatIsPending', async () => {
  const { stage, chat } = entered();
  const done = chat.post('hello');
  stage.takeSent();
  chat.close();
  assert.deepEqual(stage.takeSent(), [{ a: 'cu', r: 'team' }]);
  await assert.rejects(done, { code: 'CLIENT_CLOSED' });
  assert.notEqual(stage.client.room('team'), chat);
});

test('acknowledgement_thatNoLongerKnowsWhatItDid_isNotTakenInButAsksForTheRest', async () => {
  const { stage, chat } = entered([message(1)]);
  const done = chat.post('forgotten');
  const [{ seq }] = stage.takeSent();
  stage.receive({ a: 'cp', r: 'team', seq, v: 5, e: { all: [] } });
  await done;
  assert.deepEqual(stage.takeSent(), [{ a: 'cs', r: 'team', v: 5, limit: 50 }]);
  stage.receive(state(9, [message(1), message(2, 'forgotten', ADA)]));
  assert.deepEqual(texts(chat), ['text 1', 'forgotten']);
});

test('connection_closedToCompareAnew_asksForTheState', () => {
  const { stage } = entered([message(1)]);
  stage.lose({ code: 1012 });
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent().at(-1), { a: 'cs', r: 'team', v: null, limit: 50 });
});

test('room_enteredAgain_doesNotUseTheNumbersOfItsPostsOnceMore', async () => {
  const { stage, chat } = entered();
  const done = chat.post('Hi');
  stage.receive({ a: 'cp', r: 'team', seq: 1, v: 5, e: { post: message(1, 'Hi', ADA) } });
  await done;
  chat.close();
  stage.takeSent();
  const again = stage.client.room('team');
  stage.receive(state(6, [message(1, 'Hi', ADA)]));
  stage.takeSent();
  again.post('Hello');
  assert.deepEqual(stage.takeSent(), [
    { a: 'cp', r: 'team', seq: 2, e: { post: { text: 'Hello' } } },
  ]);
});
