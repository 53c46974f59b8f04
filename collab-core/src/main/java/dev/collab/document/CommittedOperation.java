package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An entry of a document's log.
 *
 * <p>Immutable.
 *
 * @param id who submitted it, under which number
 * @param baseRevision the revision it applies to; the wire calls it {@code v}
 * @param payload what it does
 * @param committedAt when the authority prepared it, by its own clock; for information only
 * @since 0.1
 */
public record CommittedOperation(
    OperationId id, long baseRevision, Payload payload, Instant committedAt) {

  /**
   * Checks the arguments.
   *
   * @param id who submitted it, under which number
   * @param baseRevision the revision it applies to
   * @param payload what it does
   * @param committedAt when the authority prepared it
   * @throws IllegalArgumentException if {@code baseRevision} is negative
   */
  public CommittedOperation {
    requireNonNull(id, "id");
    requireNonNull(payload, "payload");
    requireNonNull(committedAt, "committedAt");
    if (baseRevision < 0) {
      throw new IllegalArgumentException("base revision " + baseRevision + " is negative");
    }
  }

  /**
   * Returns the revision the document has behind this entry.
   *
   * @return {@code baseRevision + 1}
   */
  public long revision() {
    return baseRevision + 1;
  }
}
