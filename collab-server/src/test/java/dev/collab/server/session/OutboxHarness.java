package dev.collab.server.session;

import dev.collab.protocol.WireLimits;
import dev.collab.server.access.ServerLimits;
import dev.collab.tck.VirtualTime;
import dev.collab.transport.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Outboxes in virtual time that share one budget, and what their watchers are told. */
final class OutboxHarness implements Outbox.Watcher {

  final VirtualTime time = new VirtualTime();
  final ServerLimits limits;
  final QueueBudget budget;
  final List<String> slow = new ArrayList<>();
  final Set<Object> lost = new LinkedHashSet<>();

  OutboxHarness(ServerLimits limits) {
    this.limits = limits;
    this.budget = new QueueBudget(limits.delivery().maxQueuedTotal());
  }

  /** Limits a queue to so many messages of the same length. */
  static ServerLimits.Builder room(int messages, int length) {
    return ServerLimits.builder().maxQueuedFrames(weight(messages, length));
  }

  static long weight(int messages, int length) {
    return (long) messages * (length + OutboxQueue.SURROUNDINGS);
  }

  static WireLimits.Builder wire() {
    return WireLimits.builder();
  }

  Outbox outbox(Connection connection) {
    return new Outbox(connection, limits, time, time, budget, this);
  }

  /** Lets a connection take what waits for it. */
  static List<String> drained(SlowConnection connection, Outbox outbox) {
    connection.queued = 0;
    outbox.drain();
    return connection.sent;
  }

  @Override
  public void shed(long queued, long dropped) {
    slow.add("shed " + dropped);
  }

  @Override
  public void tooSlow(long queued) {
    slow.add("too slow");
  }

  @Override
  public void presenceLost(Set<Object> keys) {
    lost.addAll(keys);
  }
}
