package dev.collab.chat;

import java.util.List;

/**
 * Consecutive messages of a room.
 *
 * <p>Immutable.
 *
 * @param messages the messages, oldest first
 * @param more whether there are further ones in the direction asked for
 * @since 0.1
 */
public record ChatPage(List<ChatMessage> messages, boolean more) {

  /**
   * Copies the messages.
   *
   * @param messages the messages, oldest first
   * @param more whether there are further ones in the direction asked for
   * @throws NullPointerException if a message is null
   */
  public ChatPage {
    messages = List.copyOf(messages);
  }
}
