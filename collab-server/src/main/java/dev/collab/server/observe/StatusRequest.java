package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a server's documents and connections is asked for. Documents are in the order of
 * their collections and ids, connections in that of their numbers.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class StatusRequest {

  /** The greatest limit. */
  public static final int MAX_LIMIT = 1_000;

  private final int limit;
  private final @Nullable DocumentId afterDocument;
  private final long afterConnection;

  private StatusRequest(int limit, @Nullable DocumentId afterDocument, long afterConnection) {
    this.limit = limit;
    this.afterDocument = afterDocument;
    this.afterConnection = afterConnection;
  }

  /**
   * Asks for the first ones.
   *
   * @param limit how many documents, and how many connections, at most
   * @return the request
   * @throws IllegalArgumentException if {@code limit} is outside 0–{@value #MAX_LIMIT}
   */
  public static StatusRequest first(int limit) {
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " is outside 0.." + MAX_LIMIT);
    }
    return new StatusRequest(limit, null, 0);
  }

  /**
   * Asks for the ones behind a document.
   *
   * @param document one that comes before them; it need not be there any more
   * @return the same request of later documents
   */
  public StatusRequest afterDocument(DocumentId document) {
    return new StatusRequest(limit, requireNonNull(document, "document"), afterConnection);
  }

  /**
   * Asks for the ones behind a connection.
   *
   * @param number the number of one that comes before them; it need not be open any more
   * @return the same request of later connections
   */
  public StatusRequest afterConnection(long number) {
    return new StatusRequest(limit, afterDocument, number);
  }

  /**
   * Returns how many documents, and how many connections, are wanted at most.
   *
   * @return 0–{@value #MAX_LIMIT}
   */
  public int limit() {
    return limit;
  }

  /**
   * Returns the document behind which to start.
   *
   * @return the document, or empty to start with the first one
   */
  public Optional<DocumentId> afterDocument() {
    return Optional.ofNullable(afterDocument);
  }

  /**
   * Returns the number of the connection behind which to start.
   *
   * @return the number, or 0 to start with the first one
   */
  public long afterConnection() {
    return afterConnection;
  }
}
