package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;

/**
 * The history of a document was replaced by another one.
 *
 * <p>Immutable.
 *
 * @param document which one
 * @param previous the epoch that was known
 * @param current the epoch that the log has now
 * @since 0.1
 */
public record EpochChanged(DocumentId document, long previous, long current) {

  /**
   * Checks the arguments.
   *
   * @param document which one
   * @param previous the epoch that was known
   * @param current the epoch that the log has now
   * @throws NullPointerException if one is null
   */
  public EpochChanged {
    requireNonNull(document, "document");
  }
}
