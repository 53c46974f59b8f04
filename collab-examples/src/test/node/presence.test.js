// What unmodified ShareDB clients, and ours, see of each other.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import otText from 'ot-text';
import ShareDB from 'sharedb/lib/client/index.js';
import WebSocket from 'ws';
import { connect } from '../../main/resources/web/collab.js';
import { moveValue } from '../../main/resources/web/selections.js';
import { done, fresh, Peer, raw, until } from './peer.js';

/** The client module of the server's type, with the transform of presences that npm's lacks. */
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

/** Everything that a presence has received, in order. */
function log(presence) {
  const received = [];
  presence.on('receive', (id, value) => received.push([id, value]));
  return received;
}

/** A peer that sees a channel. */
async function watcher(channel) {
  const made = await peer();
  const presence = made.connection.getPresence(channel);
  const received = log(presence);
  await done(presence, 'subscribe');
  return { peer: made, presence, received };
}

const sees = (presence, expected) => {
  const text = JSON.stringify(expected);
  return until(
    () => JSON.stringify(presence.remotePresences) === text,
    `${text} to be seen`,
  ).catch((error) => {
    throw new Error(`${error.message}; seen: ${JSON.stringify(presence.remotePresences)}`);
  });
};

// Plain presence.

test('plain presence is received, changed and removed', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  const mine = alice.presence.create('alice');
  await done(mine, 'submit', { mood: 'good' });
  await sees(bob.presence, { alice: { mood: 'good' } });
  await done(mine, 'submit', { mood: 'better' });
  await sees(bob.presence, { alice: { mood: 'better' } });
  await done(mine, 'submit', null);
  await sees(bob.presence, {});
  assert.deepEqual(bob.received, [
    ['alice', { mood: 'good' }],
    ['alice', { mood: 'better' }],
    ['alice', null],
  ]);
  assert.deepEqual(alice.received, []);
});

test('a newcomer is shown what is there', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  await done(alice.presence.create('alice'), 'submit', 1);
  const bob = await watcher(channel);
  await sees(bob.presence, { alice: 1 });
});

test('a presence that was destroyed and made again begins anew', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  for (let round = 0; round < 3; round++) {
    const mine = alice.presence.create('alice');
    assert.equal(mine.presenceVersion, 0);
    for (let i = 0; i < 4; i++) await done(mine, 'submit', `${round}.${i}`);
    await sees(bob.presence, { alice: `${round}.3` });
    await done(mine, 'destroy');
    await sees(bob.presence, {});
  }
  const again = alice.presence.create('alice');
  again.submit('without waiting');
  again.destroy();
  const last = alice.presence.create('alice');
  last.submit('last');
  await sees(bob.presence, { alice: 'last' });
});

test('destroying a channel removes all of its presences, and nothing more is heard', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  await done(alice.presence.create('a1'), 'submit', 1);
  await done(alice.presence.create('a2'), 'submit', 2);
  await sees(bob.presence, { a1: 1, a2: 2 });
  await done(alice.presence, 'destroy');
  await sees(bob.presence, {});
  await done(bob.presence.create('bob'), 'submit', 'unheard');
  assert.deepEqual(alice.received, []);
});

test('a client that is cut off is gone, and there again when it is back', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  const mine = alice.presence.create('alice');
  await done(mine, 'submit', 'here');
  await sees(bob.presence, { alice: 'here' });
  await alice.peer.cut();
  await sees(bob.presence, {});
  await alice.peer.reconnect();
  await sees(bob.presence, { alice: 'here' });
  await done(mine, 'submit', 'still here');
  await sees(bob.presence, { alice: 'still here' });
});

test('a client that comes back hears of what it has missed', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  const bobs = bob.presence.create('bob');
  await done(bobs, 'submit', 'before');
  await sees(alice.presence, { bob: 'before' });
  await alice.peer.cut();
  await done(bobs, 'submit', 'meanwhile');
  await alice.peer.reconnect();
  await sees(alice.presence, { bob: 'meanwhile' });
});

test('an id of somebody else is refused in the callback', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  const bob = await watcher(channel);
  await done(alice.presence.create('same'), 'submit', 'mine');
  await sees(bob.presence, { same: 'mine' }); // the client takes what comes later for its answer
  await assert.rejects(done(bob.presence.create('same'), 'submit', 'forged'), {
    code: 'ERR_PRESENCE_NOT_OWNED',
  });
  const carol = await watcher(channel);
  await sees(carol.presence, { same: 'mine' });
});

test('a client that asks is shown everything once more', async () => {
  const channel = fresh();
  const alice = await watcher(channel);
  await done(alice.presence.create('alice'), 'submit', 'here');
  const frames = await raw(
    [
      { a: 'hs', id: null, protocol: 1, protocolMinor: 2 },
      { a: 'ps', ch: channel, seq: 0 },
      { a: 'pr', ch: channel },
    ],
    (received) => received.filter(({ a }) => a === 'p').length === 2,
  );
  const shown = frames.filter(({ a }) => a === 'p');
  assert.deepEqual(shown[0], shown[1]);
});

// Document presence.

const range = (anchor, head) => ({ selections: [{ anchor, head }] });

/** A peer that is in a document and sees who else is. */
async function member(name) {
  const made = await peer();
  const doc = made.doc(name);
  await done(doc, 'subscribe');
  const presence = made.connection.getDocPresence('interop', name);
  await done(presence, 'subscribe');
  return { peer: made, doc, presence };
}

/** Where the server says that everybody is, to somebody who has just come. */
async function onServer(name) {
  const frames = await raw(
    [
      { a: 'hs', id: null, protocol: 1, protocolMinor: 2, collab: 1 },
      { a: 'ps', ch: `interop.${name}`, seq: 0, c: 'interop', d: name },
    ],
    (received) => received.flat().some(({ a }) => a === 'ps'),
  );
  const { presences } = frames.flat().find(({ a }) => a === 'ps');
  return Object.fromEntries(presences.map(({ id, p }) => [id, p]));
}

test('a selection moves over own and foreign edits alike for all', async () => {
  const name = fresh();
  const alice = await member(name);
  await done(alice.doc, 'create', 'hello world', 'text');
  const bob = await member(name);
  await done(alice.presence.create('alice'), 'submit', range(5, 5));
  await done(bob.presence.create('bob'), 'submit', range(11, 6));
  await sees(bob.presence, { alice: range(5, 5) });
  await sees(alice.presence, { bob: range(11, 6) });

  await done(alice.doc, 'submitOp', [5, '!']); // her own cursor goes along
  await sees(bob.presence, { alice: range(6, 6) });
  await done(bob.doc, 'submitOp', [6, '?']); // behind her cursor, which stays
  await sees(bob.presence, { alice: range(6, 6) });
  await done(bob.doc, 'submitOp', ['> ']);
  await sees(bob.presence, { alice: range(8, 8) });
  await sees(alice.presence, { bob: range(15, 10) });
  await done(alice.doc, 'submitOp', [9, { d: 3 }]); // takes a part of his selection along
  await sees(alice.presence, { bob: range(12, 9) });
  assert.equal(alice.doc.data, '> hello!?rld');
  assert.deepEqual(await onServer(name), { alice: range(8, 8), bob: range(12, 9) });
});

test('selections of typists agree with the server when all have come to rest', async () => {
  const name = fresh();
  const first = await member(name);
  await done(first.doc, 'create', 'the quick brown fox jumps', 'text');
  const members = [first, await member(name), await member(name)];
  const own = members.map(({ presence }, i) => presence.create(`m${i}`));
  let state = 11;
  const random = (n) => (state = (state * 48271) % 0x7fffffff) % n;
  for (let round = 0; round < 80; round++) {
    const i = random(members.length);
    const { doc } = members[i];
    const at = random(doc.data.length + 1);
    if (random(2) === 0) own[i].submit(range(at, random(doc.data.length + 1)));
    else if (random(3) > 0) doc.submitOp(at > 0 ? [at, 'ab'] : ['ab']);
    else if (at < doc.data.length) doc.submitOp(at > 0 ? [at, { d: 1 }] : [{ d: 1 }]);
    if (random(3) === 0) await new Promise((resolve) => setTimeout(resolve, random(20)));
  }
  const atRest = ({ doc }) => !doc.hasPending() && doc.version === first.doc.version;
  await until(() => members.every(atRest), 'all edits to arrive');
  const last = members.map(({ doc }, i) => range(i, doc.data.length - i - 10));
  await Promise.all(own.map((presence, i) => done(presence, 'submit', last[i])));
  await agree(members, name);
  for (const { doc } of members) await done(doc, 'submitOp', [5, '> ']);
  await agree(members, name);
});

/** Waits until all members see the others where the server says that they are. */
async function agree(members, name) {
  const shown = await onServer(name);
  assert.equal(Object.keys(shown).length, members.length);
  for (const [i, { presence }] of members.entries()) {
    const others = Object.keys(shown).filter((id) => id !== `m${i}`);
    await until(
      () =>
        others.every(
          (id) => JSON.stringify(presence.remotePresences[id]) === JSON.stringify(shown[id]),
        ),
      `${JSON.stringify(shown)} to be seen`,
    );
    assert.equal(Object.keys(presence.remotePresences).length, others.length);
  }
}

test('what is shown in a document is gone with it', async () => {
  const name = fresh();
  const alice = await member(name);
  await done(alice.doc, 'create', 'hello', 'text');
  const bob = await member(name);
  await done(alice.presence.create('alice'), 'submit', range(2, 4));
  await sees(bob.presence, { alice: range(2, 4) });
  await done(bob.doc, 'del');
  await until(() => alice.doc.type === null, 'the deletion to arrive');
  await done(bob.doc, 'create', 'anew', 'text');
  assert.deepEqual(await onServer(name), {});
});

// Together with our own clients.

/** Our client goes on to show for half a minute who has left; the process need not wait for that. */
const timers = {
  set: (action, millis) => setTimeout(action, millis).unref(),
  clear: clearTimeout,
};

async function collab(name) {
  const client = connect(process.env.COLLAB_URL, { WebSocket, timers, user: { name: 'Ours' } });
  open.push({ close: () => client.disconnect() });
  const text = client.open('interop', name);
  const { presence } = text;
  await until(() => text.revision > 0, 'the text to be loaded');
  return { client, text, presence };
}

const values = ({ others }) => others.map(({ value }) => value);
const shows = (presence, expected) =>
  until(
    () => JSON.stringify(values(presence)) === JSON.stringify(expected),
    `${JSON.stringify(expected)} to be seen`,
  );

test('ShareDB clients and ours see each other move', async () => {
  const name = fresh();
  const alice = await member(name);
  await done(alice.doc, 'create', 'hello world', 'text');
  const ours = await collab(name);
  const mine = alice.presence.create('alice');
  await done(mine, 'submit', range(6, 11));
  ours.presence.set(range(5, 5), 'ours');
  await shows(ours.presence, [range(6, 11)]);
  await sees(alice.presence, { ours: range(5, 5) });

  await done(alice.doc, 'submitOp', ['> ']);
  await shows(ours.presence, [range(8, 13)]);
  await sees(alice.presence, { ours: range(7, 7) });
  ours.text.edit([7, ' my']);
  await sees(alice.presence, { ours: range(10, 10) });
  await shows(ours.presence, [range(11, 16)]);
  assert.deepEqual(await onServer(name), { alice: range(11, 16), ours: range(10, 10) });

  await done(mine, 'destroy');
  await shows(ours.presence, []);
  await done(alice.presence.create('alice'), 'submit', range(1, 1));
  await shows(ours.presence, [range(1, 1)]);
  ours.client.disconnect();
  await sees(alice.presence, {});
});
