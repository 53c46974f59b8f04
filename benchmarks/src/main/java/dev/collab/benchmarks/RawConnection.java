package dev.collab.benchmarks;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection that has shaken hands and sends whatever frames it is given.
 *
 * <p>Thread-safe.
 */
final class RawConnection implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  private final Connection connection;
  private final CountDownLatch greeted = new CountDownLatch(1);

  /**
   * Connects and waits for the answer to the handshake.
   *
   * @param frames is given each frame behind it, serially
   * @param closed is told of the end
   */
  RawConnection(Transport transport, Consumer<String> frames, Consumer<CloseReason> closed)
      throws Exception {
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void onFrame(String frame) {
            if (greeted.getCount() == 0) {
              frames.accept(frame);
            }
            greeted.countDown();
          }

          @Override
          public void onOversizedFrame(int limit) {
            throw new IllegalStateException("a frame is longer than " + limit);
          }

          @Override
          public void onClosed(CloseReason reason) {
            closed.accept(reason);
          }
        };
    connection =
        transport.connect(listener).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    connection.send("{\"a\":\"hs\",\"id\":null,\"protocol\":1,\"protocolMinor\":2,\"collab\":1}");
    if (!greeted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      connection.close(CloseReason.NORMAL);
      throw new IllegalStateException("the handshake was not answered");
    }
  }

  void send(String frame) {
    connection.send(frame);
  }

  /** Returns how many code units the network has not taken yet. */
  long queued() {
    return connection.queued();
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    connection.close(CloseReason.NORMAL);
  }
}
