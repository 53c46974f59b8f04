package dev.collab.tck;

import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** The server of a test: accepts every connection and hands it to the test. */
final class Acceptor implements ConnectionHandler {

  private final int maxFrameLength;
  private final Supplier<Peer> peers;
  private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();

  Acceptor(int maxFrameLength, Supplier<Peer> peers) {
    this.maxFrameLength = maxFrameLength;
    this.peers = peers;
  }

  @Override
  public ConnectionListener connected(Connection connection) {
    Peer peer = peers.get();
    peer.opened(connection);
    accepted.add(peer);
    return peer;
  }

  @Override
  public int maxFrameLength() {
    return maxFrameLength;
  }

  Peer next() {
    return Awaiting.next(accepted);
  }
}
