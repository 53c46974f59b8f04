package dev.collab.conflict;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.value.JsonValue;
import java.util.Set;

/**
 * A conflict for people to hear of: both sides and what became of them. The sides are states in the
 * JSON form of the document's type; those of a text are strings.
 *
 * <p>Immutable.
 *
 * @param earlierAuthors whose edits stood in the log already
 * @param earlier what they have put there
 * @param laterAuthor whose submission met them
 * @param later what that one puts there
 * @param outcome which side stands
 * @param standing what the merge has put there; without a merge, the same as {@code later}
 * @since 0.1
 */
public record ReportedConflict(
    Set<ClientId> earlierAuthors,
    JsonValue earlier,
    ClientId laterAuthor,
    JsonValue later,
    Outcome outcome,
    JsonValue standing) {

  /** Which side of a conflict stands. */
  public enum Outcome {
    /** What both have put there stands, as without a strategy. */
    BOTH,
    /** What the earlier one has put there was taken out. */
    LATER,
    /** A merge with a rule of the application has decided. */
    MERGED
  }

  /**
   * Copies the set.
   *
   * @param earlierAuthors whose edits stood in the log already
   * @param earlier what they have put there
   * @param laterAuthor whose submission met them
   * @param later what that one puts there
   * @param outcome which side stands
   * @param standing what stands there now
   * @throws NullPointerException if one is null
   */
  public ReportedConflict {
    earlierAuthors = Set.copyOf(earlierAuthors);
    requireNonNull(earlier, "earlier");
    requireNonNull(laterAuthor, "laterAuthor");
    requireNonNull(later, "later");
    requireNonNull(outcome, "outcome");
    requireNonNull(standing, "standing");
  }

  /** Returns authors and outcome; the content stays out of logs. */
  @Override
  public String toString() {
    return laterAuthor + " met " + earlierAuthors + ": " + outcome;
  }
}
