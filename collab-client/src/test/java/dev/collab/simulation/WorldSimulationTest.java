package dev.collab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients and servers over a hostile network and coordinator: {@code -Dcollab.simulation.seeds=N}
 * and {@code -Dcollab.simulation.steps=N} run more or longer worlds, {@code
 * -Dcollab.simulation.first=N} others, and {@code -Dcollab.simulation.seed=N} runs one of them and
 * prints everything that happens in it.
 */
class WorldSimulationTest {

  /** Within so many seeds each defect has to be found. */
  private static final int SEEDS_FOR_A_DEFECT = 2_000;

  private static final Logger LOGGER = Logger.getLogger("dev.collab");

  private final int steps = Integer.getInteger("collab.simulation.steps", 200);

  @BeforeAll
  static void keepExpectedErrorsFromTheConsole() {
    LOGGER.setUseParentHandlers(false);
  }

  @AfterAll
  static void showErrorsAgain() {
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void worlds_ofManySeeds_keepAllPromises() {
    Long only = Long.getLong("collab.simulation.seed");
    if (only != null) {
      System.out.println(sound(only).trace());
    }
    long first = only == null ? Long.getLong("collab.simulation.first", 1) : only;
    long seeds = only == null ? Long.getLong("collab.simulation.seeds", 3_000) : 1;
    System.out.println("simulating " + seeds + " worlds of " + steps + " steps from seed " + first);
    Optional<String> failure =
        LongStream.range(first, first + seeds)
            .parallel()
            .mapToObj(seed -> sound(seed).failure())
            .flatMap(Optional::stream)
            .findAny();
    assertThat(failure).isEmpty();
  }

  private Simulation sound(long seed) {
    return new Simulation(seed, steps, () -> Variant.SOUND);
  }

  /** Worlds in which somebody once saw a presence that had ended. */
  @ParameterizedTest
  @ValueSource(longs = {73, 819, 1429, 2275})
  void world_thatOnceHadAGhost_hasNone(long seed) {
    Simulation world = new Simulation(seed, 200, () -> Variant.IN_COMPANY);
    assertThat(world.failure()).isEmpty();
  }

  /** A world in which an edit that came late once made its idle author active for good. */
  @Test
  void world_inWhichAnIdleAuthorsEditComesLate_showsThemIdle() {
    assertThat(sound(609_782).failure()).isEmpty();
  }

  /** A world in which somebody once came back to a room again and again, and was never in it. */
  @Test
  void world_inWhichMuchWasSaidMeanwhile_comesToRest() {
    Simulation world = new Simulation(151, 200, () -> Variant.TALKING);
    assertThat(world.failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void world_runAgain_isTheSame(long seed) {
    assertThat(sound(seed).trace()).isEqualTo(sound(seed).trace());
  }

  @ParameterizedTest
  @EnumSource
  void defect_inSomeWorld_isFound(Defect defect) {
    Optional<String> failure =
        LongStream.rangeClosed(1, SEEDS_FOR_A_DEFECT)
            .mapToObj(seed -> new Simulation(seed, 200, defect.variant()).failure())
            .flatMap(Optional::stream)
            .findFirst();
    assertThat(failure).as("%s", defect).isPresent();
  }
}
