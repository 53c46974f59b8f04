package dev.collab.undo;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Undo and redo for one author of a document that others edit, too. It hears of every change of
 * what is shown: of the author's own edits, whose inverses it keeps on a stack, and of those of
 * others, over which it moves all that is on the stack. So it takes back what the author did and
 * nothing else: every character of the others stays, in their order, and a deleted range comes back
 * whole, beside what others have inserted where it was. A step of which others have left nothing
 * does not count.
 *
 * <p>Edits without a {@linkplain #DEFAULT_PAUSE pause} between them are one step; {@link #group}
 * makes one of any number of edits. A new edit ends the possibility to redo.
 *
 * <p>Who sends edits to an authority tells of that with {@link #submitted}, {@link #acknowledged},
 * {@link #resubmitted} and {@link #takenBack}; then an edit that the authority refuses leaves the
 * stack, also from the middle of a step. Who does not, calls none of them.
 *
 * <p>An edit takes O(1) operations of the type, a change of somebody else two transforms for each
 * step. Inverses are transformed along as in ot.js and CodeMirror.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public final class UndoManager<S, O extends Operation> {

  /** How many steps are kept unless told otherwise. */
  public static final int DEFAULT_DEPTH = 100;

  /** After how long without an edit the next one begins a step, unless told otherwise. */
  public static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);

  /** What an edit is. */
  private enum Mode {
    EDIT,
    UNDO,
    REDO
  }

  private final OperationType<S, O> type;
  private final InstantSource clock;
  private final Duration pause;
  private final UndoStack<S, O> undo;
  private final UndoStack<S, O> redo;
  private Mode mode = Mode.EDIT;
  private int groups;
  private @Nullable Step<O> open;
  private Instant lastEdit = Instant.MIN;

  /** Edits have numbers: those up to {@code settled} are decided, up to {@code sent} submitted. */
  private long edits;

  private long sent;
  private long settled;
  private boolean sentInPart;

  /**
   * Creates an undo manager with the default depth and pause.
   *
   * @param type the document's type
   * @param clock tells how long the author has paused
   */
  public UndoManager(OperationType<S, O> type, InstantSource clock) {
    this(type, clock, DEFAULT_DEPTH, DEFAULT_PAUSE);
  }

  /**
   * Creates an undo manager.
   *
   * @param type the document's type
   * @param clock tells how long the author has paused
   * @param depth how many steps are kept for undo, and as many for redo; at least 1
   * @param pause after how long without an edit the next one begins a step; zero makes a step of
   *     every edit that is in no {@linkplain #group group}
   * @throws IllegalArgumentException if {@code depth} is below 1 or {@code pause} is negative
   */
  public UndoManager(OperationType<S, O> type, InstantSource clock, int depth, Duration pause) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth " + depth + " is below 1");
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("pause " + pause + " is negative");
    }
    this.type = requireNonNull(type, "type");
    this.clock = requireNonNull(clock, "clock");
    this.pause = pause;
    this.undo = new UndoStack<>(type, depth);
    this.redo = new UndoStack<>(type, depth);
  }

  // What happens to what is shown.

  /**
   * The author has edited what is shown. To be called also for the edits that {@link #undo} and
   * {@link #redo} ask for.
   *
   * @param operation the edit
   * @param before what was shown before
   * @throws dev.collab.operation.InvalidOperationException if {@code operation} does not fit {@code
   *     before}; nothing has changed
   */
  public void edited(O operation, S before) {
    O admitted = type.admit(before, operation);
    if (admitted.isNoop()) {
      return;
    }
    Inverse<O> inverse = new Inverse<>(edits + 1, type.invert(admitted, before));
    edits++;
    switch (mode) {
      case UNDO -> push(redo, inverse);
      case REDO -> push(undo, inverse);
      case EDIT -> {
        redo.clear();
        record(inverse);
      }
    }
  }

  private void record(Inverse<O> inverse) {
    Instant now = clock.instant();
    boolean joins = groups > 0 || now.isBefore(lastEdit.plus(pause));
    Step<O> last = open;
    if (joins && last != null && undo.isNewest(last)) {
      last.add(inverse, sent);
      if (last.isEmpty()) {
        undo.pop();
      }
    } else {
      open = push(undo, inverse);
    }
    lastEdit = now;
  }

  private Step<O> push(UndoStack<S, O> stack, Inverse<O> inverse) {
    Step<O> step = new Step<>(type);
    step.add(inverse, sent);
    stack.push(step);
    return step;
  }

  /**
   * Somebody else has changed what is shown.
   *
   * @param change what leads from what was shown before to what is shown now, with the author's
   *     pending edits in it
   */
  public void changed(O change) {
    undo.over(change);
    redo.over(change);
  }

  /**
   * Forgets all steps, because what is shown was replaced by something else: the document was
   * deleted, or created anew. An open group stays open.
   */
  public void clear() {
    undo.clear();
    redo.clear();
    open = null;
    sent = edits;
    settled = edits;
    sentInPart = false;
  }

  // What the authority says of the author's edits.

  /**
   * The edits made so far that were not submitted before were submitted together.
   *
   * @param whole whether these are all; if not, the first of them are, and the next submission
   *     takes them on
   */
  public void submitted(boolean whole) {
    sent = edits;
    sentInPart = !whole;
  }

  /** What was submitted is committed. */
  public void acknowledged() {
    if (!sentInPart) {
      settled = sent;
      undo.settle(settled);
      redo.settle(settled);
    }
  }

  /** What was submitted was not committed and will be submitted again, with what waits. */
  public void resubmitted() {
    sent = settled;
    sentInPart = false;
  }

  /**
   * What was submitted was refused, and taken back on the screen: it leaves the stack. If it was an
   * undo, that can be done once more.
   *
   * @param change what took it back
   * @param before what was shown before
   */
  public void takenBack(O change, S before) {
    boolean wasUndo = redo.holds(settled, sent) && !undo.holds(settled, sent);
    redo.forget(settled, sent, change, before);
    if (wasUndo) {
      if (!change.isNoop()) {
        push(undo, new Inverse<>(0, type.invert(change, before)));
      }
    } else {
      undo.forget(settled, sent, change, before);
    }
    if (!sentInPart) {
      settled = sent;
    }
  }

  // What the author wants.

  /**
   * Tells whether there is something to undo.
   *
   * @return whether {@link #undo} would do something
   */
  public boolean canUndo() {
    return !undo.isEmpty();
  }

  /**
   * Tells whether there is something to redo.
   *
   * @return whether {@link #redo} would do something
   */
  public boolean canRedo() {
    return !redo.isEmpty();
  }

  /**
   * Undoes the author's last step.
   *
   * @param edit makes an edit: applies the operation to what is shown and calls {@link #edited}
   *     before it returns; if it throws, the step can still be undone
   * @return whether there was something to undo; otherwise {@code edit} was not called
   * @throws IllegalStateException if a group is open
   */
  public boolean undo(Consumer<? super O> edit) {
    return takeBack(undo, Mode.UNDO, edit);
  }

  /**
   * Does again what was undone last.
   *
   * @param edit makes an edit, as for {@link #undo}
   * @return whether there was something to redo; otherwise {@code edit} was not called
   * @throws IllegalStateException if a group is open
   */
  public boolean redo(Consumer<? super O> edit) {
    return takeBack(redo, Mode.REDO, edit);
  }

  private boolean takeBack(UndoStack<S, O> stack, Mode as, Consumer<? super O> edit) {
    requireNonNull(edit, "edit");
    if (groups > 0 || mode != Mode.EDIT) {
      throw new IllegalStateException("a step is not complete");
    }
    open = null;
    for (Step<O> step = stack.pop(); step != null; step = stack.pop()) {
      O operation = step.operation();
      if (!operation.isNoop()) {
        makeEdit(stack, step, as, () -> edit.accept(operation));
        return true;
      }
    }
    return false;
  }

  private void makeEdit(UndoStack<S, O> stack, Step<O> step, Mode as, Runnable edit) {
    boolean made = false;
    mode = as;
    try {
      edit.run();
      made = true;
    } finally {
      mode = Mode.EDIT;
      if (!made) {
        stack.push(step);
      }
    }
  }

  /**
   * Makes one step of all edits made in a task, however long it takes. Groups may be nested; the
   * outermost one counts.
   *
   * @param task what makes the edits; what it throws is thrown, and what it had edited is a step
   */
  public void group(Runnable task) {
    beginGroup();
    try {
      task.run();
    } finally {
      endGroup();
    }
  }

  /** Begins a group, for edits that are not made in one task; {@link #endGroup} ends it. */
  public void beginGroup() {
    if (groups++ == 0) {
      open = null;
    }
  }

  /**
   * Ends a group.
   *
   * @throws IllegalStateException if none is open
   */
  public void endGroup() {
    if (groups == 0) {
      throw new IllegalStateException("no group is open");
    }
    if (--groups == 0) {
      open = null;
    }
  }

  /** Ends the step: the next edit begins another one, even without a pause. */
  public void endStep() {
    if (groups == 0) {
      open = null;
    }
  }
}
