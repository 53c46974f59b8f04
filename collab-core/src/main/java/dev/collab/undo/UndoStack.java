package dev.collab.undo;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.TransformPair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Steps of which the newest applies to what is shown, and each other to what the one above it leads
 * to.
 *
 * <p>Confined: callers must serialise calls.
 */
final class UndoStack<S, O extends Operation> {

  private final OperationType<S, O> type;
  private final int depth;

  /** The newest first. */
  private final Deque<Step<O>> steps = new ArrayDeque<>();

  UndoStack(OperationType<S, O> type, int depth) {
    this.type = type;
    this.depth = depth;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  void clear() {
    steps.clear();
  }

  boolean isNewest(@Nullable Step<O> step) {
    return step != null && steps.peekFirst() == step;
  }

  /** Puts a step on top; if there are too many, the oldest is forgotten. */
  void push(Step<O> step) {
    steps.addFirst(step);
    if (steps.size() > depth) {
      steps.removeLast();
    }
  }

  @Nullable Step<O> pop() {
    return steps.pollFirst();
  }

  void settle(long settled) {
    steps.forEach(step -> step.settle(settled));
  }

  /** Moves all steps over what somebody else did to what is shown. */
  void over(O change) {
    if (!change.isNoop()) {
      Passing passing = new Passing(change);
      replaceEach(passing::over);
    }
  }

  /** Tells whether an edit with a number in (after, to] can be taken back here. */
  boolean holds(long after, long to) {
    return inverses().stream().anyMatch(inverse -> isIn(inverse, after, to));
  }

  /**
   * Forgets the edits with a number in (after, to], because they were taken back.
   *
   * @param takenBack what took them back, on what is shown
   * @param shown what was shown before
   */
  void forget(long after, long to, O takenBack, S shown) {
    List<Inverse<O>> all = inverses();
    int from = 0;
    while (from < all.size() && !isIn(all.get(from), after, to)) {
      from++;
    }
    int end = all.size();
    while (end > from && !isIn(all.get(end - 1), after, to)) {
      end--;
    }
    if (from == end) {
      over(takenBack);
    } else {
      Withdrawal<S, O> withdrawal = new Withdrawal<>(type, from, end, takenBack, shown);
      replaceEach(withdrawal::past);
    }
  }

  private static boolean isIn(Inverse<?> inverse, long after, long to) {
    return inverse.number() > after && inverse.number() <= to;
  }

  private List<Inverse<O>> inverses() {
    return steps.stream().flatMap(step -> step.inverses().stream()).toList();
  }

  private void replaceEach(UnaryOperator<Inverse<O>> replacement) {
    for (Iterator<Step<O>> each = steps.iterator(); each.hasNext(); ) {
      Step<O> step = each.next();
      step.replaceEach(replacement);
      if (step.isEmpty()) {
        each.remove();
      }
    }
  }

  /** A change on its way from what is shown down to what stood there before all edits. */
  private final class Passing {

    private O change;

    Passing(O change) {
      this.change = change;
    }

    Inverse<O> over(Inverse<O> inverse) {
      TransformPair<O> pair = type.transformPair(inverse.operation(), change);
      change = pair.right();
      return inverse.with(pair.left());
    }
  }
}
