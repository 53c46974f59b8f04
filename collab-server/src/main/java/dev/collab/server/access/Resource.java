package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;

/**
 * What a permission is about. The set is closed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Resource {

  /** Which of the kinds a resource is, for a {@code switch} that the compiler checks. */
  enum Kind {
    /** {@link Resource.Document}. */
    DOCUMENT,
    /** {@link Resource.Room}. */
    ROOM,
    /** {@link Resource.Channel}. */
    CHANNEL
  }

  /**
   * Returns which kind it is.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * A document, with its entries and the presences in it.
   *
   * @param id its name; there need not be such a document
   */
  record Document(DocumentId id) implements Resource {

    /**
     * Checks for null.
     *
     * @param id its name
     */
    public Document {
      requireNonNull(id, "id");
    }

    @Override
    public Kind kind() {
      return Kind.DOCUMENT;
    }
  }

  /**
   * A chat room.
   *
   * @param name its name
   */
  record Room(String name) implements Resource {

    /**
     * Checks for null.
     *
     * @param name its name
     */
    public Room {
      requireNonNull(name, "name");
    }

    @Override
    public Kind kind() {
      return Kind.ROOM;
    }
  }

  /**
   * A channel of presences that belong to no document. What is shown in a document is shown to
   * those only who may read that document, whatever they may do with the channel of its name.
   *
   * @param name its name
   */
  record Channel(String name) implements Resource {

    /**
     * Checks for null.
     *
     * @param name its name
     */
    public Channel {
      requireNonNull(name, "name");
    }

    @Override
    public Kind kind() {
      return Kind.CHANNEL;
    }
  }
}
