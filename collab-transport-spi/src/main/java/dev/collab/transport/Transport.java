package dev.collab.transport;

import java.util.concurrent.CompletionStage;

/**
 * A client's way to open connections to one server.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Transport {

  /**
   * Opens a connection. The listener gets no event before the stage has completed normally, and
   * none at all if it fails.
   *
   * @param listener gets the events of the connection
   * @return completes with the open connection, or with a {@link TransportException}
   */
  CompletionStage<Connection> connect(ConnectionListener listener);
}
