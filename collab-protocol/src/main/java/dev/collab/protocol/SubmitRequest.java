package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An edit, creation or deletion that a client wants to be committed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class SubmitRequest extends ClientMessage {

  private final String collection;
  private final String document;
  private final long sequence;
  private final Change change;
  private final OptionalLong version;
  private final OptionalLong seen;
  private final @Nullable String source;

  private SubmitRequest(JsonObject request, Builder builder) {
    super(request);
    this.collection = builder.collection;
    this.document = builder.document;
    this.sequence = builder.sequence;
    this.change = builder.change;
    this.version = builder.version;
    this.seen = builder.seen;
    this.source = builder.source;
  }

  /**
   * Starts a submission.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @param sequence the client's number for it, from 1 to 2^53 − 2
   * @param change what to do
   * @return a builder without version, source and {@code seen}
   * @throws IllegalArgumentException if {@code sequence} is outside its range, or {@code change} is
   *     nothing
   */
  public static Builder builder(String collection, String document, long sequence, Change change) {
    return new Builder(collection, document, sequence, change);
  }

  @Override
  public Kind kind() {
    return Kind.SUBMIT;
  }

  /**
   * Returns the collection.
   *
   * @return its name
   */
  public String collection() {
    return collection;
  }

  /**
   * Returns the document.
   *
   * @return its id in the collection
   */
  public String document() {
    return document;
  }

  /**
   * Returns the version that the change applies to.
   *
   * @return the version, or empty for the server's current one
   */
  public OptionalLong version() {
    return version;
  }

  /**
   * Returns the client's number for the submission.
   *
   * @return the number, from 1 to 2^53 − 2
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Returns the id under which the change was first sent.
   *
   * @return the id, or empty for the connection's own
   */
  public Optional<String> source() {
    return Optional.ofNullable(source);
  }

  /**
   * Returns the version that was on the screen when the change was begun.
   *
   * @return the version, or empty if the client does not say
   */
  public OptionalLong seen() {
    return seen;
  }

  /**
   * Returns what is to be done: an edit, a creation or a deletion, never nothing.
   *
   * @return the change
   */
  public Change change() {
    return change;
  }

  /** Builds a submission. Confined: callers must serialise calls. */
  public static final class Builder {

    private final String collection;
    private final String document;
    private final long sequence;
    private final Change change;
    private OptionalLong version = OptionalLong.empty();
    private OptionalLong seen = OptionalLong.empty();
    private @Nullable String source;

    private Builder(String collection, String document, long sequence, Change change) {
      this.collection = requireNonNull(collection, "collection");
      this.document = requireNonNull(document, "document");
      this.sequence = Members.checkSequence(sequence);
      this.change = requireNonNull(change, "change");
      if (change.kind() == Change.Kind.NONE) {
        throw new IllegalArgumentException("a submission changes something");
      }
    }

    /**
     * Sets the version that the change applies to. Without it the server takes its own.
     *
     * @param value from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is outside that range
     */
    public Builder version(long value) {
      version = OptionalLong.of(Members.checkInteger("version", value));
      return this;
    }

    /**
     * Sets the id under which the change was first sent, for one that is sent again.
     *
     * @param id the client's own id
     * @return this builder
     */
    public Builder source(String id) {
      source = requireNonNull(id, "id");
      return this;
    }

    /**
     * Sets the version that was on the screen when the change was begun; only in the extended
     * dialect.
     *
     * @param value from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is outside that range
     */
    public Builder seen(long value) {
      seen = OptionalLong.of(Members.checkInteger("seen", value));
      return this;
    }

    /**
     * Builds the message.
     *
     * @return the message
     */
    public SubmitRequest build() {
      Map<String, JsonValue> members = action(Kind.SUBMIT);
      members.put("c", JsonValue.of(collection));
      members.put("d", JsonValue.of(document));
      members.put(
          "v",
          version.isPresent() ? Members.number("version", version.getAsLong()) : JsonValue.NULL);
      if (source != null) {
        members.put("src", JsonValue.of(source));
      }
      members.put("seq", Members.number("sequence", sequence));
      if (seen.isPresent()) {
        members.put("seen", Members.number("seen", seen.getAsLong()));
      }
      Changes.addTo(members, change);
      return received(new JsonObject(members));
    }

    /** Builds the message whose JSON form is known. */
    SubmitRequest received(JsonObject request) {
      return new SubmitRequest(request, this);
    }
  }
}
