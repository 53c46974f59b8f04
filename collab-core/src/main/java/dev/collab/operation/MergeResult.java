package dev.collab.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What came of a merge, as a state and as the operations that lead there from either side.
 *
 * <pre>
 *   base ── our edits ──▶ ours
 *    │                     │
 *  their edits          fromOurs
 *    ▼                     ▼
 *  theirs ── fromTheirs ▶ state
 * </pre>
 *
 * <p>A replica that shows {@code ours} and learns that the authority holds {@code theirs} applies
 * {@code fromOurs} to what it shows and has {@code fromTheirs} to submit.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @param state the merged state
 * @param fromOurs what leads from our state to the merged one
 * @param fromTheirs what leads from theirs to the merged one
 * @param conflicts what both sides changed in different ways, in the order of the state, each with
 *     its outcome
 * @since 0.1
 */
public record MergeResult<S, O extends Operation>(
    S state, O fromOurs, O fromTheirs, List<ResolvedConflict<S>> conflicts) {

  /**
   * Copies the list.
   *
   * @param state the merged state
   * @param fromOurs what leads from our state to the merged one
   * @param fromTheirs what leads from theirs to the merged one
   * @param conflicts what both sides changed in different ways
   * @throws NullPointerException if an argument is null
   */
  public MergeResult {
    requireNonNull(state, "state");
    requireNonNull(fromOurs, "fromOurs");
    requireNonNull(fromTheirs, "fromTheirs");
    conflicts = List.copyOf(conflicts);
  }

  /**
   * Tells whether the two sides got along.
   *
   * @return whether there was no conflict
   */
  public boolean isClean() {
    return conflicts.isEmpty();
  }
}
