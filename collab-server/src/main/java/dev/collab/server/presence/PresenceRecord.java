package dev.collab.server.presence;

import dev.collab.coordinator.Bytes;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.Presence;
import dev.collab.presence.PresenceId;
import dev.collab.presence.Showing;
import dev.collab.presence.User;
import dev.collab.protocol.JsonReader;
import dev.collab.protocol.JsonWriter;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.WireLimits;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows, or that it shows it no longer, on its way between servers.
 *
 * <p>Immutable.
 *
 * @param id its name
 * @param version the client's number for it
 * @param showing through whom it is shown
 * @param presence what is shown; null if it is gone
 * @param base the document that it is about, at the revision of {@code presence}; null if none
 */
record PresenceRecord(
    PresenceId id,
    long version,
    Showing showing,
    @Nullable Presence presence,
    @Nullable PresenceBase base) {

  static PresenceRecord shown(Presence presence, Showing showing, @Nullable PresenceBase base) {
    return new PresenceRecord(presence.id(), presence.version(), showing, presence, base);
  }

  static PresenceRecord gone(
      PresenceId id, long version, Showing showing, @Nullable PresenceBase base) {
    return new PresenceRecord(id, version, showing, null, base);
  }

  /** Returns the end of what is shown, as part of what was told of it. */
  PresenceRecord ended() {
    return gone(id, version, showing, base);
  }

  /** Returns the end of what is shown, as the newer word of its holder. */
  PresenceRecord ended(long number) {
    return gone(id, version + 1, numbered(number), base);
  }

  /** Returns the record with a user who has done something, as the newer word of its holder. */
  PresenceRecord activeAt(Instant time, long number) {
    return presence == null ? this : shown(presence.active(time), numbered(number), base);
  }

  private Showing numbered(long number) {
    return new Showing(showing.holder(), showing.since(), number);
  }

  /** Tells whether another record says the same, but for when the user last did something. */
  boolean isLike(PresenceRecord other) {
    return presence != null
        && other.presence != null
        && presence.active(other.presence.lastActive()).equals(other.presence)
        && Objects.equals(base, other.base);
  }

  /** Returns the document that it is about. */
  Optional<DocumentId> document() {
    return Optional.ofNullable(base)
        .map(place -> new DocumentId(place.collection(), place.document()));
  }

  boolean isGone() {
    return presence == null;
  }

  static Presence presence(
      PresenceId id,
      long version,
      JsonValue value,
      User user,
      boolean away,
      Instant lastActive,
      @Nullable PresenceBase base) {
    Presence plain = Presence.of(id, version, value, user, lastActive).away(away);
    return base == null ? plain : plain.at(base.version(), value);
  }

  /** Returns the stored form. */
  Bytes encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("src", JsonValue.of(id.source()));
    members.put("id", JsonValue.of(id.id()));
    members.put("pv", JsonValue.of((double) version));
    members.put("by", JsonValue.of(showing.holder()));
    members.put("since", JsonValue.of((double) showing.since().toEpochMilli()));
    members.put("n", JsonValue.of((double) showing.number()));
    if (presence != null) {
      members.put("p", presence.value());
      members.put("user", presence.user().encode());
      members.put("away", JsonValue.of(presence.isAway()));
      members.put("at", JsonValue.of((double) presence.lastActive().toEpochMilli()));
    }
    if (base != null) {
      members.put("c", JsonValue.of(base.collection()));
      members.put("d", JsonValue.of(base.document()));
      members.put("v", JsonValue.of((double) base.version()));
      members.put("t", JsonValue.of(base.type()));
    }
    return Bytes.ofUtf8(JsonWriter.write(new JsonObject(members)));
  }

  /**
   * Reads the stored form.
   *
   * @throws CollabException if it is something else
   */
  static PresenceRecord decode(Bytes bytes, WireLimits limits) {
    if (!(new JsonReader(limits).read(bytes.toUtf8()) instanceof JsonObject object)) {
      throw InvalidOperationException.badlyFormed("a stored presence is no object");
    }
    PresenceId id = new PresenceId(text(object, "src"), text(object, "id"));
    long version = number(object, "pv");
    Showing showing =
        new Showing(
            text(object, "by"), Instant.ofEpochMilli(number(object, "since")), number(object, "n"));
    PresenceBase base =
        object.get("c").isEmpty()
            ? null
            : new PresenceBase(
                text(object, "c"), text(object, "d"), number(object, "v"), text(object, "t"));
    JsonValue value = object.get("p").orElse(JsonValue.NULL);
    if (value == JsonValue.NULL) {
      return gone(id, version, showing, base);
    }
    User user = User.decode(object.get("user").orElse(JsonValue.NULL));
    boolean away = object.get("away").filter(JsonValue.of(true)::equals).isPresent();
    Instant at = Instant.ofEpochMilli(number(object, "at"));
    return shown(presence(id, version, value, user, away, at, base), showing, base);
  }

  private static String text(JsonObject object, String member) {
    if (object.get(member).orElse(JsonValue.NULL) instanceof JsonString string) {
      return string.value();
    }
    throw InvalidOperationException.badlyFormed(member + " of a stored presence is no string");
  }

  private static long number(JsonObject object, String member) {
    if (object.get(member).orElse(JsonValue.NULL) instanceof JsonNumber number
        && number.isInteger()
        && number.value() >= 0) {
      return (long) number.value();
    }
    throw InvalidOperationException.badlyFormed(member + " of a stored presence is no number");
  }
}
