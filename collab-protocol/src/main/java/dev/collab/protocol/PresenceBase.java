package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Which version of which document a presence refers to.
 *
 * <p>Immutable.
 *
 * @param collection the collection
 * @param document the document's id in it
 * @param version the version of the document
 * @param type URI of the document's type
 * @since 0.1
 */
public record PresenceBase(String collection, String document, long version, String type) {

  /**
   * Checks the range.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @param version the version of the document
   * @param type URI of the document's type
   * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
   */
  public PresenceBase {
    requireNonNull(collection, "collection");
    requireNonNull(document, "document");
    requireNonNull(type, "type");
    Members.checkInteger("version", version);
  }

  /**
   * Returns the channel of a document's presences.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @return the name, which other documents with dots in their names may share
   */
  public static String channel(String collection, String document) {
    return collection + "." + document;
  }

  /** Appends the members, behind another. */
  void append(StringBuilder out) {
    JsonWriter.appendString(out.append(",\"c\":"), collection);
    JsonWriter.appendString(out.append(",\"d\":"), document);
    out.append(",\"v\":").append(version);
    JsonWriter.appendString(out.append(",\"t\":"), type);
  }
}
