package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.operation.Operation;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.sync.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everybody who looks at a document: listeners, stages that wait, and readers on any thread, who
 * see the newest {@link View}.
 *
 * <p>Confined: callers must serialise calls; {@link #view}, {@link #add} and {@link #remove} may be
 * called by anybody.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class Audience<S, O extends Operation> {

  private final Notifier notifier;
  private final List<DocumentListener<S, O>> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<S> ready = new CompletableFuture<>();
  private final List<CompletableFuture<Void>> awaitingSaved = new ArrayList<>();
  private volatile View<S, O> view = View.loading();

  Audience(Notifier notifier) {
    this.notifier = notifier;
  }

  View<S, O> view() {
    return view;
  }

  /** Returns a stage of the caller's own, which nobody else can complete. */
  CompletableFuture<S> ready() {
    return Confinement.copy(ready);
  }

  void add(DocumentListener<S, O> listener) {
    listeners.add(listener);
  }

  void remove(DocumentListener<S, O> listener) {
    listeners.remove(listener);
  }

  /** Completes a stage as soon as nothing is unsaved. */
  void whenSaved(CompletableFuture<Void> saved) {
    awaitingSaved.add(saved);
    completeSaved();
  }

  /** Shows how the document is now. */
  void look(
      DocumentStatus status, Optional<Replica<S, O>> replica, long revision, boolean unsaved) {
    View<S, O> before = view;
    view = new View<>(status, replica, revision, unsaved, before.permission());
    if (status != before.status()) {
      tell(listener -> listener.onStatus(status));
    }
    if (status == DocumentStatus.CLOSED) {
      unavailable(new ClientException(ClientException.DOCUMENT_CLOSED, "the document was closed"));
    } else if (status == DocumentStatus.ABSENT && !unsaved) {
      unavailable(
          new ClientException(ErrorCodes.DOCUMENT_DOES_NOT_EXIST, "the document does not exist"));
    }
    if (replica.isPresent() && !ready.isDone()) {
      S state = replica.get().state();
      notifier.tell(() -> ready.complete(state));
    }
    if (unsaved != before.unsaved()) {
      tell(listener -> listener.onUnsavedChanges(unsaved));
    }
    completeSaved();
  }

  /** Shows what the user may do. */
  void permitted(Permission permission) {
    View<S, O> before = view;
    if (permission != before.permission()) {
      view =
          new View<>(
              before.status(), before.replica(), before.revision(), before.unsaved(), permission);
      tell(listener -> listener.onPermission(permission));
    }
  }

  private void completeSaved() {
    if (awaitingSaved.isEmpty()) {
      return;
    }
    if (!view.unsaved()) {
      awaitingSaved.forEach(this::complete);
      awaitingSaved.clear();
    } else if (view.status() == DocumentStatus.CLOSED) {
      awaitingSaved.forEach(
          saved ->
              fail(
                  saved,
                  new ClientException(
                      ClientException.DOCUMENT_CLOSED,
                      "the document was closed with unsaved changes")));
      awaitingSaved.clear();
    }
  }

  void loaded(S state) {
    tell(listener -> listener.onLoaded(state));
  }

  void changed(O change, Origin origin, S state) {
    if (!change.isNoop()) {
      tell(listener -> listener.onChange(change, origin, state));
    }
  }

  void rejected(Rejection<O> rejection) {
    tell(listener -> listener.onRejected(rejection));
  }

  void deleted(List<O> pending) {
    tell(listener -> listener.onDeleted(pending));
  }

  void resynced(List<O> abandoned) {
    tell(listener -> listener.onResynced(abandoned));
  }

  void failed(CollabException error) {
    tell(listener -> listener.onError(error));
  }

  /** Tells those who wait for the document that it will not come for now. */
  void unavailable(CollabException error) {
    if (!ready.isDone()) {
      fail(ready, error);
    }
  }

  void complete(CompletableFuture<Void> stage) {
    notifier.tell(() -> stage.complete(null));
  }

  void fail(CompletableFuture<?> stage, CollabException error) {
    notifier.tell(() -> stage.completeExceptionally(error));
  }

  private void tell(Consumer<DocumentListener<S, O>> event) {
    notifier.tell(listeners, event);
  }
}
