package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The leases of a {@link HostileCoordinator}: they may last longer than asked for.
 *
 * <p>Thread-safe.
 */
final class HostileLeases implements Leases {

  private final Leases target;
  private final Faults faults;

  HostileLeases(Leases target, Faults faults) {
    this.target = target;
    this.faults = faults;
  }

  @Override
  public CompletionStage<Boolean> renew(String owner, Duration duration) {
    requireNonNull(owner, "owner");
    InMemoryLeases.requirePositive(duration);
    Duration extra =
        faults.happens(faults.settings().lateExpiries) ? faults.delay(1) : Duration.ZERO;
    return faults.write(() -> target.renew(owner, duration.plus(extra)));
  }

  @Override
  public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
    requireNonNull(owner, "owner");
    requireNonNull(key, "key");
    requireNonNull(field, "field");
    requireNonNull(value, "value");
    return faults.write(() -> target.put(owner, key, field, value));
  }

  @Override
  public CompletionStage<Boolean> remove(String owner, String key, String field) {
    requireNonNull(owner, "owner");
    requireNonNull(key, "key");
    requireNonNull(field, "field");
    return faults.write(() -> target.remove(owner, key, field));
  }

  @Override
  public CompletionStage<Map<String, Bytes>> get(String key) {
    requireNonNull(key, "key");
    return faults.read(() -> target.get(key));
  }

  @Override
  public CompletionStage<Void> release(String owner) {
    requireNonNull(owner, "owner");
    return faults.write(() -> target.release(owner));
  }
}
