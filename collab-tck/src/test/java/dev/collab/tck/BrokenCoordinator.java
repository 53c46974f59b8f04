package dev.collab.tck;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Logs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the kit over a coordinator with a defect. Not run by itself. */
abstract class BrokenCoordinator extends CoordinatorContract {

  private final TestClock clock = new TestClock();
  private final Coordinator working = InMemoryCoordinator.builder().clock(clock).build();

  Logs breakLogs(Logs logs) {
    return logs;
  }

  Leases breakLeases(Leases leases) {
    return leases;
  }

  @Override
  protected Coordinator openNode() {
    Logs logs = breakLogs(working.logs());
    Leases leases = breakLeases(working.leases());
    return new Coordinator() {
      @Override
      public Logs logs() {
        return logs;
      }

      @Override
      public Broadcasts broadcasts() {
        return working.broadcasts();
      }

      @Override
      public Leases leases() {
        return leases;
      }

      @Override
      public void close() {
        working.close();
      }
    };
  }

  @Override
  protected void passTime(Duration duration) {
    clock.advance(duration);
  }

  /** Takes a repeated append for a conflict. */
  static final class NotIdempotent extends BrokenCoordinator {
    @Override
    Logs breakLogs(Logs logs) {
      return Defect.in(
          Logs.class,
          logs,
          "append",
          (arguments, original) -> {
            LogHead head = Awaiting.await(logs.head((String) arguments[0])).orElseThrow();
            return head.equals(arguments[1])
                ? original.call()
                : CompletableFuture.completedFuture(new AppendResult.Conflict(head, List.of()));
          });
    }
  }

  /** Appends at the head, whatever the caller expects. */
  static final class Blind extends BrokenCoordinator {
    @Override
    Logs breakLogs(Logs logs) {
      return Defect.in(
          Logs.class,
          logs,
          "append",
          (arguments, original) ->
              CompletableFuture.completedFuture(
                  new AppendResult.Committed((LogHead) arguments[1])));
    }
  }

  /** Reads more than it should. */
  static final class WithoutLimit extends BrokenCoordinator {
    @Override
    Logs breakLogs(Logs logs) {
      return Defect.in(
          Logs.class,
          logs,
          "read",
          (arguments, original) -> logs.read((String) arguments[0], (long) arguments[1], 1_000));
    }
  }

  /** Forgets to forget. */
  static final class LeaseForEver extends BrokenCoordinator {
    @Override
    Leases breakLeases(Leases leases) {
      return Defect.in(
          Leases.class,
          leases,
          "renew",
          (arguments, original) -> leases.renew((String) arguments[0], Duration.ofDays(1)));
    }
  }

  /** Says that it removed what it left. */
  static final class RemoveNothing extends BrokenCoordinator {
    @Override
    Leases breakLeases(Leases leases) {
      return Defect.in(
          Leases.class,
          leases,
          "remove",
          (arguments, original) -> CompletableFuture.completedFuture(true));
    }
  }
}
