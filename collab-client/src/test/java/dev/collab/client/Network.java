package dev.collab.client;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A transport whose connections a test can cut. */
final class Network implements Transport {

  private final Transport transport;
  private final List<Connection> connections = new ArrayList<>();

  Network(Transport transport) {
    this.transport = transport;
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    return transport
        .connect(listener)
        .thenApply(
            connection -> {
              connections.add(connection);
              return connection;
            });
  }

  void cut() {
    connections.forEach(connection -> connection.close(CloseReason.ABNORMAL));
    connections.clear();
  }
}
