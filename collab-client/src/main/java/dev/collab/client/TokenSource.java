package dev.collab.client;

import java.util.concurrent.CompletionStage;

/**
 * Gives the token that proves to the server who the user is. It is asked before each connection and
 * in good time before a token expires, so that a client which stays open for days goes on with
 * fresh tokens.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TokenSource {

  /**
   * Returns a token that is valid now. Called on the client's executor; what takes long belongs
   * elsewhere.
   *
   * @return completes with the token, which is not empty; if it fails, the client tries again later
   */
  CompletionStage<String> token();
}
