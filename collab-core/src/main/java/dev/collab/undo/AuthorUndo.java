package dev.collab.undo;

import static java.util.Objects.requireNonNull;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Undoes what was committed by some, however it is interleaved with what was committed by others,
 * by the inverses that the entries carry. Every character of the others stays, in their order; what
 * was deleted comes back whole, beside what others inserted where it was.
 *
 * <p>An entry that was undone before, by an entry that is not among those chosen, is undone again:
 * a deleted text comes back twice. Who undoes more than once chooses entries behind the last undo.
 *
 * <p>Thread-safe: pure.
 *
 * @since 0.1
 */
public final class AuthorUndo {

  private AuthorUndo() {}

  /**
   * Makes the edit that takes back some entries. Takes a transform or a composition for each entry.
   *
   * @param entries consecutive entries of a document's log; those before a creation or deletion
   *     among them are of an earlier life and count no more
   * @param chosen tells which of them are to be undone
   * @return an edit that applies behind the last entry, or empty if nothing is left to undo
   */
  public static Optional<Proposal.Edit> of(
      List<CommittedOperation> entries, Predicate<? super CommittedOperation> chosen) {
    requireNonNull(chosen, "chosen");
    Optional<Undo<?>> undo = Optional.empty();
    for (CommittedOperation entry : entries) {
      Payload payload = entry.payload();
      if (payload instanceof Payload.Edit<?> edit) {
        undo = Optional.of(behind(undo, edit, chosen.test(entry)));
      } else if (payload.kind() != Payload.Kind.NONE) {
        undo = Optional.empty();
      }
    }
    return undo.map(Undo::operation)
        .filter(operation -> !operation.isNoop())
        .map(Proposal.Edit::new);
  }

  @SuppressWarnings("unchecked") // one life of a document has one type
  private static <O extends Operation> Undo<O> behind(
      Optional<Undo<?>> undo, Payload.Edit<O> edit, boolean chosen) {
    Undo<O> before =
        undo.map(known -> (Undo<O>) known)
            .orElseGet(() -> new Undo<>(edit.type(), edit.type().noop()));
    return chosen ? before.with(edit.inverse()) : before.over(edit.operation());
  }

  /** What takes back the entries that were chosen up to here. */
  private record Undo<O extends Operation>(OperationType<?, O> type, O operation) {

    Undo<O> with(O inverse) {
      return new Undo<>(type, type.compose(inverse, operation));
    }

    Undo<O> over(O other) {
      return new Undo<>(type, type.transform(operation, other, Side.LEFT));
    }
  }
}
