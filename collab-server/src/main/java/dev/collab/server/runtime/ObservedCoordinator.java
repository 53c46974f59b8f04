package dev.collab.server.runtime;

import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.Subscription;
import dev.collab.server.observe.CoordinatorAnswered;
import dev.collab.server.observe.CoordinatorCall;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.ServerListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A coordinator whose calls observers are told of. It changes nothing about them, but that one that
 * throws is one that failed.
 *
 * <p>Thread-safe.
 */
public final class ObservedCoordinator implements Coordinator {

  private final Coordinator target;
  private final ServerListener observers;
  private final InstantSource clock;

  /**
   * Creates the coordinator.
   *
   * @param target makes the calls
   * @param observers is told of them
   * @param clock measures them
   */
  public ObservedCoordinator(Coordinator target, ServerListener observers, InstantSource clock) {
    this.target = target;
    this.observers = observers;
    this.clock = clock;
  }

  @Override
  public Logs logs() {
    return new ObservedLogs(target.logs(), this);
  }

  @Override
  public Broadcasts broadcasts() {
    Broadcasts broadcasts = target.broadcasts();
    return new Broadcasts() {
      @Override
      public CompletionStage<Void> publish(String topic, Bytes payload) {
        return watch(CoordinatorCall.PUBLISH, () -> broadcasts.publish(topic, payload));
      }

      @Override
      public CompletionStage<Subscription> subscribe(String topic, MessageListener listener) {
        return watch(CoordinatorCall.LISTEN, () -> broadcasts.subscribe(topic, listener));
      }
    };
  }

  @Override
  public Leases leases() {
    Leases leases = target.leases();
    return new Leases() {
      @Override
      public CompletionStage<Boolean> renew(String owner, Duration duration) {
        CompletionStage<Boolean> renewed =
            watch(CoordinatorCall.RENEW, () -> leases.renew(owner, duration));
        renewed.thenAccept(
            alive -> {
              if (!alive) {
                observers.leaseLost(new LeaseLost(owner));
              }
            });
        return renewed;
      }

      @Override
      public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
        return watch(CoordinatorCall.PUT, () -> leases.put(owner, key, field, value));
      }

      @Override
      public CompletionStage<Boolean> remove(String owner, String key, String field) {
        return watch(CoordinatorCall.REMOVE, () -> leases.remove(owner, key, field));
      }

      @Override
      public CompletionStage<Map<String, Bytes>> get(String key) {
        return watch(CoordinatorCall.GET, () -> leases.get(key));
      }

      @Override
      public CompletionStage<Void> release(String owner) {
        return watch(CoordinatorCall.RELEASE, () -> leases.release(owner));
      }
    };
  }

  @Override
  public void close() {
    target.close();
  }

  /** Makes a call and tells of its outcome. */
  <T> CompletionStage<T> watch(CoordinatorCall call, Supplier<CompletionStage<T>> made) {
    Instant start = clock.instant();
    CompletionStage<T> stage = Calls.attempt(made);
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            Duration took = Observers.since(start, clock);
            observers.coordinatorAnswered(new CoordinatorAnswered(call, took));
          } else {
            observers.coordinatorFailed(new CoordinatorFailed(call, cause(failure)));
          }
        });
    return stage;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
