package dev.collab.simulation;

import java.util.Optional;

/**
 * One world, from its seed to its end.
 *
 * @param seed the seed
 * @param steps how many steps it takes before it is left in peace
 * @param variant what it is made of
 */
record Simulation(long seed, int steps, Variant variant) {

  private static final int TRACED_EVENTS = 80;

  /** Runs the world; returns a report if something did not hold. */
  Optional<String> run() {
    return failure(new World(seed, variant, 0))
        .map(
            failure -> {
              // the same again, this time with a trace
              World again = new World(seed, variant, TRACED_EVENTS);
              return report(again, failure(again).orElse(failure));
            });
  }

  /** Runs the world with a full trace and returns it, whatever happens. */
  String trace() {
    World world = new World(seed, variant, Integer.MAX_VALUE);
    return report(world, failure(world).orElse(new Violation("all is well")));
  }

  private Optional<Throwable> failure(World world) {
    try {
      for (int step = 0; step < steps; step++) {
        world.step();
      }
      world.settle();
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }

  private String report(World world, Throwable failure) {
    return String.join(
        "\n",
        "seed " + seed + ", " + steps + " steps: " + failure,
        world.plan().toString(),
        world.trace().toString(),
        "For the whole trace: -Dcollab.simulation.seed=" + seed
            + " -Dcollab.simulation.steps=" + steps);
  }
}
