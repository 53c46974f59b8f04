package dev.collab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void worlds_ofManySeeds_keepAllPromises() {
    long first = Long.getLong("collab.simulation.first", 1);
    long seeds = Long.getLong("collab.simulation.seeds", 5_000);
    int steps = Integer.getInteger("collab.simulation.steps", 200);
    Optional<String> failure =
        LongStream.range(first, first + seeds)
            .parallel()
            .mapToObj(seed -> new Simulation(seed, steps, Variant.SOUND).run())
            .flatMap(Optional::stream)
            .findAny();
    assertThat(failure).isEmpty();
  }
}
