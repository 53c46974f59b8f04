package dev.collab.transport;

/**
 * A connection could not be opened.
 *
 * @since 0.1
 */
public final class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether the same attempt may work later. */
  private final boolean retryable;

  /**
   * Creates the error.
   *
   * @param message what failed
   * @param retryable whether the same attempt may work later
   * @param cause the failure below
   */
  public TransportException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /**
   * Tells whether the same attempt may work later.
   *
   * @return false if the address or the credentials are wrong
   */
  public boolean isRetryable() {
    return retryable;
  }
}
