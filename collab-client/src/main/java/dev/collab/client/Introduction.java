package dev.collab.client;

import dev.collab.presence.User;
import dev.collab.protocol.AuthRequest;
import dev.collab.protocol.HandshakeRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a client introduces itself: as whom the user wants to appear, and what proves who it is.
 *
 * <p>Thread-safe.
 */
final class Introduction {

  /** Says nothing about the user. */
  static final Introduction NONE = new Introduction(null, null);

  private final @Nullable TokenSource tokens;
  private final @Nullable User user;

  private Introduction(@Nullable TokenSource tokens, @Nullable User user) {
    this.tokens = tokens;
    this.user = user;
  }

  Introduction withTokens(TokenSource source) {
    return new Introduction(source, user);
  }

  Introduction withUser(User shown) {
    return new Introduction(tokens, shown);
  }

  /** Tells whether another attempt may prove what the last one did not. */
  boolean hasTokens() {
    return tokens != null;
  }

  /** Returns the handshake of a client, completed at once if no token is needed. */
  CompletionStage<HandshakeRequest> handshake(Optional<String> id) {
    HandshakeRequest plain =
        id.map(known -> HandshakeRequest.returning(known, true))
            .orElseGet(() -> HandshakeRequest.first(true));
    HandshakeRequest shown = user == null ? plain : plain.withUser(user);
    return tokens == null
        ? CompletableFuture.completedStage(shown)
        : token().thenApply(shown::withToken);
  }

  /** Returns what renews the token on an open connection. */
  CompletionStage<AuthRequest> renewal() {
    return token().thenApply(AuthRequest::of);
  }

  private CompletionStage<String> token() {
    if (tokens == null) {
      return CompletableFuture.failedStage(new IllegalStateException("there is no token source"));
    }
    try {
      return tokens.token();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
