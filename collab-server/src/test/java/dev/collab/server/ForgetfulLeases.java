package dev.collab.server;

import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.Logs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A coordinator where each lease is lost of a first incarnation is lost at its third renewal. */
final class ForgetfulLeases implements Coordinator, Leases {

  private final Coordinator target;
  private final Map<String, Integer> renewals = new HashMap<>();

  ForgetfulLeases(Coordinator target) {
    this.target = target;
  }

  @Override
  public CompletionStage<Boolean> renew(String owner, Duration duration) {
    boolean first = owner.endsWith("-0");
    return first && renewals.merge(owner, 1, Integer::sum) == 3
        ? target.leases().release(owner).thenApply(nothing -> false)
        : target.leases().renew(owner, duration);
  }

  @Override
  public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
    return target.leases().put(owner, key, field, value);
  }

  @Override
  public CompletionStage<Boolean> remove(String owner, String key, String field) {
    return target.leases().remove(owner, key, field);
  }

  @Override
  public CompletionStage<Map<String, Bytes>> get(String key) {
    return target.leases().get(key);
  }

  @Override
  public CompletionStage<Void> release(String owner) {
    return target.leases().release(owner);
  }

  @Override
  public Logs logs() {
    return target.logs();
  }

  @Override
  public Broadcasts broadcasts() {
    return target.broadcasts();
  }

  @Override
  public Leases leases() {
    return this;
  }

  @Override
  public void close() {
    target.close();
  }
}
