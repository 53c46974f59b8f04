package dev.collab.client;

import dev.collab.operation.Operation;
import dev.collab.protocol.Permission;
import dev.collab.sync.Replica;
import java.util.Optional;

/**
 * What everybody may know of a document at one moment.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @param status whether the document is there
 * @param replica its state and the edits under way, if it has a state
 * @param revision its revision, or −1 if it is not known
 * @param unsaved whether something made here is not acknowledged
 * @param permission what the user may do with it, as far as the server has said
 */
record View<S, O extends Operation>(
    DocumentStatus status,
    Optional<Replica<S, O>> replica,
    long revision,
    boolean unsaved,
    Permission permission) {

  /** Nothing is known yet. */
  static <S, O extends Operation> View<S, O> loading() {
    return new View<>(
        DocumentStatus.LOADING, Optional.empty(), LocalCopy.UNKNOWN, false, Permission.WRITE);
  }
}
