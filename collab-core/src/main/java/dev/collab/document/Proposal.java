package dev.collab.document;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import dev.collab.value.JsonValue;

/**
 * What a submission asks for. The set is closed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Proposal {

  /**
   * Asks to create the document.
   *
   * @param type the name or URI of its type
   * @param data its initial content; JSON null means the type's default
   */
  record Create(String type, JsonValue data) implements Proposal {

    /**
     * Checks the arguments.
     *
     * @param type the name or URI of its type
     * @param data its initial content
     * @throws NullPointerException if one is null
     */
    public Create {
      requireNonNull(type, "type");
      requireNonNull(data, "data");
    }
  }

  /**
   * Asks to apply an operation.
   *
   * @param operation an operation of the document's type
   */
  record Edit(Operation operation) implements Proposal {

    /**
     * Checks the argument.
     *
     * @param operation an operation of the document's type
     * @throws NullPointerException if it is null
     */
    public Edit {
      requireNonNull(operation, "operation");
    }
  }

  /**
   * Asks to apply an operation that is still in its JSON form, because whoever passes it on does
   * not know the document's type.
   *
   * @param operation the JSON form
   */
  record EncodedEdit(JsonValue operation) implements Proposal {

    /**
     * Checks the argument.
     *
     * @param operation the JSON form
     * @throws NullPointerException if it is null
     */
    public EncodedEdit {
      requireNonNull(operation, "operation");
    }
  }

  /** Asks to delete the document. */
  record Delete() implements Proposal {}
}
