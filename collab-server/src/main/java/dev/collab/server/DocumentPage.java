package dev.collab.server;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import java.util.List;
import java.util.Optional;

/**
 * Some of the documents that a coordinator keeps.
 *
 * <p>Immutable.
 *
 * @param documents the documents, in an order that stays the same
 * @param next behind which one the next page begins; empty if this is the last page
 * @since 0.1
 */
public record DocumentPage(List<Item> documents, Optional<DocumentId> next) {

  /**
   * Copies the documents.
   *
   * @param documents the documents
   * @param next behind which one the next page begins
   */
  public DocumentPage {
    documents = List.copyOf(documents);
    requireNonNull(next, "next");
  }

  /** How a document is. Further states may be added. */
  public enum State {
    /** It exists. */
    LIVE,
    /** It was deleted, or its creation was begun and not finished. */
    DELETED,
    /** What is stored of it is damaged, so that it cannot be told. */
    UNREADABLE
  }

  /**
   * One document.
   *
   * @param id which one
   * @param revision how many entries its log has
   * @param state how it is
   */
  public record Item(DocumentId id, long revision, State state) {

    /**
     * Checks the arguments.
     *
     * @param id which one
     * @param revision how many entries its log has
     * @param state how it is
     * @throws NullPointerException if one is null
     */
    public Item {
      requireNonNull(id, "id");
      requireNonNull(state, "state");
    }
  }
}
