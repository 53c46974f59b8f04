package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a handshake: the id that the client has from now on, and what both sides speak. In
 * the extended dialect it also tells whom the server takes the client for, and what it expects.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class HandshakeReply implements ServerMessage {

  private final String id;
  private final @Nullable AnnouncedLimits limits;
  private final @Nullable User user;
  private final @Nullable Duration expires;
  private final @Nullable Duration heartbeat;

  private HandshakeReply(
      String id,
      @Nullable AnnouncedLimits limits,
      @Nullable User user,
      @Nullable Duration expires,
      @Nullable Duration heartbeat) {
    this.id = requireNonNull(id, "id");
    this.limits = limits;
    this.user = user;
    this.expires = expires;
    this.heartbeat = heartbeat;
  }

  /**
   * Returns the answer that agrees on the base.
   *
   * @param id the client's id
   * @return the message
   */
  public static HandshakeReply base(String id) {
    return new HandshakeReply(id, null, null, null, null);
  }

  /**
   * Returns the answer that agrees on the extension. Only the extended codec writes that part.
   *
   * @param id the client's id
   * @param limits what the server accepts
   * @return the message
   */
  public static HandshakeReply extended(String id, AnnouncedLimits limits) {
    return new HandshakeReply(id, requireNonNull(limits, "limits"), null, null, null);
  }

  /**
   * Adds who the server takes the client for; only the extended codec writes it.
   *
   * @param value the user
   * @return this answer with it
   * @throws IllegalStateException if this answer agrees on the base
   */
  public HandshakeReply withUser(User value) {
    return new HandshakeReply(id, agreed(), requireNonNull(value, "value"), expires, heartbeat);
  }

  /**
   * Adds how long the client's token still lasts; only the extended codec writes it.
   *
   * @param value whole milliseconds, from 0 to 2^53 − 1
   * @return this answer with it
   * @throws IllegalArgumentException if {@code value} is outside that range
   * @throws IllegalStateException if this answer agrees on the base
   */
  public HandshakeReply withExpires(Duration value) {
    return new HandshakeReply(
        id, agreed(), user, Members.checkDuration("expires", value), heartbeat);
  }

  /**
   * Adds after how much silence the server takes the client for gone; only the extended codec
   * writes it.
   *
   * @param value whole milliseconds, from 0 to 2^53 − 1
   * @return this answer with it
   * @throws IllegalArgumentException if {@code value} is outside that range
   * @throws IllegalStateException if this answer agrees on the base
   */
  public HandshakeReply withHeartbeat(Duration value) {
    return new HandshakeReply(
        id, agreed(), user, expires, Members.checkDuration("heartbeat", value));
  }

  private AnnouncedLimits agreed() {
    if (limits == null) {
      throw new IllegalStateException("the base tells nothing but the id");
    }
    return limits;
  }

  @Override
  public Kind kind() {
    return Kind.HANDSHAKE;
  }

  /**
   * Returns the client's id.
   *
   * @return the id, a secret between this client and the server
   */
  public String id() {
    return id;
  }

  /**
   * Returns what the server accepts.
   *
   * @return the limits if the extension is agreed on, otherwise empty
   */
  public Optional<AnnouncedLimits> limits() {
    return Optional.ofNullable(limits);
  }

  /**
   * Returns who the server takes the client for.
   *
   * @return the user, or empty if the server does not say
   */
  public Optional<User> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Returns how long the client's token still lasts.
   *
   * @return the time left, or empty if it lasts for ever
   */
  public Optional<Duration> expires() {
    return Optional.ofNullable(expires);
  }

  /**
   * Returns after how much silence the server takes the client for gone. The client pings at least
   * at a third of it.
   *
   * @return the time, or empty if silence does not matter
   */
  public Optional<Duration> heartbeat() {
    return Optional.ofNullable(heartbeat);
  }

  /** Reads the answer. */
  static HandshakeReply read(Members members, Dialect dialect) {
    if (members.integer("protocol") != JsonCodec.PROTOCOL) {
      throw new ProtocolException(
          ErrorCodes.PROTOCOL_NOT_SUPPORTED, "the server speaks another version of the protocol");
    }
    String id = members.string("id");
    if (dialect == Dialect.BASE || members.isAbsentOrNull("collab")) {
      return base(id);
    }
    if (members.integer("collab") != JsonCodec.EXTENSION) {
      throw new ProtocolException(
          ErrorCodes.PROTOCOL_NOT_SUPPORTED, "the server speaks another version of the extension");
    }
    return new HandshakeReply(
        id,
        AnnouncedLimits.read(new Members(members.object("limits"), members.limits())),
        members.isAbsentOrNull("user") ? null : members.user("user"),
        members.optionalDuration("expires").orElse(null),
        members.optionalDuration("heartbeat").orElse(null));
  }

  /** Appends the answer's text. */
  void append(StringBuilder out, Dialect dialect) {
    out.append("{\"a\":\"hs\",\"protocol\":").append(JsonCodec.PROTOCOL);
    out.append(",\"protocolMinor\":").append(JsonCodec.PROTOCOL_MINOR);
    JsonWriter.appendString(out.append(",\"id\":"), id);
    JsonWriter.appendString(out.append(",\"type\":"), DocumentState.DEFAULT_TYPE);
    if (dialect == Dialect.EXTENDED && limits != null) {
      out.append(",\"collab\":").append(JsonCodec.EXTENSION);
      limits.append(out.append(",\"limits\":"));
      if (user != null) {
        JsonWriter.append(out.append(",\"user\":"), user.encode());
      }
      if (expires != null) {
        out.append(",\"expires\":").append(expires.toMillis());
      }
      if (heartbeat != null) {
        out.append(",\"heartbeat\":").append(heartbeat.toMillis());
      }
    }
    out.append('}');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HandshakeReply that
        && id.equals(that.id)
        && Objects.equals(limits, that.limits)
        && Objects.equals(user, that.user)
        && Objects.equals(expires, that.expires)
        && Objects.equals(heartbeat, that.heartbeat);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, limits, user, expires, heartbeat);
  }

  /** Returns the kind alone: the id is a secret. */
  @Override
  public String toString() {
    return "HANDSHAKE";
  }
}
