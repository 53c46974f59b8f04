package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonString;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One presence as it is now. To its owner it is the answer to an update.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class PresenceState implements PresenceNotice {

  private final String channel;
  private final String source;
  private final String id;
  private final long presenceVersion;
  private final JsonValue value;
  private final @Nullable PresenceBase base;
  private final @Nullable User user;
  private final @Nullable Status status;
  private final @Nullable Duration idle;

  private PresenceState(Builder builder) {
    this.channel = builder.channel;
    this.source = builder.source;
    this.id = builder.id;
    this.presenceVersion = builder.presenceVersion;
    this.value = builder.value;
    this.base = builder.base;
    this.user = builder.user;
    this.status = builder.status;
    this.idle = builder.idle;
  }

  /**
   * Starts a presence.
   *
   * @param channel the channel
   * @param source the id of its owner; for the receiver's own, the id it got in the handshake
   * @param id the owner's name for it
   * @param presenceVersion its version
   * @param value what is shown; JSON null if the presence is gone
   * @return a builder without what is optional
   * @throws IllegalArgumentException if {@code presenceVersion} is outside 0..2^53 − 1
   */
  public static Builder builder(
      String channel, String source, String id, long presenceVersion, JsonValue value) {
    return new Builder(channel, source, id, presenceVersion, value);
  }

  /**
   * Returns this presence under another owner's id: what is sent to the owner itself has the id of
   * its handshake.
   *
   * @param owner the id
   * @return the presence
   */
  public PresenceState withSource(String owner) {
    Builder builder = builder(channel, owner, id, presenceVersion, value);
    builder.base = base;
    builder.user = user;
    builder.status = status;
    builder.idle = idle;
    return builder.build();
  }

  /** Reads a presence. */
  static PresenceState read(Members members, Dialect dialect) {
    Builder builder =
        builder(
            members.string("ch"),
            members.string("src"),
            members.string("id"),
            members.integer("pv"),
            members.get("p").orElse(JsonValue.NULL));
    if (members.has("c") || members.has("d")) {
      builder.base(
          new PresenceBase(
              members.string("c"), members.string("d"), members.integer("v"), members.string("t")));
    }
    if (dialect == Dialect.EXTENDED) {
      if (members.has("user")) {
        builder.user(members.user("user"));
      }
      if (members.has("status")) {
        builder.status(status(members.required("status")));
      }
      members.optionalDuration("idle").ifPresent(builder::idle);
    }
    return builder.build();
  }

  private static Status status(JsonValue value) {
    for (Status status : Status.values()) {
      if (value instanceof JsonString string && string.value().equals(text(status))) {
        return status;
      }
    }
    throw Members.badlyFormed("member status is unknown");
  }

  private static String text(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** Appends the message's text. */
  void append(StringBuilder out, Dialect dialect) {
    appendMembers(out.append("{\"a\":\"p\","), dialect);
  }

  /** Appends the members and the closing brace. */
  void appendMembers(StringBuilder out, Dialect dialect) {
    JsonWriter.appendString(out.append("\"ch\":"), channel);
    JsonWriter.appendString(out.append(",\"src\":"), source);
    JsonWriter.appendString(out.append(",\"id\":"), id);
    JsonWriter.append(out.append(",\"p\":"), value);
    out.append(",\"pv\":").append(presenceVersion);
    if (base != null) {
      base.append(out);
    }
    if (dialect == Dialect.EXTENDED) {
      if (user != null) {
        JsonWriter.append(out.append(",\"user\":"), user.encode());
      }
      if (status != null) {
        out.append(",\"status\":\"").append(text(status)).append('"');
      }
      if (idle != null) {
        out.append(",\"idle\":").append(idle.toMillis());
      }
    }
    out.append('}');
  }

  @Override
  public Kind kind() {
    return Kind.PRESENCE;
  }

  @Override
  public String channel() {
    return channel;
  }

  /**
   * Returns whose presence it is.
   *
   * @return the owner's id; for the receiver's own, the id it got in the handshake
   */
  public String source() {
    return source;
  }

  /**
   * Returns the owner's name for the presence.
   *
   * @return the id; it tells apart only the presences of one owner
   */
  public String id() {
    return id;
  }

  /**
   * Returns the presence's version.
   *
   * @return the version; what is below the latest is late
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
   * Returns who it is.
   *
   * @return the user, or empty if the server does not say
   */
  public Optional<User> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Returns how lately the user did something.
   *
   * @return the status, or empty if the server does not say
   */
  public Optional<Status> status() {
    return Optional.ofNullable(status);
  }

  /**
   * Returns the time since the user last did something.
   *
   * @return the time, or empty if the server does not say
   */
  public Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PresenceState that
        && channel.equals(that.channel)
        && source.equals(that.source)
        && id.equals(that.id)
        && presenceVersion == that.presenceVersion
        && value.equals(that.value)
        && Objects.equals(base, that.base)
        && Objects.equals(user, that.user)
        && status == that.status
        && Objects.equals(idle, that.idle);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channel, source, id, presenceVersion, value, base, user, status, idle);
  }

  /** Returns the kind alone: what a presence shows belongs into no log. */
  @Override
  public String toString() {
    return "PRESENCE";
  }

  /** Builds a presence. Confined: callers must serialise calls. */
  public static final class Builder {

    private final String channel;
    private final String source;
    private final String id;
    private final long presenceVersion;
    private final JsonValue value;
    private @Nullable PresenceBase base;
    private @Nullable User user;
    private @Nullable Status status;
    private @Nullable Duration idle;

    private Builder(
        String channel, String source, String id, long presenceVersion, JsonValue value) {
      this.channel = requireNonNull(channel, "channel");
      this.source = requireNonNull(source, "source");
      this.id = requireNonNull(id, "id");
      this.presenceVersion = Members.checkInteger("presenceVersion", presenceVersion);
      this.value = requireNonNull(value, "value");
    }

    /**
     * Sets what the value refers to.
     *
     * @param place the version of a document
     * @return this builder
     */
    public Builder base(PresenceBase place) {
      base = requireNonNull(place, "place");
      return this;
    }

    /**
     * Sets who it is; it goes out in the extended dialect only.
     *
     * @param who the user
     * @return this builder
     */
    public Builder user(User who) {
      user = requireNonNull(who, "who");
      return this;
    }

    /**
     * Sets how lately the user did something; it goes out in the extended dialect only.
     *
     * @param now the status
     * @return this builder
     */
    public Builder status(Status now) {
      status = requireNonNull(now, "now");
      return this;
    }

    /**
     * Sets the time since the user last did something; it goes out in the extended dialect only.
     *
     * @param time in whole milliseconds, from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code time} is outside that range
     */
    public Builder idle(Duration time) {
      idle = Members.checkDuration("idle", time);
      return this;
    }

    /**
     * Builds the message.
     *
     * @return the message
     */
    public PresenceState build() {
      return new PresenceState(this);
    }
  }
}
