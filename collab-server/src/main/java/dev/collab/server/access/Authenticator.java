package dev.collab.server.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who a client is. Asked at the handshake and when a client renews its token.
 *
 * <p>Thread-safe: a server asks for many clients at once. The answer may come on any thread; one
 * that fails, or does not come in time, turns the client away for now.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * Believes the transport: the principal is the peer's, anonymous peers are let in, and everybody
   * is shown under the name and colour of their choice.
   */
  Authenticator TRANSPORT =
      credentials -> CompletableFuture.completedStage(TransportUsers.authenticate(credentials));

  /**
   * Finds out who a client is.
   *
   * @param credentials what the client shows
   * @return completes with who it is, or why it is turned away
   */
  CompletionStage<Authentication> authenticate(Credentials credentials);
}
