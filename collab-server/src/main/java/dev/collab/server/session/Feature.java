package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;

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
   * @param request a request behind the handshake
   */
  void handle(ClientMessage request);

  /** The session has ended; nothing comes any more. */
  void closed();
}
