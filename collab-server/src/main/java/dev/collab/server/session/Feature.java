package dev.collab.server.session;

import dev.collab.server.observe.ConnectionStatus;
import java.util.Set;

/**
 * What one session does with one part of the protocol.
 *
 * <p>Confined: a session calls it serially.
 */
public interface Feature {

  /**
   * Handles a request of one of the kinds that the feature is there for. It is answered now or
   * later, once.
   *
   * @param granted a request behind the handshake that has passed the gate, and what goes with it
   */
  void handle(Granted granted);

  /** Adds what there is to tell about the session. Called on any thread. */
  default void describe(ConnectionStatus.Builder status) {}

  /**
   * The connection did not keep up, so that presences were not delivered, and now it has room
   * again: whatever is still shown is to be sent once more.
   *
   * @param keys the keys of those whose newest state the client may not know
   */
  default void presenceLost(Set<Object> keys) {}

  /** The session has ended; nothing comes any more. */
  void closed();
}
