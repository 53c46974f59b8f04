package dev.collab.simulation;

import dev.collab.client.ClientException;
import dev.collab.client.ClientListener;
import dev.collab.client.ClientStatus;
import dev.collab.client.CollabClient;
import dev.collab.operation.CollabException;
import dev.collab.transport.Transport;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One client with all documents open. */
final class SimulatedClient implements ClientListener {

  /** What may happen to a connection without anything being wrong. */
  private static final Set<String> PASSING =
      Set.of(ClientException.CONNECTION_FAILED, ClientException.NO_ANSWER);

  private final String name;
  private final World world;
  private final CollabClient client;
  private final List<Typist> typists = new ArrayList<>();

  SimulatedClient(String name, World world, Transport transport, RandomGenerator random) {
    this.name = name;
    this.world = world;
    client =
        CollabClient.builder(transport)
            .executor(world.time())
            .scheduler(world.time())
            .random(random)
            .listener(this)
            .build();
    client.connect();
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

  List<Typist> typists() {
    return typists;
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
