/**
 * Many clients, one server, a bad network, in virtual time. Every inserted character is unique,
 * so that the server's log tells what became of each. A failure names its seed; run one seed with
 * COLLAB_SEED, more of them with COLLAB_SEEDS.
 */
import test from 'node:test';
import { World } from './simulation/world.js';

const SEEDS = Number(process.env.COLLAB_SEEDS ?? 1500);

test('people_onABadNetwork_agreeAndLoseNothing', () => {
  const only = process.env.COLLAB_SEED;
  const seeds =
    only === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed) : [Number(only)];
  for (const seed of seeds) {
    try {
      const world = new World(seed);
      world.run(120);
      world.checkAgreement();
      world.checkNothingLost();
    } catch (error) {
      throw new Error(`seed ${seed}: ${error.message}`, { cause: error });
    }
  }
});
