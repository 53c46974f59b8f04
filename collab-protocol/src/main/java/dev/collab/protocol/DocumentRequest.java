package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A fetch, subscribe or unsubscribe of one document.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class DocumentRequest extends ClientMessage {

  private final Kind kind;
  private final String collection;
  private final String document;
  private final OptionalLong version;

  DocumentRequest(
      JsonObject request, Kind kind, String collection, String document, OptionalLong version) {
    super(request);
    this.kind = kind;
    this.collection = collection;
    this.document = document;
    this.version = version;
  }

  /**
   * Makes the request of a client that does not have the document, or no longer wants it.
   *
   * @param kind FETCH, SUBSCRIBE or UNSUBSCRIBE
   * @param collection the collection
   * @param document the document's id in it
   * @return the message
   * @throws IllegalArgumentException if {@code kind} is another
   */
  public static DocumentRequest of(Kind kind, String collection, String document) {
    return of(kind, collection, document, OptionalLong.empty());
  }

  /**
   * Makes the request of a client that has a version of the document.
   *
   * @param kind FETCH or SUBSCRIBE
   * @param collection the collection
   * @param document the document's id in it
   * @param version the version it has
   * @return the message
   * @throws IllegalArgumentException if {@code kind} is another, or {@code version} is outside
   *     0..2^53 − 1
   */
  public static DocumentRequest since(Kind kind, String collection, String document, long version) {
    return of(kind, collection, document, OptionalLong.of(version));
  }

  private static DocumentRequest of(
      Kind kind, String collection, String document, OptionalLong version) {
    if (kind != Kind.FETCH
        && kind != Kind.SUBSCRIBE
        && (kind != Kind.UNSUBSCRIBE || version.isPresent())) {
      throw new IllegalArgumentException("not a request for a document: " + kind);
    }
    Map<String, JsonValue> members = action(kind);
    members.put("c", JsonValue.of(collection));
    members.put("d", JsonValue.of(document));
    if (version.isPresent()) {
      members.put("v", Members.number("version", version.getAsLong()));
    } else if (kind != Kind.UNSUBSCRIBE) {
      members.put("v", JsonValue.NULL);
    }
    return new DocumentRequest(new JsonObject(members), kind, collection, document, version);
  }

  @Override
  public Kind kind() {
    return kind;
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
   * Returns the version that the client has.
   *
   * @return the version, or empty if it wants the whole state; always empty when unsubscribing
   */
  public OptionalLong version() {
    return version;
  }
}
