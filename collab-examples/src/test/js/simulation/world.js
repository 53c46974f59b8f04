/** A simulated world: people with clients, a server, a network, and an account of every character. */
import assert from 'node:assert/strict';
import { connect } from '../../../main/resources/web/collab.js';
import { apply, fromChanges } from '../../../main/resources/web/text-operation.js';
import { Chance } from '../random.js';
import { Clock, Network } from './network.js';
import { Server } from './server.js';

/** An endless supply of characters, each given out once; every third is a surrogate pair. */
class Characters {
  #given = 0;

  next(count) {
    return Array.from({ length: count }, () => {
      const index = this.#given++;
      return String.fromCodePoint(index % 3 === 0 ? 0x20000 + index : 0x4e00 + index);
    }).join('');
  }
}

/** A person with an editor: edits at random and keeps account of every character. */
class Person {
  own = new Map();
  excused = new Set();

  constructor(world, name) {
    this.world = world;
    this.name = name;
    const { clock, chance, network } = world;
    this.client = connect('ws://simulated', {
      WebSocket: network.WebSocket,
      timers: clock.timers,
      random: chance.random,
      defer: (action) => clock.after(0, action),
    });
    this.documents = world.documentIds.map((id) => this.#open(id));
  }

  #open(id) {
    const text = this.client.open('texts', id, { create: '' });
    const document = { id, text, screen: '' };
    text.on('load', (event) => (document.screen = event.text));
    text.on('change', ({ operation }) => (document.screen = apply(document.screen, operation)));
    text.on('rejected', ({ operation }) => this.#excuse(operation ?? []));
    text.on('deleted', ({ pending }) => {
      pending.forEach((operation) => this.#excuse(operation));
      this.world.clock.after(this.world.chance.below(3000), () => {
        if (text.phase === 'deleted' && this.client.state === 'connected') text.create('');
      });
    });
    text.on('resync', ({ assumedCommitted }) => (this.world.guesses += assumedCommitted ? 1 : 0));
    return document;
  }

  #excuse(operation) {
    for (const component of operation) {
      if (typeof component === 'string')
        [...component].forEach((character) => this.excused.add(character));
    }
  }

  act() {
    const { chance, characters, habits } = this.world;
    const document = chance.of(this.documents);
    const { text } = document;
    if (chance.happens(0.03)) this.client.disconnect();
    if (chance.happens(0.1)) this.client.connect();
    if (chance.happens(0.05)) text.hold();
    else if (chance.happens(0.3)) text.resume();
    if (text.phase !== 'ready') return;
    const from = chance.below(document.screen.length + 1);
    const to = chance.happens(0.4)
      ? Math.min(from + chance.below(6), document.screen.length)
      : from;
    const insert = chance.happens(0.7)
      ? characters.next(1 + chance.below(habits.longestInsert))
      : '';
    this.#edit(document, { from, to, insert });
  }

  #edit(document, change) {
    const { text, screen } = document;
    const operation = fromChanges([change]);
    const [before, removed, after] = [
      screen.slice(0, change.from),
      screen.slice(change.from, change.to),
      screen.slice(change.to),
    ];
    const isWhole = ![before, after].some((part) => /\p{Surrogate}/u.test(part));
    if (!isWhole) {
      // Two halves left over from two pairs may make up a pair, but hardly ever a unique one.
      if (/\p{Surrogate}/u.test(apply(screen, operation)))
        assert.throws(() => text.edit(operation), RangeError);
      return;
    }
    document.screen = apply(screen, operation);
    [...change.insert].forEach((character) => this.own.set(character, document.id));
    [...removed].forEach((character) => this.excused.add(character));
    text.edit(operation);
  }

  check() {
    for (const { text, screen } of this.documents) {
      if (text.phase === 'ready') assert.equal(text.text, screen, `${this.name}'s screen`);
    }
  }
}

/** What a server with our extension can do, and one without. */
const EXTENDED = { isExtended: true, operationLimit: 300, remembersDuplicates: true };
const BASE = { isExtended: false, operationLimit: Infinity, remembersDuplicates: false };

export class World {
  guesses = 0;
  characters = new Characters();

  constructor(seed) {
    this.chance = new Chance(seed);
    const { chance } = this;
    const rarely = (switchedOn, probability) => (chance.happens(switchedOn) ? probability : 0);
    this.habits = {
      loses: rarely(0.3, 0.1),
      repeats: rarely(0.3, 0.2),
      refuses: rarely(0.4, 0.15),
      isBusy: rarely(0.3, 0.1),
      cannotRead: rarely(0.3, 0.1),
      forgets: rarely(0.25, 0.1),
      deletes: rarely(0.15, 0.02),
      suppressesNoOps: chance.happens(0.5),
      sendsGapBeforeDuplicate: chance.happens(0.5),
      fixes: rarely(0.2, 0.2),
      ...(chance.happens(0.5) ? EXTENDED : BASE),
      longestInsert: chance.of([2, 4, 40]),
    };
    this.documentIds = ['one', 'two', 'three'].slice(0, 1 + chance.below(3));
    this.clock = new Clock();
    this.server = new Server(this.clock, chance, this.habits);
    this.network = new Network(this.clock, chance, this.server);
    this.people = Array.from(
      { length: 2 + chance.below(4) },
      (_, index) => new Person(this, `person ${index}`),
    );
  }

  run(steps) {
    for (let step = 0; step < steps; step++) {
      this.chance.of(this.people).act();
      if (this.chance.happens(0.03)) this.network.cut(0.5);
      if (this.chance.happens(this.habits.deletes)) this.#delete(this.chance.of(this.documentIds));
      this.clock.runUntil(
        this.clock.now + (this.chance.happens(0.05) ? 5000 : this.chance.below(100)),
      );
      this.people.forEach((person) => person.check());
    }
    this.#heal();
  }

  #delete(id) {
    const document = this.server.document(id);
    if (document.text !== null)
      this.server.commit(document, { src: 'admin', seq: document.log.length + 1, del: true });
  }

  /** Faults end. Where broadcasts were lost, a last loss of the connection brings the rest. */
  #heal() {
    this.server.isFaulty = false;
    this.network.isFaulty = false;
    for (const { client, documents } of this.people) {
      documents.forEach(({ text }) => text.resume());
      if (this.habits.loses > 0) client.disconnect();
      client.connect();
    }
    this.clock.runUntil(this.clock.now + 120_000);
    for (const { documents } of this.people) {
      for (const { text } of documents)
        if (text.phase === 'deleted' || text.phase === 'absent') text.create('');
      this.clock.runUntil(this.clock.now + 20_000);
    }
  }

  checkAgreement() {
    for (const person of this.people) {
      person.check();
      for (const { id, text } of person.documents) {
        const { text: expected, log } = this.server.document(id);
        const where = `${person.name}, ${id}`;
        assert.equal(text.phase, 'ready', where);
        assert.equal(text.text, expected, where);
        assert.equal(text.revision, log.length, where);
        assert.equal(text.hasUnsavedChanges, false, where);
        assert.equal(text.unsavedEdits, 0, where);
      }
    }
  }

  /** Each character was committed once, or refused, or deleted by the one who typed it. */
  checkNothingLost() {
    const committed = new Map();
    for (const { log } of this.server.documents.values()) {
      for (const { op = [] } of log) {
        const inserted = op.filter((component) => typeof component === 'string').join('');
        for (const character of inserted)
          committed.set(character, (committed.get(character) ?? 0) + 1);
      }
    }
    const mayRepeat = this.habits.forgets > 0 && !this.habits.isExtended;
    for (const { own, excused, name } of this.people) {
      for (const character of own.keys()) {
        const count = committed.get(character) ?? 0;
        const label = `${name}'s character U+${character.codePointAt(0).toString(16)}`;
        assert.ok(count > 0 || excused.has(character), `${label} is lost`);
        assert.ok(count <= 1 || mayRepeat, `${label} was committed ${count} times`);
      }
    }
  }
}
