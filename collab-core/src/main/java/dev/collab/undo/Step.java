package dev.collab.undo;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is undone at once. Edits of which the authority may refuse one and take another are kept
 * apart.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Step<O extends Operation> {

  private final OperationType<?, O> type;

  /** The newest first, which is the order in which they apply. */
  private Deque<Inverse<O>> inverses = new ArrayDeque<>();

  Step(OperationType<?, O> type) {
    this.type = type;
  }

  boolean isEmpty() {
    return inverses.isEmpty();
  }

  /**
   * Takes in the inverse of the newest edit.
   *
   * @param decided up to this number, edits are sent already and so are apart from the new one
   */
  void add(Inverse<O> newest, long decided) {
    Inverse<O> last = inverses.peekFirst();
    if (last != null && last.number() > decided) {
      inverses.removeFirst();
      addUnlessNoop(newest.then(last, type));
    } else {
      addUnlessNoop(newest);
    }
  }

  private void addUnlessNoop(Inverse<O> inverse) {
    if (!inverse.operation().isNoop()) {
      inverses.addFirst(inverse);
    }
  }

  /** Joins what nobody can refuse any more. */
  void settle(long settled) {
    if (inverses.size() < 2) {
      return;
    }
    Deque<Inverse<O>> joined = new ArrayDeque<>();
    for (Inverse<O> older : inverses) {
      Inverse<O> last = joined.peekLast();
      if (last != null && last.number() <= settled) {
        joined.removeLast();
        joined.addLast(last.then(older, type));
      } else {
        joined.addLast(older);
      }
    }
    joined.removeIf(inverse -> inverse.operation().isNoop());
    inverses = joined;
  }

  /** Replaces each inverse, the newest first. */
  void replaceEach(UnaryOperator<Inverse<O>> replacement) {
    Deque<Inverse<O>> replaced = new ArrayDeque<>(inverses.size());
    for (Inverse<O> inverse : inverses) {
      Inverse<O> other = replacement.apply(inverse);
      if (!other.operation().isNoop()) {
        replaced.addLast(other);
      }
    }
    inverses = replaced;
  }

  /** Returns the inverses, the newest first. */
  List<Inverse<O>> inverses() {
    return new ArrayList<>(inverses);
  }

  /** Returns all of it as one operation. */
  O operation() {
    O all = type.noop();
    for (Inverse<O> inverse : inverses) {
      all = type.compose(all, inverse.operation());
    }
    return all;
  }
}
