package dev.collab.tck;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import java.time.Duration;

class InMemoryCoordinatorTest extends CoordinatorContract {

  private final TestClock clock = new TestClock();
  private final Coordinator coordinator =
      InMemoryCoordinator.builder().executor(Threads.perTask()).clock(clock).build();

  @Override
  protected Coordinator openNode() {
    return coordinator;
  }

  @Override
  protected void passTime(Duration duration) {
    clock.advance(duration);
  }
}
