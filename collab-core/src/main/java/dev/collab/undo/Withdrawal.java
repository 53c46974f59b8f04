package dev.collab.undo;

import dev.collab.operation.Diffable;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.TransformPair;

/**
 * Takes refused edits out of a stack. What took them back on the screen goes down the stack like a
 * change of somebody else as far as their inverses, which are dropped. What lies below holds as it
 * is if both lead to the same state. They may not: others may have inserted into a deleted range,
 * and then the inverse restores it whole, while the replica, which moved the deletion itself,
 * restores it around the insertions. Then the difference goes on down.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Withdrawal<S, O extends Operation> {

  private final OperationType<S, O> type;
  private final int from;
  private final int end;
  private int index;
  private O change;
  private S state;
  private O dropped;

  /**
   * Prepares it.
   *
   * @param from the index of the first inverse to drop, counted from the newest
   * @param end the index behind the last one
   * @param takenBack what took the edits back, on what is shown
   * @param shown what was shown before
   */
  Withdrawal(OperationType<S, O> type, int from, int end, O takenBack, S shown) {
    this.type = type;
    this.from = from;
    this.end = end;
    this.change = takenBack;
    this.state = shown;
    this.dropped = type.noop();
  }

  /** Called for each inverse, the newest first; returns what takes its place. */
  Inverse<O> past(Inverse<O> inverse) {
    int at = index++;
    if (at < from) {
      state = type.apply(state, inverse.operation());
    } else if (at < end) {
      dropped = type.compose(dropped, inverse.operation());
      if (at == end - 1) {
        change = difference();
      }
      return inverse.with(type.noop());
    }
    TransformPair<O> pair = type.transformPair(inverse.operation(), change);
    change = pair.right();
    return inverse.with(pair.left());
  }

  /** Returns what leads from the state that the inverses lead to, to the one that is there now. */
  @SuppressWarnings("unchecked")
  private O difference() {
    S expected = type.apply(state, dropped);
    S actual = type.apply(state, change);
    if (expected.equals(actual)) {
      return type.noop();
    }
    return type instanceof Diffable<?, ?> diffable
        ? ((Diffable<S, O>) diffable).diff(expected, actual)
        : type.compose(type.invert(dropped, state), change);
  }
}
