package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;

/**
 * A conflict strategy has thrown, or its correction cannot be committed: the submission was
 * committed without a correction.
 *
 * <p>Immutable.
 *
 * @param document where
 * @param revision the document's revision behind the submission
 * @param client who submitted it
 * @param code {@link #CODE}
 * @since 0.1
 */
public record StrategyFailed(DocumentId document, long revision, ClientId client, String code) {

  /** The stable code of this failure. */
  public static final String CODE = "ERR_CONFLICT_STRATEGY_FAILED";

  /**
   * Checks for null.
   *
   * @param document where
   * @param revision the document's revision behind the submission
   * @param client who submitted it
   * @param code {@link #CODE}
   */
  public StrategyFailed {
    requireNonNull(document, "document");
    requireNonNull(client, "client");
    requireNonNull(code, "code");
  }
}
