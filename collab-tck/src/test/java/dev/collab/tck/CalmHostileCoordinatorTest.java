package dev.collab.tck;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.HostileCoordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import java.time.Duration;
import java.util.SplittableRandom;

class CalmHostileCoordinatorTest extends CoordinatorContract {

  private final TestClock clock = new TestClock();
  private final Coordinator coordinator = calm();

  private Coordinator calm() {
    HostileCoordinator hostile =
        HostileCoordinator.builder(
                InMemoryCoordinator.builder().executor(Threads.perTask()).clock(clock).build(),
                new SplittableRandom(1),
                (delay, task) -> {
                  throw new AssertionError("nothing is late in calm weather");
                })
            .build();
    hostile.setHostile(false);
    return hostile;
  }

  @Override
  protected Coordinator openNode() {
    return coordinator;
  }

  @Override
  protected void passTime(Duration duration) {
    clock.advance(duration);
  }
}
