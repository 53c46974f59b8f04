package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.CollabException;

/**
 * An error as it goes on the wire.
 *
 * <p>Immutable.
 *
 * @param code one of {@link ErrorCodes}, or a code of the application's own
 * @param message what was got and what is allowed, for people
 * @since 0.1
 */
public record WireError(String code, String message) {

  /**
   * Checks for null.
   *
   * @param code a stable code
   * @param message for people
   */
  public WireError {
    requireNonNull(code, "code");
    requireNonNull(message, "message");
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

  /** Appends the error's text. */
  void append(StringBuilder out) {
    JsonWriter.appendString(out.append("{\"code\":"), code);
    JsonWriter.appendString(out.append(",\"message\":"), message);
    out.append('}');
  }

  /** Reads an error; the code may be absent. */
  static WireError read(Members members) {
    return new WireError(
        members.has("code") ? members.string("code") : ErrorCodes.UNKNOWN,
        members.get("message").orElse(dev.collab.value.JsonValue.NULL)
                instanceof dev.collab.value.JsonValue.JsonString message
            ? message.value()
            : "");
  }
}
