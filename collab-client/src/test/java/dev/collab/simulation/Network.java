package dev.collab.simulation;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.Connection;
import dev.collab.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** All connections between clients and nodes. Each is in order; between two there is no order. */
final class Network {

  private final VirtualTime time;
  private final RandomGenerator random;
  private final Plan plan;
  private final Trace trace;
  private final List<Link> links = new ArrayList<>();
  private List<Node> nodes = List.of();
  private boolean calm;

  Network(VirtualTime time, RandomGenerator random, Plan plan, Trace trace) {
    this.time = time;
    this.random = random;
    this.plan = plan;
    this.trace = trace;
  }

  VirtualTime time() {
    return time;
  }

  Trace trace() {
    return trace;
  }

  /** Says which servers can be reached. */
  void use(List<Node> running) {
    nodes = List.copyOf(running);
  }

  /** No connection is cut any more, and frames arrive soon. */
  void calm() {
    calm = true;
  }

  /** Returns how a client connects: to any node, anew each time. */
  Transport transport(String client, Variant.Wire wire, Link.Machine machine) {
    return listener -> {
      var opened = new CompletableFuture<Connection>();
      time.at(
          time.now() + delay(),
          () -> {
            if (!machine.isAlive()) {
              return;
            }
            Node node = nodes.isEmpty() ? null : nodes.get(random.nextInt(nodes.size()));
            if (node == null || !node.accepts()) {
              opened.completeExceptionally(Link.refused("no server here"));
              return;
            }
            links.removeIf(Link::isOver);
            Link link = new Link(this, client, machine, wire, node);
            links.add(link);
            wire.reconnected();
            link.open(listener, opened);
          });
      return opened;
    };
  }

  /** Returns how long a frame takes. */
  long delay() {
    if (calm) {
      return random.nextLong(1_000_000, 5_000_000);
    }
    long usual = random.nextLong(1_000, plan.latencyMillis() * 1_000_000L);
    return random.nextInt(20) == 0 ? usual * 10 : usual;
  }

  /** Returns after how long an end notices that its connection is cut. */
  long noticeDelay() {
    if (!calm && plan.has(Fault.HALF_OPEN) && random.nextInt(3) == 0) {
      return random.nextLong(120_000_000_000L);
    }
    return random.nextLong(calm ? 100_000_000L : 2_000_000_000L);
  }

  boolean duplicates() {
    return !calm && plan.has(Fault.DUPLICATES) && random.nextInt(8) == 0;
  }

  RandomGenerator random() {
    return random;
  }

  /** Cuts one connection in one way or another. */
  void cutOne() {
    pick().ifPresent(Link::cut);
  }

  /** Makes what a client has sent arrive long after it has given the connection up. */
  void delayOne() {
    pick().ifPresent(Link::giveUp);
  }

  /** Sends an old submission again. */
  void repeatOne() {
    pick().ifPresent(Link::repeatOld);
  }

  /** Makes a connection take no frames from the server for a while. */
  void stallOne() {
    pick().ifPresent(Link::stall);
  }

  private java.util.Optional<Link> pick() {
    links.removeIf(Link::isOver);
    return links.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(links.get(random.nextInt(links.size())));
  }

  /** The machine of a node is gone. */
  void lose(Node node) {
    for (Link link : List.copyOf(links)) {
      if (link.node() == node) {
        link.cut();
      }
    }
  }

  /** The machine of a client is gone, and nobody says so. */
  void forsake(Link.Machine machine) {
    for (Link link : List.copyOf(links)) {
      if (link.machine() == machine) {
        link.forsake();
      }
    }
  }

  /** Tells whether a client has a connection, and a whole one. */
  boolean reaches(SimulatedClient client) {
    return client.isConnected()
        && links.stream().filter(link -> link.machine() == client).allMatch(Link::isWhole);
  }

  /** Tells whether every open connection is whole and nothing but that exists. */
  boolean isWhole() {
    links.removeIf(Link::isOver);
    return links.stream().allMatch(Link::isWhole);
  }
}
