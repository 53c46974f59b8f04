package dev.collab.conflict;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.Merged;
import dev.collab.operation.Operation;

/**
 * Of two concurrent edits of the same range, the one that is later in the log stays: what the
 * earlier one has put there, and its author sees there, is taken out. No clock is asked.
 *
 * <p>All that the later edit inserts stands; what it does not touch stays as merging leaves it, and
 * what either has deleted stays deleted. What touching is, the type says by {@link
 * dev.collab.operation.OverlapDetection}; documents of a type without it are left alone. An edit is
 * looked at together with at most the 1,000 newest entries that its author had not seen.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum LastWriteWins implements ConflictStrategy {
  /** The strategy. */
  LAST_WRITE_WINS;

  /** How many entries are looked at. */
  static final int MOST_ENTRIES = 1_000;

  @Override
  public Settlement settle(Merged merged) {
    return Unseen.of(merged, MOST_ENTRIES).map(LastWriteWins::withdraw).orElse(Settlement.NONE);
  }

  private static <S, O extends Operation> Settlement withdraw(Unseen<S, O> unseen) {
    return unseen.settlement(Outcome.LATER, true);
  }
}
