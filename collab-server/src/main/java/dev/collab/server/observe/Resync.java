package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;

/**
 * A client has to take a snapshot, because it cannot be brought forward by entries.
 *
 * <p>Immutable.
 *
 * @param document which document
 * @param client who
 * @param reason why
 * @since 0.1
 */
public record Resync(DocumentId document, ClientId client, Reason reason) {

  /** Why. Further reasons may be added. */
  public enum Reason {
    /** The entries that the client lacks are no longer kept. */
    TOO_FAR_BEHIND,
    /** The history was replaced by another one. */
    EPOCH_CHANGED,
    /** Client and server hold different states at the same revision. */
    CHECKSUM_MISMATCH,
    /** The log was not the one that was known, so that all who follow the document come back. */
    LOG_LOST
  }

  /**
   * Checks the arguments.
   *
   * @param document which document
   * @param client who
   * @param reason why
   * @throws NullPointerException if one is null
   */
  public Resync {
    requireNonNull(document, "document");
    requireNonNull(client, "client");
    requireNonNull(reason, "reason");
  }
}
