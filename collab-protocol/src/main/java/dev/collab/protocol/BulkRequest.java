package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fetch, subscribe or unsubscribe of several documents of one collection.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class BulkRequest extends ClientMessage {

  private final Kind kind;
  private final String collection;
  private final List<String> documents;
  private final @Nullable Map<String, Long> versions;

  BulkRequest(
      JsonObject request,
      Kind kind,
      String collection,
      List<String> documents,
      @Nullable Map<String, Long> versions) {
    super(request);
    this.kind = kind;
    this.collection = collection;
    this.documents = documents;
    this.versions = versions;
  }

  /**
   * Makes the request of a client that does not have the documents, or no longer wants them.
   *
   * @param kind one of the three bulk kinds
   * @param collection the collection
   * @param documents ids in it, each once
   * @return the message
   * @throws IllegalArgumentException if {@code kind} is another
   */
  public static BulkRequest of(Kind kind, String collection, List<String> documents) {
    checkKind(kind, kind == Kind.BULK_UNSUBSCRIBE);
    Map<String, JsonValue> members = action(kind);
    members.put("c", JsonValue.of(collection));
    members.put(
        "b", new JsonValue.JsonArray(documents.stream().<JsonValue>map(JsonValue::of).toList()));
    return new BulkRequest(new JsonObject(members), kind, collection, List.copyOf(documents), null);
  }

  /**
   * Makes the request of a client that has versions of the documents.
   *
   * @param kind BULK_FETCH or BULK_SUBSCRIBE
   * @param collection the collection
   * @param versions the version that it has of each
   * @return the message
   * @throws IllegalArgumentException if {@code kind} is another
   */
  public static BulkRequest since(Kind kind, String collection, Map<String, Long> versions) {
    checkKind(kind, false);
    Map<String, JsonValue> members = action(kind);
    members.put("c", JsonValue.of(collection));
    Map<String, JsonValue> values = new LinkedHashMap<>();
    versions.forEach(
        (document, version) -> values.put(document, Members.number("version", version)));
    members.put("b", new JsonObject(values));
    return new BulkRequest(
        new JsonObject(members),
        kind,
        collection,
        List.copyOf(values.keySet()),
        Map.copyOf(versions));
  }

  private static void checkKind(Kind kind, boolean unsubscribe) {
    if (kind != Kind.BULK_FETCH && kind != Kind.BULK_SUBSCRIBE && !unsubscribe) {
      throw new IllegalArgumentException("not a request for several documents: " + kind);
    }
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
   * Returns the documents.
   *
   * @return their ids in the collection, each once, in the order given
   */
  public List<String> documents() {
    return documents;
  }

  /**
   * Returns the versions that the client has, which decide the form of the reply: with versions,
   * operations and then an echo of the request; without, the states.
   *
   * @return the version of each document, or empty if it wants whole states
   */
  public Optional<Map<String, Long>> versions() {
    return Optional.ofNullable(versions);
  }
}
