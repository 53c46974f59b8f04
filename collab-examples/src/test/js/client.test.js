/** The client against a server played by the test, frame by frame. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { TEXT_TYPE } from '../../main/resources/web/text-operation.js';
import { opened, snapshot, Stage } from './stage.js';

test('connect_first_shakesHandsWithoutIdAndSubscribes', () => {
  const stage = new Stage();
  stage.open('d');
  stage.socket.onopen();
  stage.receive({ a: 'init', protocol: 1, protocolMinor: 2, id: 'x', type: 'json0' });
  stage.accept();
  const handshake = { a: 'hs', id: null, protocol: 1, protocolMinor: 2, collab: 1 };
  assert.deepEqual(stage.takeSent(), [handshake, handshake, { a: 's', c: 'c', d: 'd', v: null }]);
});

test('reconnect_withUnansweredOperation_resendsItUnchangedBeforeSubscribing', () => {
  const { stage, text } = opened();
  text.edit(['x']);
  const [sent] = stage.takeSent();
  assert.deepEqual(sent, { a: 'op', c: 'c', d: 'd', src: 'me', seq: 1, v: 1, op: ['x'] });
  text.edit([1, 'y']);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'other', seq: 1, op: ['z'] });
  stage.lose();
  stage.accept();
  assert.deepEqual(stage.takeSent(), [
    { a: 'hs', id: 'me', protocol: 1, protocolMinor: 2, collab: 1 },
    sent,
    { a: 's', c: 'c', d: 'd', v: 2 },
  ]);
  assert.equal(text.text, 'xyzabc');
});

test('reconnect_withSeveralDocuments_subscribesInBulkWithRevisions', () => {
  const stage = new Stage();
  const texts = ['one', 'two', 'three'].map((id) => stage.open(id));
  stage.accept();
  assert.deepEqual(stage.takeSent()[1], { a: 'bs', c: 'c', b: ['one', 'two', 'three'] });
  const state = (v, data) => ({ v, type: TEXT_TYPE, data });
  stage.receive({
    a: 'bs',
    c: 'c',
    data: { one: state(1, 'a'), two: state(2, 'b'), three: { error: { code: 'ERR_FORBIDDEN' } } },
  });
  assert.deepEqual(
    texts.map(({ phase }) => phase),
    ['ready', 'ready', 'loading'],
  );
  stage.lose();
  stage.accept();
  assert.deepEqual(stage.takeSent().slice(-2), [
    { a: 'bs', c: 'c', b: { one: 1, two: 2 } },
    { a: 's', c: 'c', d: 'three', v: null },
  ]);
  stage.receive(
    { a: 'op', c: 'c', d: 'one', v: 1, src: 'o', seq: 1, op: ['x'] },
    { a: 'bs', c: 'c', b: { one: 1, two: 2 } },
  );
  assert.deepEqual([texts[0].text, texts[0].revision], ['xa', 2]);
});

test('gap_inRevisions_fetchesOnce', () => {
  const { stage, text } = opened();
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 3, src: 'o', seq: 3, op: ['3'] });
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 4, src: 'o', seq: 4, op: ['4'] });
  assert.deepEqual(stage.takeSent(), [{ a: 'f', c: 'c', d: 'd', v: 1 }]);
  const entries = [1, 2, 3, 4].map((v) => ({
    a: 'op',
    c: 'c',
    d: 'd',
    v,
    src: 'o',
    seq: v,
    op: [`${v}`],
  }));
  stage.receive(...entries, entries[2], { a: 'f', c: 'c', d: 'd' });
  assert.deepEqual([text.text, text.revision], ['4321abc', 5]);
  assert.deepEqual(stage.takeSent(), []);
});

test('rejection_withOtherEditsPending_undoesOnlyTheRefusedOne', () => {
  const { stage, text } = opened();
  text.edit([{ d: 2 }]);
  const [sent] = stage.takeSent();
  text.edit([1, 'kept']);
  stage.receive({ ...sent, error: { message: 'a hook failed' } });
  assert.equal(text.text, 'abckept');
  const events = stage.takeEvents();
  assert.deepEqual(
    events.map(([type]) => type),
    ['change', 'rejected'],
  );
  const { code, message, operation } = events[1][1];
  assert.deepEqual([code, message, operation], ['ERR_UNKNOWN_ERROR', 'a hook failed', [{ d: 2 }]]);
  assert.deepEqual(stage.takeSent()[0].op, [3, 'kept']);
});

test('deletion_withEditsPending_handsThemOver', () => {
  const { stage, text } = opened();
  text.edit(['x']);
  text.edit(['y']);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, del: true });
  assert.deepEqual(stage.takeEvents(), [['deleted', { text: 'yxabc', pending: [['x'], ['y']] }]]);
  assert.deepEqual([text.phase, text.revision], ['deleted', 2]);
  assert.throws(() => text.edit(['z']), /deleted/);
  text.create('yxabc');
  assert.deepEqual(stage.takeSent().at(-1), {
    a: 'op',
    c: 'c',
    d: 'd',
    src: 'me',
    seq: 2,
    v: 2,
    create: { type: TEXT_TYPE, data: 'yxabc' },
  });
});

test('snapshotOfALaterLife_handsThePendingEditsOverAndMergesNothing', () => {
  const { stage, text } = opened('abc', { collab: 1, limits: { operation: 1000 } });
  text.edit(['x']);
  text.edit(['y']);
  const [sent] = stage.takeSent();
  stage.takeEvents();
  stage.receive({
    ...sent,
    error: { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND' },
    fate: 'not-committed',
    snapshot: { v: 90, type: TEXT_TYPE, data: 'new', created: 80 },
  });
  assert.equal(text.text, 'new');
  assert.equal(text.hasUnsavedChanges, false);
  assert.deepEqual(stage.takeEvents().slice(0, 2), [
    ['deleted', { text: 'yxabc', pending: [['x'], ['y']] }],
    ['load', { text: 'new' }],
  ]);
});

test('missingHistory_withFateAndSnapshot_goesOnFromThem', () => {
  for (const [fate, expected] of [
    ['committed', 'new xabc'],
    ['not-committed', 'xnew xabc'],
  ]) {
    const { stage, text } = opened('abc', { collab: 1, limits: { operation: 1000 } });
    text.edit(['x']);
    const [sent] = stage.takeSent();
    assert.equal(sent.seen, 1);
    const state = { v: 90, type: TEXT_TYPE, data: 'new xabc' };
    stage.receive({
      ...sent,
      error: { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND' },
      fate,
      snapshot: state,
    });
    assert.deepEqual([text.text, text.revision], [expected, 90], fate);
    assert.equal(text.hasUnsavedChanges, fate !== 'committed');
    if (fate !== 'committed') assert.deepEqual([stage.sent[0].seq, stage.sent[0].v], [2, 90]);
  }
});

test('missingHistory_withoutFate_countsWhatIsThereOnce', () => {
  const { stage, text } = opened();
  text.edit([3, 'mine']);
  const [sent] = stage.takeSent();
  text.edit([7, '!']);
  stage.lose();
  stage.accept();
  stage.receive({ ...sent, error: { code: 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND', message: '' } });
  stage.receive({ a: 's', c: 'c', d: 'd', v: 1, error: { message: 'no history' } });
  assert.deepEqual(stage.takeSent().at(-1), { a: 's', c: 'c', d: 'd', v: null });
  stage.receive(snapshot('d', 50, 'others abcmine'));
  assert.equal(text.text, 'others abcmine!');
  assert.ok(
    stage.takeEvents().some(([type, event]) => type === 'resync' && event.assumedCommitted),
  );
});

test('acknowledgement_withFixup_takesInWhatTheServerAdded', () => {
  const { stage, text } = opened();
  text.edit(['x']);
  text.edit([4, 'y']);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1, fixup: [{ op: [4, '.'] }] });
  assert.deepEqual([text.text, text.revision], ['xabcy.', 2]);
});

test('catchUp_withOwnOperation_acknowledgesIt', () => {
  const { stage, text } = opened();
  text.edit(['x']);
  stage.lose();
  stage.accept();
  stage.receive(
    { a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1, op: ['x'] },
    { a: 's', c: 'c', d: 'd' },
  );
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1 });
  assert.deepEqual([text.text, text.revision, text.hasUnsavedChanges], ['xabc', 2, false]);
});

test('operationThatDoesNotFit_asksForASnapshot', () => {
  const { stage, text } = opened();
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, op: [99, 'x'] });
  assert.deepEqual(stage.takeSent(), [{ a: 's', c: 'c', d: 'd', v: null }]);
  stage.receive(snapshot('d', 2, 'sound'));
  assert.deepEqual([text.text, text.revision], ['sound', 2]);
});

test('limits_ofTheHandshake_splitALargeEdit', () => {
  const { stage, text } = opened('', { collab: 1, limits: { operation: 200, frame: 9000 } });
  const content = 'word '.repeat(100);
  text.edit([content]);
  for (let v = 1; text.hasUnsavedChanges; v++) {
    const [sent] = stage.takeSent();
    assert.ok(sent.op.at(-1).length <= 200);
    stage.receive({ a: 'op', c: 'c', d: 'd', v, src: 'me', seq: sent.seq });
  }
  assert.equal(text.text, content);
  assert.ok(text.revision > 3);
});

test('hold_keepsChangesOfOthersWaiting', () => {
  const { stage, text } = opened();
  text.hold();
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, op: ['x'] });
  assert.equal(text.text, 'abc');
  text.resume();
  assert.equal(text.text, 'xabc');
});

test('disconnect_withEditsMade_sendsThemAfterConnect', () => {
  const { stage, text } = opened();
  stage.client.disconnect();
  text.edit(['x']);
  text.edit([1, 'y']);
  assert.deepEqual([stage.client.state, text.unsavedEdits, stage.sent.length], ['offline', 2, 0]);
  stage.clock.runUntil(100_000);
  assert.equal(stage.sockets, 1);
  stage.client.connect();
  stage.accept();
  stage.receive({ a: 's', c: 'c', d: 'd' });
  assert.deepEqual(stage.takeSent().at(-1).op, ['xy']);
});

test('silence_ofTheServer_isAskedAboutAndThenGivenUp', () => {
  const { stage } = opened();
  stage.clock.runUntil(25_000);
  assert.deepEqual(stage.takeSent(), [{ a: 'pp' }]);
  stage.receive({ a: 'pp' });
  stage.clock.runUntil(60_000);
  assert.equal(stage.sockets, 2);
});

test('close_withEditsPending_waitsForTheirAcknowledgement', () => {
  const { stage, text } = opened();
  text.edit(['x']);
  text.close();
  stage.takeSent();
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'me', seq: 1 });
  assert.deepEqual(stage.takeSent(), [{ a: 'u', c: 'c', d: 'd' }]);
  assert.deepEqual([text.phase, text.text], ['closed', 'xabc']);
  assert.throws(() => text.edit(['y']), /closed/);
});

test('unreadableFrame_isReportedAndTheConnectionRenewed', () => {
  const { stage } = opened();
  stage.socket.onmessage({ data: '{' });
  assert.deepEqual(
    stage.takeEvents().map(([type]) => type),
    ['client error'],
  );
  stage.clock.runUntil(10_000);
  assert.equal(stage.sockets, 2);
});

test('documentOfAnotherType_failsAlone', () => {
  const stage = new Stage();
  const text = stage.open('d');
  stage.accept();
  stage.receive({ a: 's', c: 'c', d: 'd', data: { v: 1, data: { n: 1 } } });
  assert.equal(text.phase, 'failed');
  assert.equal(stage.takeEvents()[0][1].code, 'CLIENT_TYPE_NOT_TEXT');
  assert.equal(stage.client.state, 'connected');
});

test('creationRefusedBecauseSomeoneWasFirst_goesOnFromTheirs', () => {
  const stage = new Stage();
  const text = stage.open('d', { create: '' });
  stage.accept();
  stage.receive({ a: 's', c: 'c', d: 'd', data: { v: 0, type: null } });
  const create = stage.takeSent().at(-1);
  assert.deepEqual(create.create, { type: TEXT_TYPE, data: '' });
  text.edit(['mine']);
  stage.receive({
    a: 'op',
    c: 'c',
    d: 'd',
    v: 0,
    src: 'o',
    seq: 1,
    create: { type: TEXT_TYPE, data: 'theirs' },
  });
  stage.receive({ ...create, error: { code: 'ERR_DOC_ALREADY_CREATED', message: '' } });
  assert.equal(text.text, 'minetheirs');
  assert.deepEqual(stage.takeSent().at(-1).op, ['mine']);
});
