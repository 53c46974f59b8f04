package dev.collab.server;

import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A coordinator that loses all broadcasts. */
final class MuteBroadcasts implements Coordinator, Broadcasts {

  private final Coordinator target;

  MuteBroadcasts(Coordinator target) {
    this.target = target;
  }

  @Override
  public CompletionStage<Void> publish(String topic, Bytes payload) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Subscription> subscribe(String topic, MessageListener listener) {
    return target.broadcasts().subscribe(topic, listener);
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
    return target.leases();
  }

  @Override
  public void close() {
    target.close();
  }
}
