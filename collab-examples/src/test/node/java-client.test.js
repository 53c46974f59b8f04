// What unmodified ShareDB clients and the Java client see of each other. `JavaPeer` is there too:
// it shows on the channel `java` what it sees, and purges a document when it is asked to.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import otText from 'ot-text';
import ShareDB from 'sharedb/lib/client/index.js';
import { moveValue } from '../../main/resources/web/selections.js';
import { done, Peer, until } from './peer.js';

ShareDB.types.register({
  ...otText.type,
  transformPresence: (value, op, isOwn) =>
    value && moveValue(value, op, isOwn ? 'own' : 'foreign'),
});

const open = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

async function peer() {
  const made = new Peer();
  open.push(made);
  return made.connected();
}

async function subscriber(name) {
  const made = await peer();
  const doc = made.doc(name);
  await done(doc, 'subscribe');
  return { peer: made, doc };
}

const values = (presence) => Object.values(presence.remotePresences);

/** Waits for the Java client to say that it sees what is expected. */
const javaSees = (presence, expected) => {
  const text = JSON.stringify(expected);
  return until(
    () => values(presence).some((value) => JSON.stringify(value) === text),
    `the Java client to see ${text}`,
  ).catch((error) => {
    throw new Error(`${error.message}; it says ${JSON.stringify(values(presence))}`);
  });
};

async function channel() {
  const made = await peer();
  const presence = made.connection.getPresence('java');
  await done(presence, 'subscribe');
  return { peer: made, presence };
}

test('plain presence of both clients is seen by the other', async () => {
  const { presence } = await channel();
  await javaSees(presence, { plain: [], selections: [] });
  const mine = presence.create('npm');
  await done(mine, 'submit', { mood: 'good' });
  await javaSees(presence, { plain: [{ mood: 'good' }], selections: [] });
  await done(mine, 'submit', { mood: 'better' });
  await javaSees(presence, { plain: [{ mood: 'better' }], selections: [] });
  await done(mine, 'submit', null);
  await javaSees(presence, { plain: [], selections: [] });
});

test('plain presence of a client that is cut off is gone for the Java client', async () => {
  const other = await channel();
  const { peer: made, presence } = await channel();
  await done(presence.create('npm'), 'submit', 'here');
  await javaSees(other.presence, { plain: ['here'], selections: [] });
  await made.cut();
  await javaSees(other.presence, { plain: [], selections: [] });
});

test('selections of both clients move over the edits of both', async () => {
  const { presence: report } = await channel();
  const { peer: made, doc } = await subscriber('java');
  const presence = made.connection.getDocPresence('interop', 'java');
  await done(presence, 'subscribe');
  const javaIsAt = (anchor, head) =>
    until(
      () => JSON.stringify(values(presence)) === JSON.stringify([{ selections: [{ anchor, head }] }]),
      `the Java client at ${anchor}..${head}`,
    ).catch((error) => {
      throw new Error(`${error.message}; it is at ${JSON.stringify(values(presence))}`);
    });
  await javaIsAt(1, 3);
  const mine = presence.create('npm');
  await done(mine, 'submit', { selections: [{ anchor: 6, head: 4 }] });
  await javaSees(report, { plain: [], selections: [{ anchor: 6, head: 4 }] });

  await done(doc, 'submitOp', [2, '--']); // inside of the Java client's selection
  await javaIsAt(1, 5);
  await javaSees(report, { plain: [], selections: [{ anchor: 8, head: 6 }] });

  await done(doc, 'submitOp', [12, 'go']); // so that the Java client inserts two at the start
  await until(() => doc.data === 'xx01--23456789go', 'the edit of the Java client');
  await javaIsAt(3, 7);
  await javaSees(report, { plain: [], selections: [{ anchor: 10, head: 8 }] });

  await done(mine, 'destroy');
  await javaSees(report, { plain: [], selections: [] });
});

test('a purge ends the history, and both clients go on in the next one', async () => {
  const alice = await subscriber('purged');
  const bob = await subscriber('purged');
  const before = alice.doc.version;
  await done(alice.doc, 'submitOp', [3, ' purge!']);
  for (const { peer } of [alice, bob]) {
    await until(() => peer.connection.state === 'disconnected', 'the end of the connection');
  }
  const lost = done(bob.doc, 'submitOp', ['lost ']);
  const isLost = assert.rejects(lost);
  await alice.peer.reconnect();
  await bob.peer.reconnect();
  await isLost;
  for (const { doc } of [alice, bob]) {
    await until(() => doc.data === 'old purge!', 'what the document holds');
    assert.ok(doc.version >= 2 ** 32 && before < 2 ** 32, `version ${doc.version}`);
  }
  await done(alice.doc, 'submitOp', ['new ']);
  await done(bob.doc, 'submitOp', [bob.doc.data.length, ' end']);
  for (const { doc } of [alice, bob]) {
    await until(() => doc.data === 'new old purge! end', 'the edits behind it');
  }
  const late = await subscriber('purged');
  assert.equal(late.doc.data, 'new old purge! end');
  assert.equal(alice.peer.error, undefined);
});
