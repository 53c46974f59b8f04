package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link AuthRequest} that was accepted.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class AuthReply implements ServerMessage {

  private final @Nullable Duration expires;

  private AuthReply(@Nullable Duration expires) {
    this.expires = expires;
  }

  /**
   * Returns the answer for a token that lasts for ever.
   *
   * @return the message
   */
  public static AuthReply forEver() {
    return new AuthReply(null);
  }

  /**
   * Returns the answer for a token that runs out.
   *
   * @param expires how long the token lasts, in whole milliseconds from 0 to 2^53 − 1
   * @return the message
   * @throws IllegalArgumentException if {@code expires} is outside that range
   */
  public static AuthReply expiring(Duration expires) {
    return new AuthReply(Members.checkDuration("expires", requireNonNull(expires, "expires")));
  }

  static AuthReply read(Members members) {
    return new AuthReply(members.optionalDuration("expires").orElse(null));
  }

  @Override
  public Kind kind() {
    return Kind.AUTHENTICATED;
  }

  /**
   * Returns how long the token lasts.
   *
   * @return the time left, or empty if it lasts for ever
   */
  public Optional<Duration> expires() {
    return Optional.ofNullable(expires);
  }

  void append(StringBuilder out) {
    out.append("{\"a\":\"auth\"");
    if (expires != null) {
      out.append(",\"expires\":").append(expires.toMillis());
    }
    out.append('}');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthReply that && Objects.equals(expires, that.expires);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(expires);
  }

  @Override
  public String toString() {
    return "AUTHENTICATED";
  }
}
