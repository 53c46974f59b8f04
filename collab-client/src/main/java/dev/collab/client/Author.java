package dev.collab.client;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.presence.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under which name and numbers this client submits. The name is the id of the handshake, a secret
 * between client and server, kept for reconnects; numbers grow over all documents and never begin
 * again. Nothing here is ever logged.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Author {

  private @Nullable String secret;
  private volatile Optional<User> user = Optional.empty();
  private long sequence;
  private long requests;

  /** Returns the id to offer in a handshake, if there is one. */
  Optional<String> secret() {
    return Optional.ofNullable(secret);
  }

  /** Takes the id that the server gave, and whom it takes this client for. */
  void rename(String given, Optional<User> known) {
    secret = given;
    user = known;
  }

  /** Returns whom the server takes this client for. May be called by anybody. */
  Optional<User> user() {
    return user;
  }

  /** Tells whether a submission was made under the present id. */
  boolean made(OperationId id) {
    return isNamed(id.client().value());
  }

  /** Tells whether this is the present id. */
  boolean isNamed(String source) {
    return source.equals(secret);
  }

  /** Returns the next number for a request about presence, whichever channel it is for. */
  long nextRequest() {
    return ++requests;
  }

  /** Returns the next number under the present id. */
  OperationId next() {
    if (secret == null) {
      throw new IllegalStateException("no handshake yet");
    }
    sequence++;
    return new OperationId(new ClientId(secret), sequence);
  }
}
