package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A submission that was accepted, and what came of it: all that a {@link Correction} may depend on.
 *
 * <p>Immutable.
 *
 * @param before the document that it was accepted on
 * @param submission what was asked for, as its author made it
 * @param entry what becomes of it, behind all that was committed since its base revision
 * @param content what the document holds behind the entry
 * @since 0.1
 */
public record Merged(
    Document before, Submission submission, CommittedOperation entry, Content<?, ?> content) {

  /**
   * Checks for null.
   *
   * @param before the document that it was accepted on
   * @param submission what was asked for
   * @param entry what becomes of it
   * @param content what the document holds behind the entry
   */
  public Merged {
    requireNonNull(before, "before");
    requireNonNull(submission, "submission");
    requireNonNull(entry, "entry");
    requireNonNull(content, "content");
  }

  /**
   * Returns what was committed that the author had not seen when the first edit in the submission
   * was made.
   *
   * @return the entries behind {@link Submission#seen()}, in order, as far as they are at hand;
   *     none for a submission at {@link Submission#HEAD}; unmodifiable, O(1) each
   */
  public List<CommittedOperation> unseen() {
    long seen = submission.seen();
    return seen == Submission.HEAD ? List.of() : before.since(Math.max(seen, before.base()));
  }
}
