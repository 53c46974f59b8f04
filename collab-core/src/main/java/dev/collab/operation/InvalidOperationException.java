package dev.collab.operation;

/**
 * An operation or a state is malformed, or an operation does not fit what it is applied to.
 * Whatever was to be changed is unchanged.
 *
 * @since 0.1
 */
public final class InvalidOperationException extends CollabException {

  private static final long serialVersionUID = 1L;

  /** The operation's form is wrong, whatever it is applied to. */
  public static final String BADLY_FORMED = "ERR_OT_OP_BADLY_FORMED";

  /** The operation does not fit the state it was to be applied to. */
  public static final String NOT_APPLIED = "ERR_OT_OP_NOT_APPLIED";

  private InvalidOperationException(String code, String message) {
    super(code, message);
  }

  /**
   * Returns the error for a malformed operation or state.
   *
   * @param message what was got and what is allowed
   * @return an error with code {@link #BADLY_FORMED}
   */
  public static InvalidOperationException badlyFormed(String message) {
    return new InvalidOperationException(BADLY_FORMED, message);
  }

  /**
   * Returns the error for an operation that does not fit.
   *
   * @param message what was got and what is allowed
   * @return an error with code {@link #NOT_APPLIED}
   */
  public static InvalidOperationException notApplied(String message) {
    return new InvalidOperationException(NOT_APPLIED, message);
  }

  /**
   * Returns an error of a type's own. A type defines codes where programs have to tell its errors
   * apart; they never change their meaning and go on the wire like the others.
   *
   * @param code the stable code, such as {@code ERR_CHAT_NOT_AUTHOR}
   * @param message what was got and what is allowed
   * @return an error with that code
   */
  public static InvalidOperationException of(String code, String message) {
    return new InvalidOperationException(code, message);
  }
}
