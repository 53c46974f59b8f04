package dev.collab.document;

import static java.util.Objects.requireNonNull;

/**
 * Names a document within a server.
 *
 * <p>Immutable.
 *
 * @param collection the collection it belongs to; the wire calls it {@code c}
 * @param id its name, unique in the collection; the wire calls it {@code d}
 * @since 0.1
 */
public record DocumentId(String collection, String id) {

  /**
   * Checks the names.
   *
   * @param collection the collection it belongs to
   * @param id its name, unique in the collection
   * @throws NullPointerException if one is null
   */
  public DocumentId {
    requireNonNull(collection, "collection");
    requireNonNull(id, "id");
  }

  @Override
  public String toString() {
    return collection + "/" + id;
  }
}
