package dev.collab.simulation;

import dev.collab.coordinator.Coordinator;
import dev.collab.protocol.WireLimits;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.tck.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The servers that run, in the places where servers run. */
final class Nodes {

  private static final int SMALL_QUEUE = 2_000;

  private final VirtualTime time;
  private final Coordinator coordinator;
  private final Network network;
  private final Variant variant;
  private final SplittableRandom random;
  private final ServerLimits limits;
  private final PresenceTimes times;
  private final List<Node> running = new ArrayList<>();

  Nodes(
      VirtualTime time,
      Coordinator coordinator,
      Network network,
      Variant variant,
      Plan plan,
      SplittableRandom random) {
    this.time = time;
    this.coordinator = coordinator;
    this.network = network;
    this.variant = variant;
    this.random = random;
    this.limits = limits(plan, random);
    this.times = plan.presence() ? plan.times() : PresenceTimes.DEFAULT;
    for (int i = plan.has(Fault.TWO_NODES) ? 2 : 1; i > 0; i--) {
      start();
    }
  }

  private static ServerLimits limits(Plan plan, SplittableRandom random) {
    WireLimits.Builder wire = WireLimits.builder();
    if (plan.has(Fault.SMALL_DOCUMENTS)) {
      wire.document(random.nextInt(30, 100));
    }
    if (plan.has(Fault.SMALL_OPERATIONS)) {
      wire.operation(random.nextInt(64, 100));
    }
    ServerLimits.Builder limits = ServerLimits.builder().wire(wire.build());
    if (plan.has(Fault.STALLS)) {
      limits.maxQueuedFrames(SMALL_QUEUE);
    }
    Duration window = Duration.ofMillis(Math.max(0, random.nextInt(-5, 30)));
    limits.delivery(Delivery.builder().window(window).build());
    return limits.build();
  }

  private void start() {
    running.add(new Node(time, coordinator, variant.serverType(), limits, times, random.split()));
    network.use(running);
  }

  List<Node> running() {
    return running;
  }

  Node any() {
    return running.get(random.nextInt(running.size()));
  }

  /** A server loses its memory; another one is started in its place a while later. */
  void crashOne() {
    if (running.isEmpty()) {
      return;
    }
    Node node = any();
    node.crash();
    network.lose(node);
    replace(node, random.nextLong(3_000_000_000L));
  }

  /** A server is closed in order; another one is started in its place. */
  void restartOne() {
    if (running.isEmpty()) {
      return;
    }
    Node node = any();
    node.close(random.nextLong(1_000_000_000L));
    replace(node, random.nextLong(500_000_000L));
  }

  private void replace(Node node, long pauseNanos) {
    running.remove(node);
    network.use(running);
    time.at(time.now() + pauseNanos, this::start);
  }
}
