package dev.collab.simulation;

import dev.collab.coordinator.Coordinator;
import dev.collab.operation.OperationType;
import dev.collab.server.CollabServer;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.tck.VirtualTime;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** One life of one server. When it is over, nothing that it had begun goes on. */
final class Node {

  private final VirtualTime time;
  private final CollabServer server;
  private boolean alive = true;
  private boolean closing;

  Node(
      VirtualTime time,
      Coordinator coordinator,
      OperationType<?, ?> type,
      ServerLimits limits,
      PresenceTimes times,
      RandomGenerator random) {
    this.time = time;
    server =
        CollabServer.builder(
                coordinator,
                task -> time.execute(() -> run(task)),
                (delay, task) -> time.schedule(delay, () -> run(task)))
            .type(type)
            .limits(limits)
            .presence(times)
            .loading(new LoadPolicy(Duration.ofSeconds(1), 10, Long.MAX_VALUE))
            .clock(time)
            .random(random)
            .build();
  }

  private void run(Runnable task) {
    if (alive) {
      task.run();
    }
  }

  CollabServer server() {
    return server;
  }

  boolean isAlive() {
    return alive;
  }

  boolean accepts() {
    return alive && !closing;
  }

  /** Ends the life at once. */
  void crash() {
    alive = false;
  }

  /** Closes the server; what it has to say is said within a while. */
  void close(long graceNanos) {
    closing = true;
    server.close();
    time.at(time.now() + graceNanos, () -> alive = false);
  }
}
