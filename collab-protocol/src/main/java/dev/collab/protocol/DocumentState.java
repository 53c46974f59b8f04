package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A document at one version, as replies carry it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class DocumentState {

  /** The type of documents whose state names none: json0. */
  public static final String DEFAULT_TYPE = "http://sharejs.org/types/JSONv0";

  private final long version;
  private final @Nullable String type;
  private final JsonValue data;
  private final OptionalLong epoch;
  private final long created;

  private DocumentState(
      long version, @Nullable String type, JsonValue data, OptionalLong epoch, long created) {
    this.version = Members.checkInteger("version", version);
    this.type = type;
    this.data = data;
    this.epoch = epoch;
    this.created = created;
  }

  /**
   * Returns the state of a document that exists.
   *
   * @param version the number of operations committed so far
   * @param type URI of its type
   * @param data its content
   * @return the state
   * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
   */
  public static DocumentState of(long version, String type, JsonValue data) {
    return new DocumentState(
        version,
        requireNonNull(type, "type"),
        requireNonNull(data, "data"),
        OptionalLong.empty(),
        0);
  }

  /**
   * Returns the state of a document that was never created, or is deleted.
   *
   * @param version the number of operations committed so far
   * @return the state
   * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
   */
  public static DocumentState absent(long version) {
    return new DocumentState(version, null, JsonValue.NULL, OptionalLong.empty(), 0);
  }

  /**
   * Adds the epoch; it goes out in the extended dialect only.
   *
   * @param value the epoch, from 0 to 2^53 − 1
   * @return this state with it
   * @throws IllegalArgumentException if {@code value} is outside that range
   */
  public DocumentState withEpoch(long value) {
    return new DocumentState(
        version, type, data, OptionalLong.of(Members.checkInteger("epoch", value)), created);
  }

  /**
   * Adds when the document was created; it goes out in the extended dialect only, and only if it
   * was not the first thing that happened to it.
   *
   * @param value the version behind its creation, from 0 for not known to 2^53 − 1
   * @return this state with it
   * @throws IllegalArgumentException if {@code value} is outside that range
   */
  public DocumentState withCreated(long value) {
    return new DocumentState(version, type, data, epoch, Members.checkInteger("created", value));
  }

  /**
   * Returns when the document was created: what a client has of a lower version is of an earlier
   * life of the document.
   *
   * @return the version behind its creation; 0 if it is not told
   */
  public long created() {
    return created;
  }

  /**
   * Returns the version.
   *
   * @return the number of operations committed so far
   */
  public long version() {
    return version;
  }

  /**
   * Returns the type.
   *
   * @return URI of the type, or empty if the document does not exist
   */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /**
   * Returns the content.
   *
   * @return the type's JSON form of it; JSON null if the document does not exist
   */
  public JsonValue data() {
    return data;
  }

  /**
   * Returns the epoch, which names one uninterrupted history.
   *
   * @return the epoch, or empty if it is not told
   */
  public OptionalLong epoch() {
    return epoch;
  }

  /** Reads a state. */
  static DocumentState read(JsonObject object, WireLimits limits, Dialect dialect) {
    Members members = new Members(object, limits);
    long version = members.integer("v");
    JsonValue type = members.get("type").orElse(JsonValue.of(DEFAULT_TYPE));
    DocumentState state =
        type == JsonValue.NULL
            ? absent(version)
            : of(
                version,
                members.has("type") ? members.string("type") : DEFAULT_TYPE,
                members.get("data").orElse(JsonValue.NULL));
    if (dialect == Dialect.BASE) {
      return state;
    }
    OptionalLong epoch = members.optionalInteger("epoch");
    state = state.withCreated(members.optionalInteger("created").orElse(0));
    return epoch.isPresent() ? state.withEpoch(epoch.getAsLong()) : state;
  }

  /** Appends the state's text. */
  void append(StringBuilder out, Dialect dialect) {
    out.append("{\"v\":").append(version);
    if (type == null) {
      out.append(",\"type\":null");
    } else {
      JsonWriter.append(out.append(",\"data\":"), data);
      if (!type.equals(DEFAULT_TYPE)) {
        JsonWriter.appendString(out.append(",\"type\":"), type);
      }
    }
    if (dialect == Dialect.EXTENDED && epoch.isPresent()) {
      out.append(",\"epoch\":").append(epoch.getAsLong());
    }
    if (dialect == Dialect.EXTENDED && created > 1) {
      out.append(",\"created\":").append(created);
    }
    out.append('}');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DocumentState that
        && version == that.version
        && Objects.equals(type, that.type)
        && data.equals(that.data)
        && epoch.equals(that.epoch)
        && created == that.created;
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, type, data, epoch, created);
  }

  /** Returns version and type: the content belongs into no log. */
  @Override
  public String toString() {
    return (type == null ? "absent" : type) + " at " + version;
  }
}
