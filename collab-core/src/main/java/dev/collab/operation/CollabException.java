package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * The root of every error that data or the outside world can cause. It carries a code that never
 * changes its meaning: programs decide by the code, people read the message. A message names
 * positions, sizes and limits, never content.
 *
 * @since 0.1
 */
public abstract class CollabException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Stable code, such as {@code ERR_OT_OP_BADLY_FORMED}. */
  private final String code;

  /**
   * Creates the error.
   *
   * @param code the stable code
   * @param message what was got and what is allowed, for people
   */
  protected CollabException(String code, String message) {
    super(requireNonNull(message, "message"));
    this.code = requireNonNull(code, "code");
  }

  /**
   * Creates the error with its cause.
   *
   * @param code the stable code
   * @param message what was got and what is allowed, for people
   * @param cause what led to it
   */
  protected CollabException(String code, String message, Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.code = requireNonNull(code, "code");
  }

  /**
   * Returns the stable code.
   *
   * @return the code, as it goes on the wire
   */
  public final String code() {
    return code;
  }

  /**
   * Returns what was got and what is allowed, for people.
   *
   * @return the message given at construction
   */
  @Override
  public final String getMessage() {
    return requireNonNull(super.getMessage(), "message");
  }
}
