package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import java.util.OptionalLong;

/**
 * Something that somebody wants to happen in a room. Who that is, and when, is not the event's to
 * say: the server adds it, see {@link ChatAct}. The set is closed; adding to it is a breaking
 * change.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ChatEvent {

  /**
   * Returns which of the kinds of event this is.
   *
   * @return the kind
   */
  Kind kind();

  /** The kinds of event. */
  enum Kind {
    /** {@link Post}. */
    POST,
    /** {@link Edit}. */
    EDIT,
    /** {@link Delete}. */
    DELETE,
    /** {@link Erase}. */
    ERASE,
    /** {@link Join}. */
    JOIN,
    /** {@link Leave}. */
    LEAVE,
    /** {@link Remove}. */
    REMOVE,
    /** {@link Retain}. */
    RETAIN,
    /** {@link Read}. */
    READ
  }

  /**
   * A new message, which makes its author a member.
   *
   * @param content what it says
   * @param replyTo the id of the message that it answers, or empty
   */
  record Post(ChatContent content, OptionalLong replyTo) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param content what it says
     * @param replyTo the id of the message that it answers, or empty
     * @throws IllegalArgumentException if {@code replyTo} is outside 1..2^53 − 1
     */
    public Post {
      requireNonNull(content, "content");
      replyTo.ifPresent(ChatEvent::checkId);
    }

    /**
     * Returns a message that is a text.
     *
     * @param text well-formed UTF-16
     * @return the event
     * @throws IllegalArgumentException if {@code text} has a lone surrogate
     */
    public static Post of(String text) {
      return new Post(ChatContent.of(text), OptionalLong.empty());
    }

    @Override
    public Kind kind() {
      return Kind.POST;
    }
  }

  /**
   * Other content for a message, by its author.
   *
   * @param id the message
   * @param content what it says from now on
   */
  record Edit(long id, ChatContent content) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param id the message
     * @param content what it says from now on
     * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
     */
    public Edit {
      checkId(id);
      requireNonNull(content, "content");
    }

    @Override
    public Kind kind() {
      return Kind.EDIT;
    }
  }

  /**
   * The end of a message's content, by its author or a moderator. Its id, author and time stay.
   *
   * @param id the message
   */
  record Delete(long id) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param id the message
     * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
     */
    public Delete {
      checkId(id);
    }

    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /**
   * The end of a whole message, by a moderator. The server makes sure that nothing of it remains in
   * the log either, see {@link ChatOperation#asksForErasure}.
   *
   * @param id the message, which may be gone from the room already
   */
  record Erase(long id) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param id the message
     * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
     */
    public Erase {
      checkId(id);
    }

    @Override
    public Kind kind() {
      return Kind.ERASE;
    }
  }

  /** A user becomes a member, or tells the name and colour that the user has now. */
  record Join() implements ChatEvent {

    @Override
    public Kind kind() {
      return Kind.JOIN;
    }
  }

  /** A user is no longer a member. */
  record Leave() implements ChatEvent {

    @Override
    public Kind kind() {
      return Kind.LEAVE;
    }
  }

  /**
   * A moderator ends somebody's membership.
   *
   * @param user the id of a user
   */
  record Remove(String user) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param user the id of a user
     * @throws IllegalArgumentException if {@code user} has not 1 to 256 UTF-16 code units
     */
    public Remove {
      if (user.isEmpty() || user.length() > User.MAX_ID_LENGTH) {
        throw new IllegalArgumentException(
            "length " + user.length() + " of a user's id is outside 1.." + User.MAX_ID_LENGTH);
      }
    }

    @Override
    public Kind kind() {
      return Kind.REMOVE;
    }
  }

  /**
   * A moderator says how many messages stay, and for how long.
   *
   * @param retention what holds from now on
   */
  record Retain(ChatRetention retention) implements ChatEvent {

    /**
     * Checks the argument.
     *
     * @param retention what holds from now on
     * @throws NullPointerException if it is null
     */
    public Retain {
      requireNonNull(retention, "retention");
    }

    @Override
    public Kind kind() {
      return Kind.RETAIN;
    }
  }

  /**
   * A member has read up to a message. Clients do not send this as an event: the server gathers
   * marks and commits those of several members at once.
   *
   * @param id the last message read
   */
  record Read(long id) implements ChatEvent {

    /**
     * Checks the id.
     *
     * @param id the last message read
     * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
     */
    public Read {
      checkId(id);
    }

    @Override
    public Kind kind() {
      return Kind.READ;
    }
  }

  private static void checkId(long id) {
    if (id < 1 || id > Fields.MAX_INTEGER) {
      throw new IllegalArgumentException("message " + id + " is outside 1..2^53 - 1");
    }
  }
}
