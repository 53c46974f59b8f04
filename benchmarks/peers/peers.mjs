// Measures the peers that the targets T1, T5, T6 and T7 compare with, on the same workloads as
// TargetsReport: median and spread of nine rounds, in time on a processor of the main thread.
// Usage: node peers.mjs TRACE…

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { gunzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const { Doc } = require('diamond-types-node');
const jsonJoy = require('json-joy/lib/json-ot/types/ot-string');
const { TextOperation } = require('ot');

const WARM_UP = 1e9;
const ROUND = 150e6;
const ROUNDS = 9;
const PAIRS = 64;

// Linux tells how long this process' main thread was on a processor.
const clock = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);

let sink;

function measure(work, operations, atLeast) {
  const start = clock();
  let calls = 0;
  let batch = 1;
  for (;;) {
    for (let i = 0; i < batch; i++) sink = work();
    calls += batch;
    const elapsed = clock() - start;
    if (elapsed >= atLeast) return elapsed / (calls * operations);
    if (elapsed < atLeast / 16) batch *= 2;
  }
}

function report(target, what, work, operations = 1) {
  measure(work, operations, WARM_UP);
  const nanos = Array.from({ length: ROUNDS }, () => measure(work, operations, ROUND)).sort((a, b) => a - b);
  const show = (n) => (n < 10000 ? n.toFixed(n < 10 ? 2 : 0) : n.toFixed(0));
  console.log(
    `${target}  ${what.padEnd(36)} ${show(nanos[ROUNDS >> 1]).padStart(8)} ns` +
      `  (${show(nanos[0])} - ${show(nanos[ROUNDS - 1])})`,
  );
}

// A small generator of random numbers that always starts alike (mulberry32).
let seed = 7;
function random(bound) {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % bound;
}

const letters = (length) =>
  Array.from({ length }, () => String.fromCharCode(97 + random(26))).join('');

// As Generated.scattered: k edits, each behind 1 to 40 units, of 1 to 3 units.
function scattered(k) {
  const components = [];
  for (let i = 0; i < k; i++) {
    const gap = 1 + random(40);
    const length = 1 + random(3);
    components.push([gap, random(2) ? letters(length) : -length]);
  }
  return components;
}

function forJsonJoy(components) {
  const operation = [];
  for (const component of components.flat()) operation.push(component);
  return jsonJoy.normalize(operation);
}

function forOtJs(components, baseLength) {
  const operation = new TextOperation();
  for (const [gap, edit] of components) {
    operation.retain(gap);
    if (typeof edit === 'string') operation.insert(edit);
    else operation.delete(-edit);
  }
  return operation.retain(baseLength - operation.baseLength);
}

function kernels(k) {
  const length = 50 * k;
  const a = Array.from({ length: PAIRS }, () => scattered(k));
  const b = Array.from({ length: PAIRS }, () => scattered(k));
  let turn = 0;
  if (k === 1) {
    const first = a.map(forJsonJoy);
    const second = b.map(forJsonJoy);
    for (const left of [true, false]) {
      report('T5', `json-joy transform ${left ? 'left' : 'right'}, k = ${k}`, () => {
        const i = turn++ % PAIRS;
        return jsonJoy.transform(first[i], second[i], left);
      });
    }
    report('T6', `json-joy compose, k = ${k}`, () => {
      const i = turn++ % PAIRS;
      return jsonJoy.compose(first[i], second[i]);
    });
  }
  const first = a.map((components) => forOtJs(components, length));
  const second = b.map((components) => forOtJs(components, length));
  const after = b.map((components, i) => forOtJs(components, first[i].targetLength));
  report('T5', `ot.js transform, per side, k = ${k}`, () => {
    const i = turn++ % PAIRS;
    return TextOperation.transform(first[i], second[i]); // makes both sides
  }, 2);
  report('T6', `ot.js compose, k = ${k}`, () => {
    const i = turn++ % PAIRS;
    return first[i].compose(after[i]);
  });
}

// As Generated.history: single edits at random places, three insertions to two deletions.
function past(edits) {
  let length = 100000;
  const history = [];
  for (let i = 0; i < edits; i++) {
    const inserts = random(5) < 3;
    history.push([random(length), inserts ? letters(1) : -1]);
    length += inserts ? 1 : -1;
  }
  const late = Array.from({ length: PAIRS }, () => [random(100000), 'x']);
  let turn = 0;
  report('T7', `json-joy past ${edits} edits, each`, () => {
    let operation = late[turn++ % PAIRS];
    for (const over of history) operation = jsonJoy.transform(operation, over, true);
    return operation;
  }, edits);
}

function replay(file) {
  const bytes = readFileSync(file);
  const trace = JSON.parse(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  const edits = trace.txns.flatMap((transaction) => transaction.patches);
  const type = () => {
    const document = new Doc('author');
    if (trace.startContent) document.ins(0, trace.startContent);
    for (const [position, deleted, inserted] of edits) {
      if (deleted) document.del(position, deleted);
      if (inserted) document.ins(position, inserted);
    }
    return document;
  };
  const document = type();
  if (document.get() !== trace.endContent) throw new Error(`wrong text: ${file}`);
  document.free();
  const name = file.replace(/^.*\//, '').replace(/\.json(\.gz)?$/, '');
  report('T1', `diamond-types ${name}`, () => type().free(), edits.length);
}

const load = () => console.log(`Node ${process.version}, load average ${loadavg()[0].toFixed(1)}`);

load();
for (const file of process.argv.slice(2)) replay(file);
for (const k of [1, 10, 100, 1000]) kernels(k);
for (const edits of [1000, 10000, 100000]) past(edits);
load();
