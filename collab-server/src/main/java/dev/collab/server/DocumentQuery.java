package dev.collab.server;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import java.util.Optional;

/**
 * Which documents are to be listed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class DocumentQuery {

  /** The most documents that can be asked for at once: 1,000. */
  public static final int MAX_LIMIT = 1_000;

  private final Optional<String> collection;
  private final String prefix;
  private final Optional<DocumentId> after;
  private final int limit;
  private final boolean withDeleted;

  private DocumentQuery(
      Optional<String> collection,
      String prefix,
      Optional<DocumentId> after,
      int limit,
      boolean withDeleted) {
    this.collection = collection;
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
    this.withDeleted = withDeleted;
  }

  /**
   * Asks for all documents that are not deleted, a hundred at a time.
   *
   * @return the query
   */
  public static DocumentQuery all() {
    return new DocumentQuery(Optional.empty(), "", Optional.empty(), 100, false);
  }

  /**
   * Asks for the documents of one collection, else as {@link #all}.
   *
   * @param collection the collection
   * @return the query
   */
  public static DocumentQuery in(String collection) {
    return new DocumentQuery(Optional.of(collection), "", Optional.empty(), 100, false);
  }

  /**
   * Asks only for documents whose id begins in some way.
   *
   * @param value how the id begins
   * @return another query
   * @throws IllegalStateException if this query is not about one collection
   */
  public DocumentQuery startingWith(String value) {
    requireNonNull(value, "value");
    if (collection.isEmpty()) {
      throw new IllegalStateException("ids begin in some way within one collection");
    }
    return new DocumentQuery(collection, value, after, limit, withDeleted);
  }

  /**
   * Asks for what follows another page.
   *
   * @param value the {@link DocumentPage#next()} of that page
   * @return another query
   */
  public DocumentQuery after(DocumentId value) {
    return new DocumentQuery(collection, prefix, Optional.of(value), limit, withDeleted);
  }

  /**
   * Asks for another number of documents at once.
   *
   * @param value how many, 1..{@value #MAX_LIMIT}; a page may have fewer though it is not the last
   * @return another query
   * @throws IllegalArgumentException if {@code value} is outside that range
   */
  public DocumentQuery limit(int value) {
    if (value < 1 || value > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + value + " is outside 1.." + MAX_LIMIT);
    }
    return new DocumentQuery(collection, prefix, after, value, withDeleted);
  }

  /**
   * Asks for deleted documents, too; they are told apart by their state.
   *
   * @return another query
   */
  public DocumentQuery withDeleted() {
    return new DocumentQuery(collection, prefix, after, limit, true);
  }

  Optional<String> collection() {
    return collection;
  }

  String prefix() {
    return prefix;
  }

  Optional<DocumentId> after() {
    return after;
  }

  int limit() {
    return limit;
  }

  boolean isWithDeleted() {
    return withDeleted;
  }
}
