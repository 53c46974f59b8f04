package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows the others of one of its presences from now on.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class PresenceUpdate extends ClientMessage {

  private final String channel;
  private final String id;
  private final long presenceVersion;
  private final JsonValue value;
  private final @Nullable PresenceBase base;
  private final @Nullable String source;
  private final boolean away;

  private PresenceUpdate(JsonObject request, Builder builder) {
    super(request);
    this.channel = builder.channel;
    this.id = builder.id;
    this.presenceVersion = builder.presenceVersion;
    this.value = builder.value;
    this.base = builder.base;
    this.source = builder.source;
    this.away = builder.away;
  }

  /**
   * Starts an update.
   *
   * @param channel the channel
   * @param id the client's name for the presence; it may have many
   * @param presenceVersion one more than at the last update of the presence, from 0
   * @param value what is shown; JSON null if the presence is gone
   * @return a builder of a presence that belongs to no document
   * @throws IllegalArgumentException if {@code presenceVersion} is outside 0..2^53 − 1
   */
  public static Builder builder(String channel, String id, long presenceVersion, JsonValue value) {
    return new Builder(channel, id, presenceVersion, value);
  }

  static PresenceUpdate read(JsonObject request, Members members, Dialect dialect) {
    JsonValue value = members.get("p").orElse(JsonValue.NULL);
    Builder builder = builder(members.name("ch"), members.name("id"), members.integer("pv"), value);
    members.optionalInteger("v");
    if (members.has("c") || members.has("d")) {
      PresenceRequest.checkChannel(members, builder.channel);
      builder.base(
          new PresenceBase(
              members.name("c"), members.name("d"), members.integer("v"), members.string("t")));
    }
    members.optionalSource().ifPresent(builder::source);
    if (dialect == Dialect.EXTENDED && !members.isAbsentOrNull("away")) {
      builder.away(members.bool("away"));
    }
    long weight = JsonWeight.of(value);
    if (weight > members.limits().presence()) {
      throw JsonReader.tooLarge(
          ErrorCodes.PRESENCE_TOO_LARGE, "presence weight", weight, members.limits().presence());
    }
    return new PresenceUpdate(request, builder);
  }

  /**
   * Returns the update with another value, as a server makes it of what a client sent. An error
   * goes on to echo what was sent.
   *
   * @param other what is shown instead; JSON null if the presence is gone
   * @return the update with it; {@link #request} is that of this update
   */
  public PresenceUpdate withValue(JsonValue other) {
    Builder builder = builder(channel, id, presenceVersion, other);
    builder.base = base;
    builder.source = source;
    builder.away = away;
    return new PresenceUpdate(request(), builder);
  }

  @Override
  public Kind kind() {
    return Kind.PRESENCE;
  }

  /**
   * Returns the channel.
   *
   * @return its name
   */
  public String channel() {
    return channel;
  }

  /**
   * Returns the client's name for the presence.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * Returns the presence's version. An update below the latest is late and has no effect.
   *
   * @return the version
   */
  public long presenceVersion() {
    return presenceVersion;
  }

  /**
   * Returns what is shown.
   *
   * @return the value; JSON null if the presence is gone
   */
  public JsonValue value() {
    return value;
  }

  /**
   * Returns what the value refers to.
   *
   * @return the version of a document, or empty if the presence belongs to none
   */
  public Optional<PresenceBase> base() {
    return Optional.ofNullable(base);
  }

  /**
   * Returns whose presence it is said to be.
   *
   * @return the id of a client, or empty for the connection's own
   */
  public Optional<String> source() {
    return Optional.ofNullable(source);
  }

  /**
   * Tells whether the user is not there for the time being.
   *
   * @return whether the client says so
   */
  public boolean isAway() {
    return away;
  }

  /** Builds an update. Confined: callers must serialise calls. */
  public static final class Builder {

    private final String channel;
    private final String id;
    private final long presenceVersion;
    private final JsonValue value;
    private @Nullable PresenceBase base;
    private @Nullable String source;
    private boolean away;

    private Builder(String channel, String id, long presenceVersion, JsonValue value) {
      this.channel = requireNonNull(channel, "channel");
      this.id = requireNonNull(id, "id");
      this.presenceVersion = Members.checkInteger("presenceVersion", presenceVersion);
      this.value = requireNonNull(value, "value");
    }

    /**
     * Sets what the value refers to. The channel has to be the document's.
     *
     * @param place the version of a document
     * @return this builder
     * @throws IllegalArgumentException if the channel is another
     */
    public Builder base(PresenceBase place) {
      if (!channel.equals(PresenceBase.channel(place.collection(), place.document()))) {
        throw new IllegalArgumentException("the channel is not the document's");
      }
      base = place;
      return this;
    }

    /**
     * Sets whose presence it is.
     *
     * @param client the client's own id
     * @return this builder
     */
    public Builder source(String client) {
      source = requireNonNull(client, "client");
      return this;
    }

    /**
     * Sets whether the user is not there for the time being; only in the extended dialect.
     *
     * @param isAway whether it is so
     * @return this builder
     */
    public Builder away(boolean isAway) {
      away = isAway;
      return this;
    }

    /**
     * Builds the message.
     *
     * @return the message
     */
    public PresenceUpdate build() {
      Map<String, JsonValue> members = action(Kind.PRESENCE);
      members.put("ch", JsonValue.of(channel));
      if (source != null) {
        members.put("src", JsonValue.of(source));
      }
      members.put("id", JsonValue.of(id));
      members.put("p", value);
      members.put("pv", Members.number("presenceVersion", presenceVersion));
      if (base != null) {
        members.put("c", JsonValue.of(base.collection()));
        members.put("d", JsonValue.of(base.document()));
        members.put("v", Members.number("version", base.version()));
        members.put("t", JsonValue.of(base.type()));
      }
      if (away) {
        members.put("away", JsonValue.of(true));
      }
      return new PresenceUpdate(new JsonObject(members), this);
    }
  }
}
