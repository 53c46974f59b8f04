package dev.collab.conflict;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import java.util.List;
import java.util.Optional;

/**
 * What a strategy has decided.
 *
 * <p>Immutable.
 *
 * @param correction an operation of the document's type that applies behind the edit, if there is
 *     to be one
 * @param conflicts the conflicts that there were, in the order of the document
 * @since 0.1
 */
public record Settlement(
    Optional<? extends Operation> correction, List<ReportedConflict> conflicts) {

  /** Nothing more is to happen. */
  public static final Settlement NONE = new Settlement(Optional.empty(), List.of());

  /**
   * Copies the list.
   *
   * @param correction an operation that applies behind the edit
   * @param conflicts the conflicts that there were
   * @throws NullPointerException if one is null
   */
  public Settlement {
    requireNonNull(correction, "correction");
    conflicts = List.copyOf(conflicts);
  }
}
