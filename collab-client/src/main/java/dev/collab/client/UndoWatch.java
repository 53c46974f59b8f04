package dev.collab.client;

import dev.collab.document.Fate;
import dev.collab.operation.Operation;
import dev.collab.sync.Replica;
import dev.collab.undo.UndoManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Tells an undo manager what happens to a document.
 *
 * <p>Confined: callers must serialise calls; {@link #canUndo}, {@link #canRedo}, {@link #add} and
 * {@link #remove} may be called by anybody.
 */
final class UndoWatch<S, O extends Operation> implements LocalCopy.Watcher<O> {

  private final LocalCopy<S, O> copy;
  private final UndoManager<S, O> manager;
  private final Notifier notifier;
  private final List<UndoListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable S shown;
  private volatile boolean canUndo;
  private volatile boolean canRedo;

  private UndoWatch(LocalCopy<S, O> copy, UndoManager<S, O> manager, Notifier notifier) {
    this.copy = copy;
    this.manager = manager;
    this.notifier = notifier;
    look();
  }

  static <S, O extends Operation> UndoWatch<S, O> of(
      LocalCopy<S, O> copy, UndoManager<S, O> manager, Notifier notifier) {
    UndoWatch<S, O> watch = new UndoWatch<>(copy, manager, notifier);
    copy.watch(watch);
    return watch;
  }

  void close() {
    copy.unwatch(this);
    manager.clear();
    settled();
    listeners.clear();
  }

  boolean canUndo() {
    return canUndo;
  }

  boolean canRedo() {
    return canRedo;
  }

  void add(UndoListener listener) {
    listeners.add(listener);
  }

  void remove(UndoListener listener) {
    listeners.remove(listener);
  }

  private void look() {
    shown = copy.replica().map(Replica::state).orElse(null);
  }

  @Override
  public void edited(O operation) {
    if (shown != null) {
      manager.edited(operation, shown);
    }
    look();
  }

  @Override
  public void changed(O operation) {
    manager.changed(operation);
    look();
  }

  @Override
  public void takenBack(O operation) {
    if (shown != null) {
      manager.takenBack(operation, shown);
    }
    look();
  }

  @Override
  public void submitted(boolean whole) {
    manager.submitted(whole);
  }

  @Override
  public void decided(Fate fate) {
    // if it is not known, it counts as committed: nobody will refuse it under its number
    if (fate == Fate.NOT_COMMITTED) {
      manager.resubmitted();
    } else {
      manager.acknowledged();
    }
  }

  @Override
  public void forgotten() {
    manager.clear();
    look();
  }

  @Override
  public void committed(String source, O operation) {}

  @Override
  public void replaced() {
    look();
  }

  @Override
  public void settled() {
    boolean undo = manager.canUndo();
    boolean redo = manager.canRedo();
    if (undo != canUndo || redo != canRedo) {
      canUndo = undo;
      canRedo = redo;
      notifier.tell(listeners, listener -> listener.onChange(undo, redo));
    }
  }
}
