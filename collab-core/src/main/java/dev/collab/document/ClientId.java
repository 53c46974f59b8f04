package dev.collab.document;

import static java.util.Objects.requireNonNull;

/**
 * Names a client for ever: the author of its submissions. It is public; what proves that somebody
 * is this client is a secret that never leaves the server and the client.
 *
 * <p>Immutable.
 *
 * @param value a non-empty text
 * @since 0.1
 */
public record ClientId(String value) {

  /**
   * The authority itself, whichever server speaks for it: the author of corrections. No client has
   * this name.
   */
  public static final ClientId AUTHORITY = new ClientId("server");

  /**
   * Checks the name.
   *
   * @param value a non-empty text
   * @throws IllegalArgumentException if {@code value} is empty
   */
  public ClientId {
    requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a client id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
