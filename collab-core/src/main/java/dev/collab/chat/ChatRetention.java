package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many messages of a room stay, and for how long. Both are looked at whenever an event is
 * applied, by the time of that event and no other clock, so that everybody who applies the same
 * events drops the same messages. A room in which nothing happens drops nothing: a retain event
 * makes it look.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatRetention {

  /** How many messages a room holds at most, whatever is asked for: 100,000. */
  public static final int MAX_MESSAGES = 100_000;

  /** What holds in a new room: 10,000 messages, of any age. */
  public static final ChatRetention DEFAULT = new ChatRetention(10_000, null);

  private final int messages;
  private final @Nullable Duration age;

  private ChatRetention(int messages, @Nullable Duration age) {
    this.messages = messages;
    this.age = age;
  }

  /**
   * Returns a retention by number.
   *
   * @param messages how many of the newest messages stay, 1 to {@link #MAX_MESSAGES}
   * @return the retention, for messages of any age
   * @throws IllegalArgumentException if {@code messages} is outside that range
   */
  public static ChatRetention ofMessages(int messages) {
    if (messages < 1 || messages > MAX_MESSAGES) {
      throw new IllegalArgumentException(messages + " messages, allowed 1.." + MAX_MESSAGES);
    }
    return new ChatRetention(messages, null);
  }

  /**
   * Returns this retention with an age.
   *
   * @param greatest the greatest age of a message, at least a millisecond; what is less than that
   *     is cut off
   * @return the retention with it
   * @throws IllegalArgumentException if {@code greatest} is below a millisecond or above 2^53 − 1
   */
  public ChatRetention withAge(Duration greatest) {
    if (greatest.compareTo(Duration.ofMillis(1)) < 0
        || greatest.compareTo(Duration.ofMillis(Fields.MAX_INTEGER)) > 0) {
      throw new IllegalArgumentException("age " + greatest + " is outside 1 ms..2^53 - 1 ms");
    }
    return new ChatRetention(messages, Duration.ofMillis(greatest.toMillis()));
  }

  /**
   * Returns how many messages stay.
   *
   * @return the number, 1 to {@link #MAX_MESSAGES}
   */
  public int messages() {
    return messages;
  }

  /**
   * Returns how long messages stay.
   *
   * @return whole milliseconds, or empty if for ever
   */
  public Optional<Duration> age() {
    return Optional.ofNullable(age);
  }

  /** Tells whether a message is too old. */
  boolean isOver(Instant postedAt, Instant now) {
    return age != null && postedAt.isBefore(now.minus(age));
  }

  JsonObject encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("messages", Fields.number(messages));
    if (age != null) {
      members.put("age", Fields.number(age.toMillis()));
    }
    return new JsonObject(members);
  }

  /** A number that is absent or too great means as many as a room may hold. */
  static ChatRetention decode(Fields fields) {
    long number = fields.optionalInteger("messages", 1).orElse(MAX_MESSAGES);
    ChatRetention retention = new ChatRetention((int) Math.min(number, MAX_MESSAGES), null);
    return fields.has("age")
        ? retention.withAge(Duration.ofMillis(fields.integer("age", 1)))
        : retention;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatRetention that
        && messages == that.messages
        && Objects.equals(age, that.age);
  }

  @Override
  public int hashCode() {
    return Objects.hash(messages, age);
  }

  @Override
  public String toString() {
    return messages + " messages" + (age == null ? "" : ", " + requireNonNull(age));
  }
}
