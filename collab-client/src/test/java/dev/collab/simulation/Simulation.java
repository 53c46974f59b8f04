package dev.collab.simulation;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One world, from its seed to its end. Whatever is run again happens again, in any JVM.
 *
 * @param seed the seed
 * @param steps how many steps it takes before it is left in peace
 * @param variant gives what it is made of, anew for each run
 */
record Simulation(long seed, int steps, Supplier<Variant> variant) {

  private static final int LAST_EVENTS = 60;

  /** Runs the world; returns a report with the last events if something did not hold. */
  Optional<String> failure() {
    return failure(new World(seed, variant.get(), 0))
        .map(
            failure -> {
              World again = new World(seed, variant.get(), LAST_EVENTS); // this time with a trace
              return report(again, failure(again).map(Simulation::described).orElse("not again"));
            });
  }

  /** Runs the world and returns everything that happened, whether all is well or not. */
  String trace() {
    World world = new World(seed, variant.get(), Integer.MAX_VALUE);
    return report(world, failure(world).map(Simulation::described).orElse("all is well"));
  }

  private Optional<Throwable> failure(World world) {
    try (LogWatch log = new LogWatch()) {
      for (int step = 0; step < steps; step++) {
        world.step();
        log.check();
      }
      world.settle();
      log.check();
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }

  private String report(World world, String outcome) {
    return String.join(
        "\n",
        "seed " + seed + ", " + steps + " steps: " + outcome,
        world.plan().toString(),
        world.trace().toString(),
        "To run this seed alone, with all of its events:",
        "  mvn -q -ntp test -pl collab-client -am -Dtest=WorldSimulationTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dcollab.simulation.seed="
            + seed
            + " -Dcollab.simulation.steps="
            + steps);
  }

  private static String described(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause);
      if (!(cause instanceof Violation)) {
        for (StackTraceElement frame : cause.getStackTrace()) {
          text.append("\n    at ").append(frame);
        }
      }
      text.append(cause.getCause() == null ? "" : "\n  caused by ");
    }
    return text.toString();
  }
}
