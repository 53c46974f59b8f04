package dev.collab.websocket;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that echoes frames and writes down what happens. */
final class Script implements ConnectionHandler {

  final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Override
  public ConnectionListener connected(Connection connection) {
    connections.add(connection);
    return new ConnectionListener() {
      @Override
      public void onFrame(String frame) {
        connection.send(frame);
      }

      @Override
      public void onOversizedFrame(int limit) {
        events.add("oversized");
      }

      @Override
      public void onClosed(CloseReason reason) {
        events.add("closed " + reason.code());
      }
    };
  }

  @Override
  public int maxFrameLength() {
    return 1000;
  }

  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived within 30 s");
    }
    return next;
  }
}
