package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.chat.ChatEvent;

/**
 * Something that was asked for here and that the room does not show yet.
 *
 * <p>Immutable.
 *
 * @param number counts what is asked for in this room, from 1; it never changes, so that a list on
 *     the screen may know it by this
 * @param event what was asked for
 * @since 0.1
 */
public record PendingEvent(long number, ChatEvent event) {

  /**
   * Checks for null.
   *
   * @param number counts what is asked for in this room
   * @param event what was asked for
   */
  public PendingEvent {
    requireNonNull(event, "event");
  }

  /** Returns number and kind: what people say belongs into no log. */
  @Override
  public String toString() {
    return number + " " + event.kind();
  }
}
