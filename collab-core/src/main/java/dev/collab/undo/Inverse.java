package dev.collab.undo;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;

/**
 * What takes back one or more edits that one author made one after the other.
 *
 * <p>Immutable.
 *
 * @param number the number of the last of these edits; 0 if nobody can refuse them any more
 * @param operation what takes them back
 */
record Inverse<O extends Operation>(long number, O operation) {

  Inverse<O> with(O moved) {
    return new Inverse<>(number, moved);
  }

  /** Returns what takes back these edits and, after them, older ones. */
  Inverse<O> then(Inverse<O> older, OperationType<?, O> type) {
    return new Inverse<>(number, type.compose(operation, older.operation));
  }
}
