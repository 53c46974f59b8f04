package dev.collab.websocket;

import dev.collab.transport.PeerInfo;
import jakarta.websocket.server.HandshakeRequest;

/**
 * Decides what the server learns of a client from the request that opens the connection: for an
 * application that authenticates by cookies or headers of its own.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PeerResolver {

  /**
   * Returns what is known of a client.
   *
   * @param request the opening request
   * @param known the container's principal, and the attributes {@code path} and, where known,
   *     {@code origin}, {@code query} and {@code remote}
   * @return what {@link dev.collab.transport.Connection#peer} is to return
   */
  PeerInfo resolve(HandshakeRequest request, PeerInfo known);
}
