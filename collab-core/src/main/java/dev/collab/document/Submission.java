package dev.collab.document;

import static java.util.Objects.requireNonNull;

/**
 * A client's request to commit something. It never changes once it is numbered: sent again, it is
 * the same in every part.
 *
 * <p>Immutable.
 *
 * @param id who asks, under which number
 * @param baseRevision the revision the proposal was made at, or {@link #HEAD}
 * @param seen the revision that was on the screen when the first edit in it was made; at most
 *     {@code baseRevision}
 * @param proposal what is asked for
 * @since 0.1
 */
public record Submission(OperationId id, long baseRevision, long seen, Proposal proposal) {

  /**
   * The base revision of a client that has not read the document: whatever stands when it comes.
   */
  public static final long HEAD = -1;

  /**
   * Checks the arguments.
   *
   * @param id who asks, under which number
   * @param baseRevision the revision the proposal was made at, or {@link #HEAD}
   * @param seen the revision that was on the screen when the first edit in it was made
   * @param proposal what is asked for
   * @throws IllegalArgumentException if {@code baseRevision} is below {@link #HEAD} or {@code seen}
   *     is not within {@code HEAD..baseRevision}
   */
  public Submission {
    requireNonNull(id, "id");
    requireNonNull(proposal, "proposal");
    if (baseRevision < HEAD) {
      throw new IllegalArgumentException("base revision " + baseRevision + " is below " + HEAD);
    }
    if (seen < HEAD || seen > baseRevision) {
      throw new IllegalArgumentException("seen " + seen + " is outside -1.." + baseRevision);
    }
  }

  /**
   * Returns a submission whose author had seen its base revision.
   *
   * @param id who asks, under which number
   * @param baseRevision the revision the proposal was made at, or {@link #HEAD}
   * @param proposal what is asked for
   * @return the submission
   */
  public static Submission of(OperationId id, long baseRevision, Proposal proposal) {
    return new Submission(id, baseRevision, baseRevision, proposal);
  }
}
