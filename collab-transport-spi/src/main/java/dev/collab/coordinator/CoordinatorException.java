package dev.collab.coordinator;

/**
 * A call of a coordinator has no answer: whether it took effect is unknown.
 *
 * @since 0.1
 */
public final class CoordinatorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what happened
   */
  public CoordinatorException(String message) {
    super(message);
  }

  /**
   * Creates the error.
   *
   * @param message what happened
   * @param cause the failure below
   */
  public CoordinatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
