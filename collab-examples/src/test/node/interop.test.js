import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { done, fresh, Peer, raw, until } from './peer.js';

const open = [];

async function peer() {
  const made = new Peer();
  open.push(made);
  return made.connected();
}

/** A peer that has subscribed to a document. */
async function subscriber(name) {
  const made = await peer();
  const doc = made.doc(name);
  await done(doc, 'subscribe');
  return [made, doc];
}

afterEach(() => open.splice(0).forEach((one) => one.close()));

const settled = (...docs) =>
  until(
    () =>
      docs.every((doc) => !doc.hasPending() && doc.version === docs[0].version) &&
      docs.every((doc) => doc.data === docs[0].data),
    'all documents to be equal',
  );

test('create and subscribe', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  assert.equal(alice.type, null);
  assert.equal(alice.version, 0);
  await done(alice, 'create', 'hello', 'text');
  const [, bob] = await subscriber(name);
  assert.equal(bob.data, 'hello');
  assert.equal(bob.version, 1);
  assert.equal(bob.type.uri, 'http://sharejs.org/types/textv1');
});

test('create without fetching, and a second create', async () => {
  const name = fresh();
  const alice = (await peer()).doc(name);
  await done(alice, 'create', 'first', 'text');
  const bob = (await peer()).doc(name);
  await assert.rejects(done(bob, 'create', 'second', 'text'), { code: 'ERR_DOC_ALREADY_CREATED' });
  const [, carol] = await subscriber(name);
  assert.equal(carol.data, 'first');
});

test('two clients insert at the same place', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  await done(alice, 'create', '', 'text');
  const [, bob] = await subscriber(name);
  alice.submitOp(['Hello']);
  bob.submitOp(['World']);
  await settled(alice, bob);
  assert.ok(['HelloWorld', 'WorldHello'].includes(alice.data), alice.data);
});

test('many clients edit at random places', async () => {
  const name = fresh();
  const [, first] = await subscriber(name);
  await done(first, 'create', 'the quick brown fox', 'text');
  const docs = [first];
  for (let i = 0; i < 4; i++) docs.push((await subscriber(name))[1]);
  let state = 7;
  const random = (n) => (state = (state * 48271) % 0x7fffffff) % n;
  for (let round = 0; round < 60; round++) {
    const doc = docs[random(docs.length)];
    const at = random(doc.data.length + 1);
    const op = at > 0 ? [at] : [];
    if (random(3) > 0 || at === doc.data.length) op.push(String.fromCodePoint(97 + random(26)).repeat(1 + random(3)));
    else op.push({ d: 1 + random(Math.min(3, doc.data.length - at)) });
    doc.submitOp(op);
    if (random(4) === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await settled(...docs);
});

test('reconnect with an unacknowledged operation', async () => {
  const name = fresh();
  const [alice, doc] = await subscriber(name);
  await done(doc, 'create', 'text', 'text');
  const [, other] = await subscriber(name);
  alice.deaf = true;
  doc.submitOp(['once ']);
  await until(() => other.data === 'once text', 'the operation to be committed');
  await alice.cut();
  doc.submitOp(['offline ']);
  await done(other, 'submitOp', [9, '!']);
  await alice.reconnect();
  await settled(doc, other);
  assert.equal(doc.data, 'offline once text!');
  const resent = alice.frames.find((frame) => frame.a === 'op');
  assert.equal(resent.src, alice.connection.id);
});

test('reconnect with an operation that never arrived', async () => {
  const name = fresh();
  const [alice, doc] = await subscriber(name);
  await done(doc, 'create', 'text', 'text');
  const [, other] = await subscriber(name);
  await alice.cut();
  doc.submitOp([4, ' kept']);
  await done(other, 'submitOp', ['> ']);
  await alice.reconnect();
  await settled(doc, other);
  assert.equal(doc.data, '> text kept');
});

test('bulk resubscribe of 50 documents', async () => {
  const names = Array.from({ length: 50 }, fresh);
  const alice = await peer();
  const docs = names.map((name) => alice.doc(name));
  alice.connection.startBulk();
  const subscribed = docs.map((doc) => done(doc, 'subscribe'));
  alice.connection.endBulk();
  await Promise.all(subscribed);
  await Promise.all(docs.map((doc, i) => done(doc, 'create', `${i}`, 'text')));
  await alice.cut();
  const bob = await peer();
  await Promise.all(
    names.map(async (name) => {
      const doc = bob.doc(name);
      await done(doc, 'fetch');
      await done(doc, 'submitOp', ['changed ']);
    }),
  );
  await alice.reconnect();
  await until(() => docs.every((doc, i) => doc.data === `changed ${i}`), 'all to catch up');
  const bulk = alice.frames.find((frame) => frame.a === 'bs');
  assert.equal(Object.keys(bulk.b).length, 50);
  await done(bob.doc(names[49]), 'submitOp', ['live ']);
  await until(() => docs[49].data === 'live changed 49', 'the subscription to be live');
});

test('delete and create again', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  await done(alice, 'create', 'old', 'text');
  const [, bob] = await subscriber(name);
  await done(alice, 'del');
  await until(() => bob.type === null, 'the deletion to arrive');
  await done(bob, 'create', 'new', 'text');
  await until(() => alice.data === 'new', 'the creation to arrive');
  assert.equal(alice.version, 3);
  await done(alice, 'submitOp', [3, '!']);
  await settled(alice, bob);
});

test('an operation on a document that was deleted meanwhile is refused', async () => {
  const name = fresh();
  const [alice, doc] = await subscriber(name);
  await done(doc, 'create', 'text', 'text');
  const [, other] = await subscriber(name);
  await alice.cut();
  const late = done(doc, 'submitOp', ['late ']);
  const refused = assert.rejects(late, { code: 'ERR_DOC_WAS_DELETED' });
  await done(other, 'del');
  await alice.reconnect();
  await refused;
  await until(() => doc.type === null, 'the deletion to arrive');
});

test('a refused operation rolls back and the document goes on', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  await done(alice, 'create', 'text', 'text');
  const [, bob] = await subscriber(name);
  const tooLong = done(alice, 'submitOp', ['x'.repeat(3 << 20)]);
  await assert.rejects(tooLong, (error) => /TOO_LARGE/.test(error.code));
  await until(() => alice.data === 'text' && !alice.hasPending(), 'the rollback');
  await done(alice, 'submitOp', [4, '!']);
  await settled(alice, bob);
  assert.equal(bob.data, 'text!');
});

test('an impostor cannot claim the id of another client', async () => {
  const name = fresh();
  const [alice, doc] = await subscriber(name);
  await done(doc, 'create', '', 'text');
  const seen = await raw(
    [
      { a: 'hs', id: null, protocol: 1, protocolMinor: 2 },
      { a: 'f', c: 'interop', d: name, v: 0 },
    ],
    (received) => received.some((frame) => frame.a === 'f'),
  );
  const publicId = seen.find((frame) => frame.a === 'op').src;
  assert.notEqual(publicId, alice.connection.id);
  const claim = (id, src) =>
    raw(
      [
        { a: 'hs', id, protocol: 1, protocolMinor: 2 },
        { a: 'op', c: 'interop', d: name, v: 1, src, seq: alice.connection.seq, x: {}, op: ['forged'] },
      ],
      (received) => received.some((frame) => frame.a === 'op'),
    );
  const foreign = await claim(null, publicId);
  assert.equal(foreign.at(-1).error.code, 'ERR_SOURCE_NOT_OWNED');
  await claim(publicId, publicId); // accepted as a client of its own, not as the victim
  await done(doc, 'submitOp', ['mine']);
  await until(() => doc.data.includes('mine') && doc.data.includes('forged'), 'both edits');
  assert.equal(alice.connection.state, 'connected');
  const [, reader] = await subscriber(name);
  assert.equal(reader.data, doc.data);
});

test('bad messages are answered and harm nothing', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  await done(alice, 'create', 'text', 'text');
  const answers = await raw(
    [
      { a: 'hs', id: null, protocol: 1, protocolMinor: 2 },
      'nonsense',
      { a: 'nope' },
      { a: 'op', c: 'interop', d: name, v: 99, seq: 1, op: ['x'] },
      { a: 'op', c: 'interop', d: name, v: 1, seq: 2, op: [99, 'x'] },
      { a: 'op', c: 'interop', d: name, v: 1, seq: 3, op: ['\ud83d'] },
      { a: 'pp' },
    ],
    (received) => received.length === 7,
  );
  const codes = answers.filter((answer) => answer.error).map((answer) => answer.error.code);
  assert.deepEqual(codes.sort(), [
    'ERR_MESSAGE_BADLY_FORMED',
    'ERR_MESSAGE_BADLY_FORMED',
    'ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT',
    'ERR_OT_OP_NOT_APPLIED',
    'ERR_OT_OP_NOT_APPLIED',
  ]);
  await done(alice, 'submitOp', [4, '!']);
  assert.equal(alice.data, 'text!');
});

test('unsubscribe ends the broadcasts, fetch brings the document up to date', async () => {
  const name = fresh();
  const [, alice] = await subscriber(name);
  await done(alice, 'create', '', 'text');
  const [, bob] = await subscriber(name);
  await done(bob, 'unsubscribe');
  await done(alice, 'submitOp', ['x']);
  assert.equal(bob.data, '');
  await done(bob, 'fetch');
  assert.equal(bob.data, 'x');
});

test('ping', async () => {
  const alice = await peer();
  await new Promise((resolve) => {
    alice.connection.once('pong', resolve);
    alice.connection.ping();
  });
});
