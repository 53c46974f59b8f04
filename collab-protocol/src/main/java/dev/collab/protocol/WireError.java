package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.CollabException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonString;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error as it goes on the wire.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class WireError {

  private final String code;
  private final String message;
  private final @Nullable Duration retryAfter;

  /**
   * Creates an error that does not say when to try again.
   *
   * @param code one of {@link ErrorCodes}, or a code of the application's own
   * @param message what was got and what is allowed, for people
   */
  public WireError(String code, String message) {
    this(code, message, null);
  }

  private WireError(String code, String message, @Nullable Duration retryAfter) {
    this.code = requireNonNull(code, "code");
    this.message = requireNonNull(message, "message");
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the error that an exception stands for.
   *
   * @param exception an error with a code
   * @return its code and message
   */
  public static WireError of(CollabException exception) {
    return new WireError(exception.code(), String.valueOf(exception.getMessage()));
  }

  /**
   * Adds how long to wait before the request may succeed; it goes out in the extended dialect only.
   *
   * @param value whole milliseconds, from 0 to 2^53 − 1
   * @return this error with it
   * @throws IllegalArgumentException if {@code value} is outside that range
   */
  public WireError withRetryAfter(Duration value) {
    return new WireError(code, message, Members.checkDuration("retryAfter", value));
  }

  /**
   * Returns the code.
   *
   * @return one of {@link ErrorCodes}, or a code of the application's own
   */
  public String code() {
    return code;
  }

  /**
   * Returns the message.
   *
   * @return what was got and what is allowed, for people
   */
  public String message() {
    return message;
  }

  /**
   * Returns how long to wait before the request may succeed.
   *
   * @return the time, or empty if the error does not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Appends the error's text. */
  void append(StringBuilder out, Dialect dialect) {
    JsonWriter.appendString(out.append("{\"code\":"), code);
    JsonWriter.appendString(out.append(",\"message\":"), message);
    if (dialect == Dialect.EXTENDED && retryAfter != null) {
      out.append(",\"retryAfter\":").append(retryAfter.toMillis());
    }
    out.append('}');
  }

  /** Reads an error; the code may be absent. */
  static WireError read(Members members, Dialect dialect) {
    return new WireError(
        members.has("code") ? members.string("code") : ErrorCodes.UNKNOWN,
        members.get("message").orElse(JsonValue.NULL) instanceof JsonString message
            ? message.value()
            : "",
        dialect == Dialect.EXTENDED ? members.optionalDuration("retryAfter").orElse(null) : null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WireError that
        && code.equals(that.code)
        && message.equals(that.message)
        && Objects.equals(retryAfter, that.retryAfter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(code, message, retryAfter);
  }

  /** Returns code and message. */
  @Override
  public String toString() {
    return code + ": " + message;
  }
}
