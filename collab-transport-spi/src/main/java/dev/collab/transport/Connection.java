package dev.collab.transport;

/**
 * One end of an ordered, two-way stream of text frames, implemented by an adapter.
 *
 * <p>Thread-safe: {@link #send} and {@link #close} may be called from any thread, also from within
 * a callback of the {@link ConnectionListener}.
 *
 * @since 0.1
 */
public interface Connection {

  /**
   * Queues a frame behind all frames sent before. Never blocks. On a closed connection the frame is
   * dropped silently: the listener is or was told of the end by {@link
   * ConnectionListener#onClosed}.
   *
   * @param frame the text of one frame
   * @throws NullPointerException if {@code frame} is null
   */
  void send(String frame);

  /**
   * Returns how much is queued: sent, but not yet taken over by the network. A caller that wants to
   * stay within a bound stops sending until {@link ConnectionListener#onDrained}.
   *
   * @return UTF-16 code units, at least 0; 0 when closed
   */
  long queued();

  /**
   * Closes the connection. What is queued may be lost. Closing twice does nothing.
   *
   * @param reason what the other end is told
   * @throws NullPointerException if {@code reason} is null
   */
  void close(CloseReason reason);

  /**
   * Tells whether the connection is open. The answer may be out of date when it arrives.
   *
   * @return whether neither end has closed it
   */
  boolean isOpen();

  /**
   * Returns what the adapter knows of the other end. Constant over the life of the connection.
   *
   * @return the origin, principal and address
   */
  PeerInfo peer();
}
