package dev.collab.simulation;

import dev.collab.client.ClientException;
import dev.collab.client.ClientListener;
import dev.collab.client.ClientStatus;
import dev.collab.client.CollabClient;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.protocol.WireLimits;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One client with all documents open. */
final class SimulatedClient implements ClientListener, Link.Machine {

  private static final JsonCodec CODEC = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  /** What may happen to a connection without anything being wrong. */
  private static final Set<String> PASSING =
      Set.of(ClientException.CONNECTION_FAILED, ClientException.NO_ANSWER);

  private final String name;
  private final World world;
  private final CollabClient client;
  private final List<Typist> typists = new ArrayList<>();
  private final List<Visitor> visitors = new ArrayList<>();
  private long lastActive;
  private boolean alive = true;

  SimulatedClient(
      String name, World world, Network network, Variant.Wire wire, RandomGenerator random) {
    this.name = name;
    this.world = world;
    client =
        CollabClient.builder(network.transport(name, wire, this))
            .executor(task -> world.time().execute(() -> run(task)))
            .scheduler((delay, task) -> world.time().schedule(delay, () -> run(task)))
            .random(random)
            .listener(this)
            .user(name)
            .build();
    client.connect();
  }

  private void run(Runnable task) {
    if (alive) {
      task.run();
    }
  }

  /** Opens the document of a ledger, with content that counts if it does not exist. */
  void open(Ledger ledger, Variant variant, int number, String content) {
    var type = variant.clientType(number);
    var document =
        content.isEmpty()
            ? client.open(ledger.id(), type)
            : client.openOrCreate(ledger.id(), type, JsonValue.of(content));
    typists.add(new Typist(name, document, ledger, world));
  }

  /** Looks at who is in the open documents, and in a channel that belongs to none. */
  void visit(String channel) {
    typists.forEach(typist -> visitors.add(Visitor.at(typist, world)));
    visitors.add(Visitor.in(name, world, () -> client.openPresence(channel)));
  }

  /** Enters a chat room. */
  Talker talk(String room, RoomLedger ledger) {
    return new Talker(name, client.chat(room), ledger);
  }

  List<Typist> typists() {
    return typists;
  }

  List<Visitor> visitors() {
    return visitors;
  }

  /** Returns when a server was last sent something that the user has done, in nanoseconds. */
  long lastActive() {
    return lastActive;
  }

  @Override
  public boolean isAlive() {
    return alive;
  }

  @Override
  public void sent(String frame) {
    if (!visitors.isEmpty()) {
      CODEC.decodeClientFrame(frame).forEach(this::sent);
    }
  }

  private void sent(ClientMessage message) {
    switch (message.kind()) {
      case SUBMIT -> lastActive = world.time().now();
      case PRESENCE -> {
        lastActive = world.time().now();
        PresenceUpdate update = (PresenceUpdate) message;
        visitors.stream()
            .filter(visitor -> visitor.channel().equals(update.channel()))
            .forEach(visitor -> visitor.sent(update));
      }
      default -> {}
    }
  }

  boolean isConnected() {
    return client.status() == ClientStatus.CONNECTED;
  }

  void comeAndGo() {
    if (client.status() == ClientStatus.DISCONNECTED) {
      comeBack();
    } else {
      world.trace().add(name, "goes");
      client.disconnect();
    }
  }

  void comeBack() {
    world.trace().add(name, "comes");
    client.connect();
  }

  void leave() {
    world.trace().add(name, "leaves for good");
    typists.forEach(Typist::leave);
    client.close();
  }

  /** Dies without a word, whatever is unsaved. */
  void die() {
    world.trace().add(name, "dies");
    typists.forEach(Typist::leave);
    alive = false;
  }

  @Override
  public void onStatus(ClientStatus status) {
    world.trace().add(name, status);
  }

  @Override
  public void onError(CollabException error) {
    world.trace().add(name, "error", error);
    Violation.unless(PASSING.contains(error.code()), () -> name + ": " + error);
  }

  @Override
  public String toString() {
    return name + " " + client.status();
  }
}
