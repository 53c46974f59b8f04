package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;

/**
 * What an entry does to its document, as the wire has it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Change {

  /**
   * Returns which of the four it is, for a {@code switch} that the compiler checks.
   *
   * @return the kind
   */
  Kind kind();

  /** The four kinds of change. */
  enum Kind {
    /** {@link Edit}. */
    EDIT,
    /** {@link Create}. */
    CREATE,
    /** {@link Delete}. */
    DELETE,
    /** {@link None}. */
    NONE
  }

  /**
   * An operation of the document's type.
   *
   * @param operation its JSON form, not yet checked by the type
   */
  record Edit(JsonValue operation) implements Change {

    /**
     * Checks for null.
     *
     * @param operation its JSON form
     */
    public Edit {
      requireNonNull(operation, "operation");
    }

    @Override
    public Kind kind() {
      return Kind.EDIT;
    }
  }

  /**
   * The creation of the document.
   *
   * @param type name or URI of its type
   * @param data the first content; JSON null, which is the same as absence, means the type's
   *     default
   */
  record Create(String type, JsonValue data) implements Change {

    /**
     * Checks for null.
     *
     * @param type name or URI of its type
     * @param data the first content
     */
    public Create {
      requireNonNull(type, "type");
      requireNonNull(data, "data");
    }

    @Override
    public Kind kind() {
      return Kind.CREATE;
    }
  }

  /** The deletion of the document. */
  enum Delete implements Change {
    /** The only instance. */
    DELETE;

    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /** Nothing, which takes a version number all the same. */
  enum None implements Change {
    /** The only instance. */
    NONE;

    @Override
    public Kind kind() {
      return Kind.NONE;
    }
  }
}
