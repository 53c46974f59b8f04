package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says: a text, and perhaps data of the application's own (attachments, a poll, a
 * format).
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatContent {

  /** No text and no data: what remains of a deleted message. */
  public static final ChatContent NONE = new ChatContent("", null);

  private final String text;
  private final @Nullable JsonObject data;

  private ChatContent(String text, @Nullable JsonObject data) {
    this.text = text;
    this.data = data;
  }

  /**
   * Returns content that is a text.
   *
   * @param text well-formed UTF-16
   * @return the content
   * @throws IllegalArgumentException if {@code text} has a lone surrogate
   */
  public static ChatContent of(String text) {
    if (!Fields.isWellFormed(requireNonNull(text, "text"))) {
      throw new IllegalArgumentException("the text has a lone surrogate");
    }
    return new ChatContent(text, null);
  }

  /**
   * Returns this content with data.
   *
   * @param value the application's own
   * @return the content with it
   */
  public ChatContent withData(JsonObject value) {
    return new ChatContent(text, requireNonNull(value, "value"));
  }

  /**
   * Returns the text.
   *
   * @return well-formed UTF-16, perhaps empty
   */
  public String text() {
    return text;
  }

  /**
   * Returns the data.
   *
   * @return the application's own, or empty if there is none
   */
  public Optional<JsonObject> data() {
    return Optional.ofNullable(data);
  }

  /**
   * Returns what the content weighs in a room: the length of the text and the {@linkplain
   * #dataWeight weight of the data}.
   *
   * @return the weight; O(size of the data)
   */
  public long weight() {
    return text.length() + dataWeight();
  }

  /**
   * Returns what the data weighs: the length of all strings and member names in UTF-16 code units,
   * and one for every value.
   *
   * @return the weight, 0 if there is no data
   */
  public long dataWeight() {
    return data == null ? 0 : Weight.of(data);
  }

  void encode(Map<String, JsonValue> members) {
    members.put("text", JsonValue.of(text));
    if (data != null) {
      members.put("data", data);
    }
  }

  static ChatContent decode(Fields fields) {
    return new ChatContent(fields.text("text"), fields.optionalObject("data").orElse(null));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatContent that
        && text.equals(that.text)
        && Objects.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, data);
  }

  /** Returns the weight: what people say belongs into no log. */
  @Override
  public String toString() {
    return "content of weight " + weight();
  }
}
