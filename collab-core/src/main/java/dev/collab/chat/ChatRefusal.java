package dev.collab.chat;

import dev.collab.operation.InvalidOperationException;

/**
 * The codes of events that cannot happen in a room. A code never changes its meaning.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatRefusal {

  /** The message is somebody else's. */
  public static final String NOT_AUTHOR = "ERR_CHAT_NOT_AUTHOR";

  /** The room has no such message, or no longer. */
  public static final String MESSAGE_NOT_FOUND = "ERR_CHAT_MESSAGE_NOT_FOUND";

  /** The text is too long, or the data weighs too much. */
  public static final String TEXT_TOO_LONG = "ERR_CHAT_TEXT_TOO_LONG";

  /** The event, an operation or a state is not of the form it has to have. */
  public static final String BADLY_FORMED = "ERR_CHAT_BADLY_FORMED";

  /** The room has as many members as it may have. */
  public static final String ROOM_FULL = "ERR_CHAT_ROOM_FULL";

  /** Only moderators may do that. */
  public static final String FORBIDDEN = "ERR_FORBIDDEN";

  private ChatRefusal() {}

  static InvalidOperationException badlyFormed(String message) {
    return InvalidOperationException.of(BADLY_FORMED, message);
  }

  static InvalidOperationException notFound(long id, long last) {
    return InvalidOperationException.of(
        MESSAGE_NOT_FOUND, "message " + id + " is not there, the last one was " + last);
  }
}
