package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;

/**
 * A document is served no longer; the next request loads it again.
 *
 * <p>Immutable.
 *
 * @param document which one
 * @param revision the revision it had
 * @param reason why
 * @since 0.1
 */
public record DocumentUnloaded(DocumentId document, long revision, Reason reason) {

  /** Why. Further reasons may be added. */
  public enum Reason {
    /** Nobody used it. */
    IDLE,
    /** Its log turned out to be another one than was known. */
    LOST,
    /** Its history was replaced on purpose. */
    PURGED,
    /** The server was closed. */
    CLOSING
  }

  /**
   * Checks the arguments.
   *
   * @param document which one
   * @param revision the revision it had
   * @param reason why
   * @throws NullPointerException if one is null
   */
  public DocumentUnloaded {
    requireNonNull(document, "document");
    requireNonNull(reason, "reason");
  }
}
