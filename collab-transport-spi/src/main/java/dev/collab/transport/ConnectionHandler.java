package dev.collab.transport;

/**
 * What a server does with new connections; the runtime implements it and an adapter calls it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface ConnectionHandler {

  /**
   * Takes over a new connection. The adapter delivers no event of the connection before this method
   * has returned.
   *
   * @param connection the open connection
   * @return the listener for all of its events
   */
  ConnectionListener connected(Connection connection);

  /**
   * Returns the longest frame an adapter delivers; longer ones are reported by {@link
   * ConnectionListener#onOversizedFrame}.
   *
   * @return the limit in UTF-16 code units, at least 1
   */
  int maxFrameLength();
}
