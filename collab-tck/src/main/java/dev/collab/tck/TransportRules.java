package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** What the rules of a transport have in common: a server, and a pair of connected ends. */
abstract class TransportRules {

  static final int LIMIT = 200_000;

  private final TransportContract contract;
  private final List<Peer> watched = new ArrayList<>();

  TransportRules(TransportContract contract) {
    this.contract = contract;
  }

  /** Both ends of a connection. */
  record Pair(Peer client, Peer server) {}

  @AfterEach
  void nothingWasAgainstTheRules() {
    watched.forEach(peer -> assertThat(peer.violations()).isEmpty());
  }

  Transport open(ConnectionHandler handler) {
    return contract.open(handler, LIMIT);
  }

  Pair connect() {
    return connect(event -> {}, event -> {});
  }

  Pair connect(Consumer<Peer.Event> atClient, Consumer<Peer.Event> atServer) {
    Acceptor acceptor = new Acceptor(LIMIT, () -> new Peer(atServer));
    return connect(open(acceptor), acceptor, new Peer(atClient));
  }

  Pair connect(Transport transport, Acceptor acceptor, Peer client) {
    client.opened(await(transport.connect(client)));
    contract.toBeClosed(client.connection());
    Peer server = acceptor.next();
    watched.add(client);
    watched.add(server);
    return new Pair(client, server);
  }
}
