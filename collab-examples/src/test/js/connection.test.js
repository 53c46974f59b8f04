/** Handshake, identity, permissions, batches and signs of life. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { opened, snapshot, Stage } from './stage.js';

const EXTENDED = { collab: 1, limits: { operation: 1000, frame: 100_000 } };
const HANDSHAKE = { a: 'hs', id: null, protocol: 1, protocolMinor: 2, collab: 1 };

/** Collects what is deferred to the end of a task. */
function tasks() {
  const actions = [];
  return {
    defer: (action) => actions.push(action),
    end: () => actions.splice(0).forEach((action) => action()),
  };
}

test('handshake_withUserAndToken_saysThem', () => {
  const user = { name: 'Ada', color: '#c0ffee' };
  const stage = new Stage({ user, token: 'secret' });
  stage.accept({ ...EXTENDED, user: { id: 'u1', ...user } });
  assert.deepEqual(stage.takeSent(), [{ ...HANDSHAKE, token: 'secret', user }]);
  assert.deepEqual(stage.client.user, { id: 'u1', ...user });
});

test('introduce_whileConnected_connectsAnewWithTheSameId', () => {
  const stage = new Stage({ user: { name: 'Ada' } });
  stage.accept(EXTENDED);
  stage.takeSent();
  stage.client.introduce({ name: 'Grace', color: '#123456' });
  assert.equal(stage.sockets, 2);
  stage.accept(EXTENDED);
  assert.deepEqual(stage.takeSent(), [
    { ...HANDSHAKE, id: 'me', user: { name: 'Grace', color: '#123456' } },
  ]);
});

test('token_ofAFunction_isRenewedBeforeItRunsOut', () => {
  let count = 0;
  const stage = new Stage({ token: () => `token ${++count}` });
  stage.accept({ ...EXTENDED, expires: 10_000 });
  stage.clock.runUntil(7999);
  assert.deepEqual(stage.takeSent(), [{ ...HANDSHAKE, token: 'token 1' }]);
  stage.clock.runUntil(8000);
  assert.deepEqual(stage.takeSent(), [{ a: 'auth', token: 'token 2' }]);
  stage.receive({ a: 'auth', expires: 1000 });
  stage.clock.runUntil(8800);
  assert.deepEqual(stage.takeSent(), [{ a: 'auth', token: 'token 3' }]);
});

test('token_ofAPromise_isWaitedFor', async () => {
  const stage = new Stage({ token: async () => 'late' });
  stage.socket.onopen();
  assert.deepEqual(stage.takeSent(), []);
  await null;
  assert.deepEqual(stage.takeSent(), [{ ...HANDSHAKE, token: 'late' }]);
});

test('token_thatCannotBeHad_isReportedAndAskedForAgain', () => {
  const stage = new Stage({
    token: () => {
      throw new Error('no network');
    },
  });
  stage.socket.onopen();
  assert.deepEqual(stage.takeEvents(), [
    ['client error', { code: 'CLIENT_TOKEN_FAILED', message: 'no network' }],
  ]);
  stage.clock.runUntil(1000);
  assert.equal(stage.sockets, 2);
});

test('refusedHandshake_withAFixedToken_isNotRepeated', () => {
  const stage = new Stage({ token: 'old' });
  stage.accept({ error: { code: 'ERR_UNAUTHENTICATED', message: 'who are you' } });
  stage.clock.runUntil(600_000);
  assert.deepEqual([stage.sockets, stage.client.state], [1, 'offline']);
  assert.equal(stage.takeEvents()[0][1].code, 'ERR_UNAUTHENTICATED');
});

test('refusedHandshake_withAFunction_isRepeatedWithAnotherToken', () => {
  const stage = new Stage({ token: () => 'token' });
  stage.accept({ error: { code: 'ERR_UNAUTHENTICATED' } });
  stage.clock.runUntil(1000);
  assert.equal(stage.sockets, 2);
});

test('refusedHandshake_forGood_isNotRepeated', () => {
  const codes = ['ERR_FORBIDDEN', 'APP_SCHOOL_IS_OUT', 'ERR_PROTOCOL_VERSION_NOT_SUPPORTED'];
  for (const code of codes) {
    const stage = new Stage({ token: () => 'token' });
    stage.accept({ error: { code, message: 'no' } });
    stage.clock.runUntil(600_000);
    assert.deepEqual([stage.sockets, stage.client.state], [1, 'offline']);
    assert.deepEqual(stage.takeEvents(), [['client error', { code, message: 'no' }]]);
  }
});

test('refusedHandshake_forTheMoment_isRepeated', () => {
  const after = (error, millis) => {
    const stage = new Stage();
    stage.accept({ error });
    stage.clock.runUntil(millis);
    return stage.sockets;
  };
  for (const code of ['ERR_UNAVAILABLE', 'ERR_UNKNOWN_ERROR', undefined]) {
    assert.equal(after({ code, message: 'no' }, 1000), 2);
  }
  assert.equal(after({ code: 'ERR_RATE_EXCEEDED' }, 59_000), 1);
  assert.equal(after({ code: 'ERR_RATE_EXCEEDED' }, 70_000), 2);
});

test('closeCodes_sayWhetherToComeBack', () => {
  const after = (code, millis) => {
    const { stage } = opened();
    stage.socket.onclose({ code, reason: 'because' });
    stage.clock.runUntil(millis);
    return stage;
  };
  assert.equal(after(4007, 1000).sockets, 2);
  assert.equal(after(4006, 59_000).sockets, 1);
  assert.equal(after(4006, 70_000).sockets, 2);
  const ended = after(4005, 600_000);
  assert.deepEqual([ended.sockets, ended.client.state], [1, 'offline']);
  assert.deepEqual(ended.takeEvents(), [
    ['client error', { code: 'CLIENT_CONNECTION_ENDED', message: 'because' }],
  ]);
});

test('heartbeat_isKeptToAThird', () => {
  const stage = new Stage();
  stage.accept({ ...EXTENDED, heartbeat: 9000 });
  stage.takeSent();
  for (const now of [3000, 6000, 9000]) {
    stage.clock.runUntil(now);
    assert.deepEqual(stage.takeSent(), [{ a: 'pp' }]);
    stage.receive({ a: 'pp' });
  }
  stage.clock.runUntil(11_000);
  stage.client.channel('lobby');
  assert.equal(stage.takeSent()[0].a, 'ps');
  stage.clock.runUntil(13_999);
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(14_000);
  assert.deepEqual(stage.takeSent(), [{ a: 'pp' }]);
});

test('silence_ofTheServer_closesTheSocketWithItsOwnCode', () => {
  const { stage } = opened();
  stage.clock.runUntil(30_000);
  assert.deepEqual(stage.closed, [4010]);
});

test('messages_ofOneTask_leaveAsOneFrame', () => {
  const { defer, end } = tasks();
  const stage = new Stage({ defer });
  stage.open('d');
  stage.client.channel('lobby');
  stage.accept(EXTENDED);
  assert.equal(stage.takeSent().length, 1, 'the handshake goes alone and at once');
  end();
  const [batch, ...others] = stage.takeSent();
  assert.deepEqual([batch.map(({ a }) => a), others], [['s', 'ps'], []]);
  stage.receive(snapshot('d', 1, 'abc'));
  stage.client.open('c', 'd').edit(['x']);
  end();
  assert.equal(stage.takeSent()[0].a, 'op', 'one message goes without an array');
});

test('messages_withoutTheExtension_leaveAlone', () => {
  const { defer, end } = tasks();
  const stage = new Stage({ defer });
  stage.open('d');
  stage.client.channel('lobby');
  stage.accept();
  end();
  assert.deepEqual(
    stage.takeSent().map(({ a }) => a),
    ['hs', 's', 'ps'],
  );
});

test('messages_ofALostConnection_doNotLeaveOnTheNext', () => {
  const { defer, end } = tasks();
  const stage = new Stage({ defer });
  stage.accept(EXTENDED);
  stage.client.channel('lobby');
  stage.socket.onclose();
  stage.client.connect();
  stage.socket.onopen();
  stage.takeSent();
  end();
  assert.deepEqual(stage.takeSent(), []);
});

test('batches_stayWithinTheLimits', () => {
  const { defer, end } = tasks();
  const stage = new Stage({ defer });
  stage.accept({ collab: 1, limits: { frame: 2000 } });
  end();
  stage.takeSent();
  for (let index = 0; index < 1500; index++) stage.client.channel(`channel ${index}`);
  end();
  const frames = stage.takeSent();
  assert.equal(frames.flat().length, 1500);
  assert.ok(frames.every((frame) => JSON.stringify(frame).length <= 2000));
  const other = new Stage({ defer });
  other.accept({ collab: 1 });
  end();
  other.takeSent();
  for (let index = 0; index < 1500; index++) other.client.channel(`channel ${index}`);
  end();
  assert.deepEqual(
    other.takeSent().map(({ length }) => length),
    [1024, 476],
  );
});

test('batch_ofTheServer_isTakenInOrder', () => {
  const { stage, text } = opened();
  stage.receive([
    { a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, op: ['x'] },
    'nonsense',
    { a: 'op', c: 'c', d: 'd', v: 2, src: 'o', seq: 2, op: ['y'] },
  ]);
  assert.equal(text.text, 'yxabc');
});

test('permission_belowWrite_makesTheTextReadOnly', () => {
  const { stage, text } = opened('abc', EXTENDED);
  assert.deepEqual([text.permission, text.isEditable], [null, true]);
  const changes = [];
  text.on('access', ({ permission }) => changes.push([permission, text.isEditable]));
  for (const permission of ['read', 'comment', 'write', 'manage', 'read']) {
    stage.receive({ a: 'access', c: 'c', d: 'd', permission });
  }
  assert.deepEqual(changes, [
    ['read', false],
    ['comment', false],
    ['write', true],
    ['manage', true],
    ['read', false],
  ]);
  assert.throws(() => text.edit(['x']), /read-only/);
  assert.equal(text.text, 'abc');
});

test('permission_none_endsTheSubscriptionAndAsksAgainLater', () => {
  const { stage, text } = opened('abc', EXTENDED);
  stage.receive({ a: 'access', c: 'c', d: 'd', permission: 'none' });
  assert.deepEqual(stage.takeSent(), []);
  stage.clock.runUntil(2000);
  assert.deepEqual(stage.takeSent(), [{ a: 's', c: 'c', d: 'd', v: 1 }]);
  stage.receive(
    { a: 'access', c: 'c', d: 'd', permission: 'write' },
    { a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, op: ['x'] },
    { a: 's', c: 'c', d: 'd' },
  );
  assert.deepEqual([text.text, text.isEditable], ['xabc', true]);
});
