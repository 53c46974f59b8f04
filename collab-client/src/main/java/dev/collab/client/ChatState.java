package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatView;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a chat room at one moment.
 *
 * <p>Immutable.
 *
 * @param status whether the room is there to be read
 * @param permission what the user may do, as far as the server has said
 * @param view members and the newest messages; empty while the room is loading
 * @param pending what was asked for here and is not in the view yet, in the order in which it was
 *     asked for
 * @param typing the others who are writing, in the order in which they began
 * @param read the id of the last message that the user has read, as far as it was told here; 0 if
 *     none
 * @since 0.1
 */
public record ChatState(
    ChatStatus status,
    Permission permission,
    Optional<ChatView> view,
    List<PendingEvent> pending,
    List<User> typing,
    long read) {

  static final ChatState LOADING =
      new ChatState(
          ChatStatus.LOADING, Permission.WRITE, Optional.empty(), List.of(), List.of(), 0);

  /**
   * Checks for null and copies the lists.
   *
   * @param status whether the room is there to be read
   * @param permission what the user may do
   * @param view members and the newest messages
   * @param pending what is not in the view yet
   * @param typing the others who are writing
   * @param read the last message that the user has read
   */
  public ChatState {
    requireNonNull(status, "status");
    requireNonNull(permission, "permission");
    requireNonNull(view, "view");
    pending = List.copyOf(pending);
    typing = List.copyOf(typing);
  }

  /**
   * Returns the messages that the user has posted here and that the view does not have yet.
   *
   * @return the posts among what is pending, in order; unmodifiable
   */
  public List<ChatEvent.Post> pendingPosts() {
    return pending.stream()
        .map(PendingEvent::event)
        .filter(ChatEvent.Post.class::isInstance)
        .map(ChatEvent.Post.class::cast)
        .toList();
  }

  ChatState withStatus(ChatStatus next) {
    return new ChatState(next, permission, view, pending, typing, read);
  }

  ChatState withPermission(Permission next) {
    return new ChatState(status, next, view, pending, typing, read);
  }

  ChatState withView(ChatView next) {
    return new ChatState(status, permission, Optional.of(next), pending, typing, read);
  }

  ChatState withPending(List<PendingEvent> next) {
    return new ChatState(status, permission, view, next, typing, read);
  }

  ChatState withTyping(List<User> next) {
    return new ChatState(status, permission, view, pending, next, read);
  }

  ChatState withRead(long next) {
    return new ChatState(status, permission, view, pending, typing, next);
  }

  /** Returns status and numbers: what people say belongs into no log. */
  @Override
  public String toString() {
    return status + ", " + permission + ", " + view + ", pending " + pending;
  }
}
