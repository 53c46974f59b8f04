package dev.collab.sync;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import java.util.List;
import java.util.Optional;

/**
 * A replica that goes on from a snapshot.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @param next the replica at the snapshot's revision
 * @param change what leads from the state shown before to that of {@code next}; empty if the type
 *     cannot tell
 * @param abandoned edits that could not be kept, for the application; they are not in {@code next}
 * @since 0.1
 */
public record Resynced<S, O extends Operation>(
    Replica<S, O> next, Optional<O> change, List<O> abandoned) {

  /**
   * Copies the list.
   *
   * @param next the replica at the snapshot's revision
   * @param change what leads from the state shown before to that of {@code next}
   * @param abandoned edits that could not be kept
   * @throws NullPointerException if an argument is null
   */
  public Resynced {
    requireNonNull(next, "next");
    requireNonNull(change, "change");
    abandoned = List.copyOf(abandoned);
  }
}
