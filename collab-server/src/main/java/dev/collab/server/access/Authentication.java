package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Authenticator} found out. The set is closed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Authentication {

  /**
   * Says who the client is.
   *
   * @param principal the authenticated name, or an empty string for somebody who is not known
   * @param user who the others see
   * @return the authentication, which lasts for ever
   */
  static Accepted accepted(String principal, User user) {
    return new Accepted(
        requireNonNull(principal, "principal"), requireNonNull(user, "user"), null, Map.of());
  }

  /**
   * Turns the client away.
   *
   * @param message why, for people; the client is shown it
   * @return the refusal
   */
  static Refused refused(String message) {
    return new Refused(message);
  }

  /**
   * The client is who it says it is.
   *
   * <p>Immutable.
   */
  final class Accepted implements Authentication {

    private final String principal;
    private final User user;
    private final @Nullable Instant expiry;
    private final Map<String, String> attributes;

    private Accepted(
        String principal, User user, @Nullable Instant expiry, Map<String, String> attributes) {
      this.principal = principal;
      this.user = user;
      this.expiry = expiry;
      this.attributes = attributes;
    }

    /**
     * Limits the authentication: unless it is renewed, the connection is closed at that time.
     *
     * @param value the first moment at which it no longer holds
     * @return the authentication with it
     */
    public Accepted until(Instant value) {
      return new Accepted(principal, user, requireNonNull(value, "value"), attributes);
    }

    /**
     * Adds what policies and interceptors want to know of the caller, such as a role.
     *
     * @param values facts by name, in place of those given before; copied
     * @return the authentication with them
     */
    public Accepted withAttributes(Map<String, String> values) {
      return new Accepted(principal, user, expiry, Map.copyOf(values));
    }

    /**
     * Returns the authenticated name.
     *
     * @return the name, or an empty string for somebody who is not known
     */
    public String principal() {
      return principal;
    }

    /**
     * Returns who the others see.
     *
     * @return the user
     */
    public User user() {
      return user;
    }

    /**
     * Returns when the authentication ends.
     *
     * @return the first moment at which it no longer holds, or empty if it lasts for ever
     */
    public Optional<Instant> expiry() {
      return Optional.ofNullable(expiry);
    }

    /**
     * Returns what else is known.
     *
     * @return facts by name; unmodifiable
     */
    public Map<String, String> attributes() {
      return attributes;
    }
  }

  /**
   * The client is turned away.
   *
   * @param message why, for people
   */
  record Refused(String message) implements Authentication {

    /**
     * Checks for null.
     *
     * @param message why, for people
     */
    public Refused {
      requireNonNull(message, "message");
    }
  }
}
