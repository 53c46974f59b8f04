package dev.collab.conflict;

import dev.collab.document.Merged;

/**
 * Decides what more is to happen when people have changed the same thing without knowing of each
 * other. It cannot break convergence, because it acts by a further operation that is committed
 * right behind the submission.
 *
 * <p>A pure function of its argument: it is asked again when an append was refused, by another
 * server perhaps, and only the attempt that was committed is reported. All servers of a document
 * must have the same strategy for it; a document stays whole if they do not, but it depends on the
 * server then what happens to a conflict.
 *
 * <p>{@link Merged#unseen()} says what the author had not seen. It goes back to {@code
 * Submission.seen()}, which is a hint of the client: too low a value shows conflicts where there
 * are none, too high a value hides some. It concerns edits of that client only.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConflictStrategy {

  /**
   * Looks at an edit that is about to be committed. What it throws, or an operation that cannot be
   * committed, leaves the edit as it is, uncorrected.
   *
   * @param merged an edit, what it was merged with and what came of it
   * @return what more is to happen, and which conflicts there were
   */
  Settlement settle(Merged merged);
}
