package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import dev.collab.undo.UndoManager;
import java.util.function.Consumer;

/**
 * Undo and redo of what was done to a document here. What others do stays, whether it came before
 * or after. It works connected or not, across reconnects and when the document goes on from another
 * state of the server; an edit that the server refuses is no longer there to be undone. Everything
 * is forgotten when the document is deleted.
 *
 * <p>Confined: to be called on the client's executor, as {@link SharedDocument#edit} is; {@link
 * #canUndo}, {@link #canRedo}, {@link #addListener} and {@link #removeListener} may be called from
 * any thread.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public final class SharedUndo<S, O extends Operation> {

  private final Confinement confinement;
  private final Consumer<O> edit;
  private final UndoManager<S, O> manager;
  private final UndoWatch<S, O> watch;

  SharedUndo(
      Confinement confinement, Consumer<O> edit, UndoManager<S, O> manager, UndoWatch<S, O> watch) {
    this.confinement = confinement;
    this.edit = edit;
    this.manager = manager;
    this.watch = watch;
  }

  /**
   * Undoes the last step that was made here: an edit like any other, which is sent and may be
   * refused.
   *
   * @return whether there was something to undo
   * @throws IllegalStateException as {@link SharedDocument#edit} does, or if a group is open;
   *     nothing has changed
   * @throws ClientException with code {@link ClientException#READ_ONLY} if the user may not edit
   *     the document; nothing has changed
   */
  public boolean undo() {
    confinement.check();
    boolean undone = manager.undo(edit);
    confinement.notifier().flush();
    return undone;
  }

  /**
   * Does again what was undone last, unless something was edited here since.
   *
   * @return whether there was something to redo
   * @throws IllegalStateException as {@link #undo} does
   * @throws ClientException as {@link #undo} does
   */
  public boolean redo() {
    confinement.check();
    boolean redone = manager.redo(edit);
    confinement.notifier().flush();
    return redone;
  }

  /**
   * Tells whether there is something to undo.
   *
   * @return whether {@link #undo} would do something
   */
  public boolean canUndo() {
    return watch.canUndo();
  }

  /**
   * Tells whether there is something to redo.
   *
   * @return whether {@link #redo} would do something
   */
  public boolean canRedo() {
    return watch.canRedo();
  }

  /**
   * Makes one step of all edits made in a task.
   *
   * @param task what makes the edits; what it throws is thrown, and what it had edited is a step
   */
  public void group(Runnable task) {
    requireNonNull(task, "task");
    confinement.check();
    manager.group(task);
  }

  /** Begins a group, for edits that are not made in one task; {@link #endGroup} ends it. */
  public void beginGroup() {
    confinement.check();
    manager.beginGroup();
  }

  /**
   * Ends a group.
   *
   * @throws IllegalStateException if none is open
   */
  public void endGroup() {
    confinement.check();
    manager.endGroup();
  }

  /** Ends the step: the next edit begins another one, even without a pause. */
  public void endStep() {
    confinement.check();
    manager.endStep();
  }

  /**
   * Adds a listener.
   *
   * @param listener the listener
   */
  public void addListener(UndoListener listener) {
    watch.add(requireNonNull(listener, "listener"));
  }

  /**
   * Removes a listener, if it was added.
   *
   * @param listener the listener
   */
  public void removeListener(UndoListener listener) {
    watch.remove(requireNonNull(listener, "listener"));
  }

  /** Forgets everything and records no more. Closing twice does nothing. */
  public void close() {
    confinement.check();
    watch.close();
    confinement.notifier().flush();
  }
}
