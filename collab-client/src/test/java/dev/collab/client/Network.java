package dev.collab.client;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import dev.collab.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport whose connections a test can cut, or let die without a word. */
final class Network implements Transport {

  private final Transport transport;
  private final List<Connection> connections = new ArrayList<>();
  private boolean frozen;

  Network(Transport transport) {
    this.transport = transport;
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    if (frozen) {
      return new CompletableFuture<>();
    }
    return transport
        .connect(listener)
        .thenApply(
            connection -> {
              connections.add(connection);
              return new Freezing(connection);
            });
  }

  void cut() {
    connections.forEach(connection -> connection.close(CloseReason.ABNORMAL));
    connections.clear();
  }

  /** From now on nothing that the client sends arrives, and the server is not told. */
  void freeze() {
    frozen = true;
  }

  private final class Freezing implements Connection {

    private final Connection target;

    Freezing(Connection target) {
      this.target = target;
    }

    @Override
    public void send(String frame) {
      if (!frozen) {
        target.send(frame);
      }
    }

    @Override
    public long queued() {
      return target.queued();
    }

    @Override
    public void close(CloseReason reason) {
      if (!frozen) {
        target.close(reason);
      }
    }

    @Override
    public boolean isOpen() {
      return target.isOpen();
    }

    @Override
    public PeerInfo peer() {
      return target.peer();
    }
  }
}
