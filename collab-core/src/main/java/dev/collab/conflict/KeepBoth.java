package dev.collab.conflict;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.Merged;
import dev.collab.operation.Operation;

/**
 * Leaves it at what merging gives: of two edits of the same range, both stand side by side.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum KeepBoth implements ConflictStrategy {
  /** Looks for nothing, and costs nothing. What a document has if nothing else is chosen. */
  SILENT {
    @Override
    public Settlement settle(Merged merged) {
      return Settlement.NONE;
    }
  },

  /** Reports where edits touch. */
  REPORTING {
    @Override
    public Settlement settle(Merged merged) {
      return Unseen.of(merged, LastWriteWins.MOST_ENTRIES)
          .map(KeepBoth::report)
          .orElse(Settlement.NONE);
    }
  };

  private static <S, O extends Operation> Settlement report(Unseen<S, O> unseen) {
    return unseen.settlement(Outcome.BOTH, false);
  }
}
