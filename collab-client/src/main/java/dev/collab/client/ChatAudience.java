package dev.collab.client;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatView;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everybody who looks at a room: listeners, stages that wait, and readers on any thread, who see
 * the newest {@link ChatState}.
 *
 * <p>Confined: callers must serialise calls; {@link #state}, {@link #ready}, {@link #add} and
 * {@link #remove} may be called by anybody.
 */
final class ChatAudience {

  private final Notifier notifier;
  private final List<ChatListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ChatView> ready = new CompletableFuture<>();
  private volatile ChatState state = ChatState.LOADING;

  ChatAudience(Notifier notifier) {
    this.notifier = notifier;
  }

  ChatState state() {
    return state;
  }

  /** Returns a stage of the caller's own, which nobody else can complete. */
  CompletableFuture<ChatView> ready() {
    return Confinement.copy(ready);
  }

  void add(ChatListener listener) {
    listeners.add(listener);
  }

  void remove(ChatListener listener) {
    listeners.remove(listener);
  }

  /** Shows how the room is now, and tells of what nobody else tells. */
  void look(ChatState now) {
    ChatState before = state;
    state = now;
    if (!now.pending().equals(before.pending())) {
      List<PendingEvent> pending = now.pending();
      tell(listener -> listener.onPending(pending));
    }
    if (!now.typing().equals(before.typing())) {
      List<User> typing = now.typing();
      tell(listener -> listener.onTyping(typing));
    }
    if (now.permission() != before.permission()) {
      Permission permission = now.permission();
      tell(listener -> listener.onPermission(permission));
    }
    if (now.status() != before.status()) {
      ChatStatus status = now.status();
      tell(listener -> listener.onStatus(status));
    }
  }

  void loaded(ChatView view) {
    tell(listener -> listener.onLoaded(view));
    if (!ready.isDone()) {
      notifier.tell(() -> ready.complete(view));
    }
  }

  void changed(ChatChanges changes, ChatView view) {
    tell(listener -> listener.onChange(changes, view));
  }

  void history(ChatView view) {
    tell(listener -> listener.onHistory(view));
  }

  void rejected(ChatEvent event, CollabException error) {
    tell(listener -> listener.onRejected(event, error));
  }

  void failed(CollabException error) {
    tell(listener -> listener.onError(error));
  }

  /** Tells those who wait for the room that it will not come for now. */
  void unavailable(CollabException error) {
    if (!ready.isDone()) {
      notifier.tell(() -> ready.completeExceptionally(error));
    }
  }

  void complete(CompletableFuture<Void> stage) {
    notifier.tell(() -> stage.complete(null));
  }

  <T> void complete(CompletableFuture<T> stage, T value) {
    notifier.tell(() -> stage.complete(value));
  }

  void fail(CompletableFuture<?> stage, CollabException error) {
    notifier.tell(() -> stage.completeExceptionally(error));
  }

  private void tell(Consumer<ChatListener> event) {
    notifier.tell(listeners, event);
  }
}
