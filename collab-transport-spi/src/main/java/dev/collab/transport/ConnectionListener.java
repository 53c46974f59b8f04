package dev.collab.transport;

/**
 * What the runtime does with the events of one connection. An adapter calls {@link #onFrame},
 * {@link #onOversizedFrame} and {@link #onClosed} serially, in the order in which things happened,
 * and nothing after {@link #onClosed}, which it calls exactly once.
 *
 * <p>Confined: callers must serialise calls; {@link #onDrained} alone may come at any time.
 *
 * @since 0.1
 */
public interface ConnectionListener {

  /**
   * A whole frame has arrived.
   *
   * @param frame its text
   */
  void onFrame(String frame);

  /**
   * A frame longer than the limit has arrived and was discarded. The connection stays open.
   *
   * @param limit the limit it exceeded, in UTF-16 code units
   */
  void onOversizedFrame(int limit);

  /** Everything sent so far has been taken over by the network. */
  default void onDrained() {}

  /**
   * The connection has ended, by either side or by a failure of the network.
   *
   * @param reason why, as far as known
   */
  void onClosed(CloseReason reason);
}
