package dev.collab.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * All places in which a submission and what it was merged with touch.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @param overlaps the places, in the order of the state
 * @param removal takes out what the earlier edits have put there; applies to the state behind all
 * @since 0.1
 */
public record Overlaps<S, O extends Operation>(List<Overlap<S>> overlaps, O removal) {

  /**
   * Copies the list.
   *
   * @param overlaps the places
   * @param removal takes out what the earlier edits have put there
   * @throws NullPointerException if one is null
   */
  public Overlaps {
    overlaps = List.copyOf(overlaps);
    requireNonNull(removal, "removal");
  }
}
