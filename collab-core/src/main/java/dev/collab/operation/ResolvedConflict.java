package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * A conflict and what became of it.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param conflict the conflict
 * @param outcome what stands in its place
 * @param inMerged where that is in the merged state
 * @since 0.1
 */
public record ResolvedConflict<S>(Conflict<S> conflict, S outcome, Span inMerged) {

  /**
   * Checks the parts.
   *
   * @param conflict the conflict
   * @param outcome what stands in its place
   * @param inMerged where that is in the merged state
   * @throws NullPointerException if one is null
   */
  public ResolvedConflict {
    requireNonNull(conflict, "conflict");
    requireNonNull(outcome, "outcome");
    requireNonNull(inMerged, "inMerged");
  }
}
