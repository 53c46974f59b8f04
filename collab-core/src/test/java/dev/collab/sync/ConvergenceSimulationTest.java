package dev.collab.sync;

import org.junit.jupiter.api.Test;

/**
 * Replicas and one authority under everything that goes wrong between them. A failure names its
 * seed; {@code -Dcollab.seeds=N} runs more, {@code -Dcollab.seed=N} one.
 */
class ConvergenceSimulationTest {

  private static final int STEPS = 200;

  @Test
  void run_manySeeds_allConvergeAndEverySubmissionHasOneOutcome() {
    long only = Long.getLong("collab.seed", -1);
    long seeds = Long.getLong("collab.seeds", 2000);
    for (long seed = Math.max(only, 0); seed < (only < 0 ? seeds : only + 1); seed++) {
      try {
        new Simulation(seed).run(STEPS);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
