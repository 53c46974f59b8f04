package dev.collab.client;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatView;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import java.util.List;

/**
 * Hears what happens in a chat room. Called on the client's executor, one call at a time, in the
 * order in which things happened, also when a listener posts in turn. When it is called, {@link
 * SharedChatRoom#state} shows all of what came with one message of the server. A listener that
 * throws is logged and harms nothing.
 *
 * <p>Of an event that was asked for here, {@link #onChange} tells first, then {@link #onPending},
 * and then its stage completes.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public interface ChatListener {

  /**
   * The state of the room is here and replaces what was known before: the room was read for the
   * first time, or after an absence in which too much has happened to be told one by one. Of the
   * messages only the newest are known.
   *
   * @param view what is known
   */
  default void onLoaded(ChatView view) {}

  /**
   * An entry of the room's log is taken in, whoever caused it.
   *
   * @param changes what changed
   * @param view what is known behind it
   */
  default void onChange(ChatChanges changes, ChatView view) {}

  /**
   * More, or fewer, of the older messages are known.
   *
   * @param view what is known
   */
  default void onHistory(ChatView view) {}

  /**
   * Something was asked for here, or what was asked for is in the view or will not happen.
   *
   * @param pending all that is pending from now on, in order
   */
  default void onPending(List<PendingEvent> pending) {}

  /**
   * Something that was asked for here will not happen: the server refused it, or it is too large
   * for it. With {@link ClientException#CHAT_UNDECIDED} nobody knows whether it has happened; it
   * will not be sent again.
   *
   * @param event what was asked for, with the text that the user wrote
   * @param error why
   */
  default void onRejected(ChatEvent event, CollabException error) {}

  /**
   * Somebody else has begun to write or writes no longer.
   *
   * @param typing all others who are writing from now on
   */
  default void onTyping(List<User> typing) {}

  /**
   * The server says that the user may do something else than before. What is under way when a
   * permission is withdrawn is refused, see {@link #onRejected}.
   *
   * @param permission what the user may do from now on
   */
  default void onPermission(Permission permission) {}

  /**
   * The room has another status.
   *
   * @param status the status from now on
   */
  default void onStatus(ChatStatus status) {}

  /**
   * Something concerning this room failed. What is pending is kept.
   *
   * @param error what failed
   */
  default void onError(CollabException error) {}
}
