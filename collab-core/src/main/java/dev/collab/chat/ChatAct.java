package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event, and what only the server may say of it.
 *
 * <p>Immutable.
 *
 * @param by who lets it happen, as authenticated
 * @param at when, in whole milliseconds, by the server's clock
 * @param moderator whether the user may act on what others wrote
 * @param event what happens
 * @since 0.1
 */
public record ChatAct(User by, Instant at, boolean moderator, ChatEvent event) {

  /**
   * Cuts the time to whole milliseconds.
   *
   * @param by who lets it happen, as authenticated
   * @param at when
   * @param moderator whether the user may act on what others wrote
   * @param event what happens
   * @throws IllegalArgumentException if {@code at} is before 1970 or more than 2^53 − 1
   *     milliseconds behind
   */
  public ChatAct {
    requireNonNull(by, "by");
    requireNonNull(event, "event");
    if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.ofEpochMilli(Fields.MAX_INTEGER))) {
      throw new IllegalArgumentException("time " + at + " is no time of a message");
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Returns the act of an ordinary user.
   *
   * @param by who lets it happen, as authenticated
   * @param at when
   * @param event what happens
   * @return the act
   * @throws IllegalArgumentException if {@code at} is before 1970 or more than 2^53 − 1
   *     milliseconds behind
   */
  public static ChatAct of(User by, Instant at, ChatEvent event) {
    return new ChatAct(by, at, false, event);
  }

  /**
   * Returns this act as one of a moderator.
   *
   * @return the act
   */
  public ChatAct asModerator() {
    return new ChatAct(by, at, true, event);
  }
}
