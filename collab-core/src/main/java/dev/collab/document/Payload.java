package dev.collab.document;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.value.JsonValue;

/**
 * What an entry of a document's log does. The set is closed; adding to it is a breaking change.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Payload {

  /**
   * Returns which of the four kinds of entry this is.
   *
   * @return the kind
   */
  Kind kind();

  /** The four kinds of entry. */
  enum Kind {
    /** {@link Create}. */
    CREATE,
    /** {@link Edit}. */
    EDIT,
    /** {@link Delete}. */
    DELETE,
    /** {@link None}. */
    NONE
  }

  /**
   * The document comes into being, for the first time or again.
   *
   * @param type its type
   * @param data its initial content, in the type's JSON form
   */
  record Create(OperationType<?, ?> type, JsonValue data) implements Payload {

    /**
     * Checks the arguments.
     *
     * @param type its type
     * @param data its initial content
     * @throws NullPointerException if one is null
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

  /**
   * An operation changes the document.
   *
   * @param <O> the operation
   * @param type the document's type
   * @param operation what is applied
   * @param inverse what undoes it; with it the entry holds all content it deletes
   */
  record Edit<O extends Operation>(OperationType<?, O> type, O operation, O inverse)
      implements Payload {

    /**
     * Checks the arguments.
     *
     * @param type the document's type
     * @param operation what is applied
     * @param inverse what undoes it
     * @throws NullPointerException if one is null
     */
    public Edit {
      requireNonNull(type, "type");
      requireNonNull(operation, "operation");
      requireNonNull(inverse, "inverse");
    }

    @Override
    public Kind kind() {
      return Kind.EDIT;
    }
  }

  /** The document ceases to exist; its log and revision go on. */
  record Delete() implements Payload {

    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /** A numbered nothing: it uses up the sequence number of a submission that must not come late. */
  record None() implements Payload {

    @Override
    public Kind kind() {
      return Kind.NONE;
    }
  }
}
