package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import java.time.Instant;

/**
 * Something that happened in a room, as everybody in it is told. The set is closed; adding to it is
 * a breaking change.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ChatChange {

  /**
   * Returns which of the kinds of change this is.
   *
   * @return the kind of the event that it comes from
   */
  ChatEvent.Kind kind();

  /**
   * A message was posted. Its author is a member from now on.
   *
   * @param message the message
   */
  record Posted(ChatMessage message) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param message the message
     * @throws NullPointerException if it is null
     */
    public Posted {
      requireNonNull(message, "message");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.POST;
    }
  }

  /**
   * A message was edited.
   *
   * @param message the message as it is now
   */
  record Edited(ChatMessage message) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param message the message as it is now
     * @throws NullPointerException if it is null
     */
    public Edited {
      requireNonNull(message, "message");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.EDIT;
    }
  }

  /**
   * A message was deleted.
   *
   * @param message what remains of the message
   */
  record Deleted(ChatMessage message) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param message what remains of the message
     * @throws NullPointerException if it is null
     */
    public Deleted {
      requireNonNull(message, "message");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.DELETE;
    }
  }

  /**
   * A message was erased; nothing of it remains.
   *
   * @param id the message
   */
  record Erased(long id) implements ChatChange {

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.ERASE;
    }
  }

  /**
   * A user became a member, or a member has another name or colour.
   *
   * @param user the user
   * @param joinedAt since when the user is a member; of no account if the user was one before
   */
  record Joined(User user, Instant joinedAt) implements ChatChange {

    /**
     * Checks the arguments.
     *
     * @param user the user
     * @param joinedAt since when the user is a member
     * @throws NullPointerException if one is null
     */
    public Joined {
      requireNonNull(user, "user");
      requireNonNull(joinedAt, "joinedAt");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.JOIN;
    }
  }

  /**
   * A user left.
   *
   * @param user the user's id
   */
  record Left(String user) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param user the user's id
     * @throws NullPointerException if it is null
     */
    public Left {
      requireNonNull(user, "user");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.LEAVE;
    }
  }

  /**
   * A user was removed.
   *
   * @param user the user's id
   */
  record Removed(String user) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param user the user's id
     * @throws NullPointerException if it is null
     */
    public Removed {
      requireNonNull(user, "user");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.REMOVE;
    }
  }

  /**
   * Another retention holds.
   *
   * @param retention how many messages stay, and for how long
   */
  record Retained(ChatRetention retention) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param retention how many messages stay, and for how long
     * @throws NullPointerException if it is null
     */
    public Retained {
      requireNonNull(retention, "retention");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.RETAIN;
    }
  }

  /**
   * A member has read up to a message.
   *
   * @param user the member's id
   * @param id the last message read
   */
  record Read(String user, long id) implements ChatChange {

    /**
     * Checks the argument.
     *
     * @param user the member's id
     * @param id the last message read
     * @throws NullPointerException if {@code user} is null
     */
    public Read {
      requireNonNull(user, "user");
    }

    @Override
    public ChatEvent.Kind kind() {
      return ChatEvent.Kind.READ;
    }
  }
}
