package dev.collab.document;

import dev.collab.operation.CollabException;

/**
 * What a log or snapshot holds cannot be what was written. The document stays unavailable; nothing
 * is changed.
 *
 * @since 0.1
 */
public final class CorruptLogException extends CollabException {

  private static final long serialVersionUID = 1L;

  /** The code of every such error. */
  public static final String CODE = "ERR_LOG_CORRUPT";

  /**
   * Creates the error.
   *
   * @param message what was found and what was expected; no content
   */
  public CorruptLogException(String message) {
    super(CODE, message);
  }

  /**
   * Creates the error with its cause.
   *
   * @param message what was found and what was expected; no content
   * @param cause what led to it
   */
  public CorruptLogException(String message, Throwable cause) {
    super(CODE, message, cause);
  }
}
