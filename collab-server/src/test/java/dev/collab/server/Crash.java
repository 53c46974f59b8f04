package dev.collab.server;

import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The death of a server: from one moment on its calls of leases and broadcasts arrive nowhere. */
final class Crash {

  private boolean happened;

  void happen() {
    happened = true;
  }

  private <T> CompletionStage<T> unlessDead(Supplier<CompletionStage<T>> call) {
    return happened ? new CompletableFuture<>() : call.get();
  }

  /** Returns the coordinator as the server sees it that dies. */
  Coordinator over(Coordinator target) {
    return new Mortal(target);
  }

  private final class Mortal implements Coordinator, Leases, Broadcasts {

    private final Coordinator target;

    Mortal(Coordinator target) {
      this.target = target;
    }

    @Override
    public CompletionStage<Boolean> renew(String owner, Duration duration) {
      return unlessDead(() -> target.leases().renew(owner, duration));
    }

    @Override
    public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
      return unlessDead(() -> target.leases().put(owner, key, field, value));
    }

    @Override
    public CompletionStage<Boolean> remove(String owner, String key, String field) {
      return unlessDead(() -> target.leases().remove(owner, key, field));
    }

    @Override
    public CompletionStage<Map<String, Bytes>> get(String key) {
      return unlessDead(() -> target.leases().get(key));
    }

    @Override
    public CompletionStage<Void> release(String owner) {
      return unlessDead(() -> target.leases().release(owner));
    }

    @Override
    public CompletionStage<Void> publish(String topic, Bytes payload) {
      return unlessDead(() -> target.broadcasts().publish(topic, payload));
    }

    @Override
    public CompletionStage<Subscription> subscribe(String topic, MessageListener listener) {
      return unlessDead(() -> target.broadcasts().subscribe(topic, listener));
    }

    @Override
    public Logs logs() {
      return target.logs();
    }

    @Override
    public Broadcasts broadcasts() {
      return this;
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
}
