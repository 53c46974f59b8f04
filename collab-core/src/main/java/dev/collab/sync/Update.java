package dev.collab.sync;

import dev.collab.operation.Operation;

/**
 * What an event did to a replica. The set is closed.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public sealed interface Update<S, O extends Operation> {

  /**
   * Something changed what is shown.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param next the replica behind the event
   * @param change what leads from the state shown before to that of {@code next}; may do nothing
   */
  record Changed<S, O extends Operation>(Replica<S, O> next, O change) implements Update<S, O> {}

  /**
   * The outstanding edit is committed; what is shown stays.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param next the replica behind the event
   */
  record Acknowledged<S, O extends Operation>(Replica<S, O> next) implements Update<S, O> {}

  /**
   * The replica knew it already; nothing changes.
   *
   * @param <S> the state
   * @param <O> the operation
   */
  record Ignored<S, O extends Operation>() implements Update<S, O> {}

  /**
   * Entries are missing before it; nothing changes until the replica has caught up.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param from the revision to catch up from
   */
  record Gap<S, O extends Operation>(long from) implements Update<S, O> {}
}
