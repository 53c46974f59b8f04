package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a server sends about a chat room; only in the extended dialect. Events, messages and states
 * of rooms are JSON objects here, because what they mean is not the protocol's to decide.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ChatNotice extends ServerMessage {

  /**
   * Returns the room.
   *
   * @return its name
   */
  String room();

  /**
   * The answer to a subscription by a client that does not know the room, or not well enough.
   *
   * @param room the room
   * @param version the number of events that the state holds
   * @param state members, first and last message, and retention
   * @param messages the last messages, oldest first
   */
  record State(String room, long version, JsonObject state, List<JsonObject> messages)
      implements ChatNotice {

    /**
     * Checks the range and copies the messages.
     *
     * @param room the room
     * @param version the number of events that the state holds
     * @param state members, first and last message, and retention
     * @param messages the last messages, oldest first
     * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
     */
    public State {
      requireNonNull(room, "room");
      requireNonNull(state, "state");
      Members.checkInteger("version", version);
      messages = List.copyOf(messages);
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_STATE;
    }
  }

  /**
   * The answer to a subscription since a version, behind the events, or to the end of a
   * subscription.
   *
   * @param request CHAT_SUBSCRIBE or CHAT_UNSUBSCRIBE
   * @param room the room
   * @param version the number of events that the client knows now; empty for CHAT_UNSUBSCRIBE
   */
  record Done(ClientMessage.Kind request, String room, OptionalLong version) implements ChatNotice {

    /**
     * Checks the request's kind.
     *
     * @param request CHAT_SUBSCRIBE or CHAT_UNSUBSCRIBE
     * @param room the room
     * @param version the number of events, or empty
     * @throws IllegalArgumentException if {@code request} is another or does not go with {@code
     *     version}, or {@code version} is outside 0..2^53 − 1
     */
    public Done {
      requireNonNull(room, "room");
      version.ifPresent(value -> Members.checkInteger("version", value));
      if (request
          != (version.isPresent()
              ? ClientMessage.Kind.CHAT_SUBSCRIBE
              : ClientMessage.Kind.CHAT_UNSUBSCRIBE)) {
        throw new IllegalArgumentException("not an answer to " + request);
      }
    }

    /**
     * Returns the answer to a subscription since a version.
     *
     * @param room the room
     * @param version the number of events that the client knows now
     * @return the message
     * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
     */
    public static Done subscribed(String room, long version) {
      return new Done(ClientMessage.Kind.CHAT_SUBSCRIBE, room, OptionalLong.of(version));
    }

    /**
     * Returns the answer to the end of a subscription.
     *
     * @param room the room
     * @return the message
     */
    public static Done unsubscribed(String room) {
      return new Done(ClientMessage.Kind.CHAT_UNSUBSCRIBE, room, OptionalLong.empty());
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_DONE;
    }
  }

  /**
   * The answer to an event that was committed.
   *
   * @param room the room
   * @param sequence the client's number for it in this room
   * @param version the number of events before it
   * @param event the event as it was committed
   */
  record Acknowledged(String room, long sequence, long version, JsonObject event)
      implements ChatNotice {

    /**
     * Checks the ranges.
     *
     * @param room the room
     * @param sequence the client's number for it in this room
     * @param version the number of events before it
     * @param event the event as it was committed
     * @throws IllegalArgumentException if {@code sequence} or {@code version} is outside 0..2^53 −
     *     1
     */
    public Acknowledged {
      requireNonNull(room, "room");
      requireNonNull(event, "event");
      Members.checkInteger("sequence", sequence);
      Members.checkInteger("version", version);
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_ACKNOWLEDGED;
    }
  }

  /**
   * An event of somebody else, or one that a catch-up repeats.
   *
   * @param room the room
   * @param version the number of events before it
   * @param event the event as it was committed
   */
  record Event(String room, long version, JsonObject event) implements ChatNotice {

    /**
     * Checks the range.
     *
     * @param room the room
     * @param version the number of events before it
     * @param event the event as it was committed
     * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
     */
    public Event {
      requireNonNull(room, "room");
      requireNonNull(event, "event");
      Members.checkInteger("version", version);
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_EVENT;
    }
  }

  /**
   * One page of a room's messages.
   *
   * @param room the room
   * @param number the client's number for the request
   * @param messages oldest first
   * @param more whether there are further ones in the direction asked for
   */
  record Page(String room, long number, List<JsonObject> messages, boolean more)
      implements ChatNotice {

    /**
     * Checks the range and copies the messages.
     *
     * @param room the room
     * @param number the client's number for the request
     * @param messages oldest first
     * @param more whether there are further ones
     * @throws IllegalArgumentException if {@code number} is outside 0..2^53 − 1
     */
    public Page {
      requireNonNull(room, "room");
      Members.checkInteger("number", number);
      messages = List.copyOf(messages);
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_PAGE;
    }
  }

  /**
   * The answer to a {@link ChatTypingRequest}.
   *
   * @param room the room
   */
  record TypingDone(String room) implements ChatNotice {

    /**
     * Checks for null.
     *
     * @param room the room
     */
    public TypingDone {
      requireNonNull(room, "room");
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_TYPING_DONE;
    }
  }

  /**
   * Somebody else writes a message, or no longer does.
   *
   * @param room the room
   * @param user who
   * @param typing whether it is so
   */
  record Typing(String room, User user, boolean typing) implements ChatNotice {

    /**
     * Checks for null.
     *
     * @param room the room
     * @param user who
     * @param typing whether it is so
     */
    public Typing {
      requireNonNull(room, "room");
      requireNonNull(user, "user");
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_TYPING;
    }
  }

  /**
   * The answer to a {@link ChatReadRequest}.
   *
   * @param room the room
   * @param read the id of the last message that the user has read
   */
  record Read(String room, long read) implements ChatNotice {

    /**
     * Checks the range.
     *
     * @param room the room
     * @param read the id of the last message that the user has read
     * @throws IllegalArgumentException if {@code read} is outside 0..2^53 − 1
     */
    public Read {
      requireNonNull(room, "room");
      Members.checkInteger("read", read);
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_READ;
    }
  }

  /**
   * What the receiver may do in the room from now on.
   *
   * @param room the room
   * @param permission what it may do; nothing ends the subscription
   */
  record Access(String room, Permission permission) implements ChatNotice {

    /**
     * Checks for null.
     *
     * @param room the room
     * @param permission what it may do
     */
    public Access {
      requireNonNull(room, "room");
      requireNonNull(permission, "permission");
    }

    @Override
    public Kind kind() {
      return Kind.CHAT_ACCESS;
    }
  }
}
