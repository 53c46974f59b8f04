package dev.collab.sync;

import static java.util.Objects.requireNonNull;

import dev.collab.document.Submission;
import dev.collab.operation.Operation;
import java.util.List;
import java.util.Optional;

/**
 * How far a replica's own edits have come. The set is closed.
 *
 * <p>Immutable.
 *
 * @param <O> the operation
 * @since 0.1
 */
public sealed interface SyncState<O extends Operation> {

  /**
   * Returns which of the four states this is.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Returns the edit that was sent and is not acknowledged.
   *
   * @return the edit, or empty if there is none
   */
  Optional<Outstanding<O>> outstanding();

  /**
   * Returns the edits that were not yet sent.
   *
   * @return the edits in the order in which they apply; unmodifiable
   */
  List<Buffered<O>> buffer();

  /**
   * Returns the state that these parts make.
   *
   * @param <O> the operation
   * @param outstanding the edit that was sent, if any
   * @param buffer the edits that were not; copied
   * @return the state
   */
  static <O extends Operation> SyncState<O> of(
      Optional<Outstanding<O>> outstanding, List<Buffered<O>> buffer) {
    if (outstanding.isPresent()) {
      return buffer.isEmpty()
          ? new AwaitingAck<>(outstanding.get())
          : new AwaitingWithBuffer<>(outstanding.get(), buffer);
    }
    return buffer.isEmpty() ? new Synchronized<>() : new Buffering<>(buffer);
  }

  /** The four states. */
  enum Kind {
    /** {@link SyncState.Synchronized}. */
    SYNCHRONIZED,
    /** {@link SyncState.Buffering}. */
    BUFFERING,
    /** {@link SyncState.AwaitingAck}. */
    AWAITING_ACK,
    /** {@link SyncState.AwaitingWithBuffer}. */
    AWAITING_WITH_BUFFER
  }

  /**
   * An edit that was sent and is not acknowledged.
   *
   * @param <O> the operation
   * @param submission what was sent; sent again, it is the same
   * @param operation the edit as it applies to the replica's base now
   */
  record Outstanding<O extends Operation>(Submission submission, O operation) {

    /**
     * Checks the arguments.
     *
     * @param submission what was sent
     * @param operation the edit as it applies to the replica's base now
     * @throws NullPointerException if one is null
     */
    public Outstanding {
      requireNonNull(submission, "submission");
      requireNonNull(operation, "operation");
    }
  }

  /**
   * An edit that was not yet sent; further edits are composed onto it.
   *
   * @param <O> the operation
   * @param operation the edit
   * @param seen the revision that was on the screen when its first part was made
   */
  record Buffered<O extends Operation>(O operation, long seen) {

    /**
     * Checks the arguments.
     *
     * @param operation the edit
     * @param seen the revision that was on the screen
     * @throws NullPointerException if {@code operation} is null
     */
    public Buffered {
      requireNonNull(operation, "operation");
    }
  }

  /**
   * Everything is acknowledged.
   *
   * @param <O> the operation
   */
  record Synchronized<O extends Operation>() implements SyncState<O> {

    @Override
    public Kind kind() {
      return Kind.SYNCHRONIZED;
    }

    @Override
    public Optional<Outstanding<O>> outstanding() {
      return Optional.empty();
    }

    @Override
    public List<Buffered<O>> buffer() {
      return List.of();
    }
  }

  /**
   * Edits wait to be sent, nothing is under way.
   *
   * @param <O> the operation
   * @param buffer the edits that wait, at least one
   */
  record Buffering<O extends Operation>(List<Buffered<O>> buffer) implements SyncState<O> {

    /**
     * Copies the buffer.
     *
     * @param buffer the edits that wait
     */
    public Buffering {
      buffer = List.copyOf(buffer);
    }

    @Override
    public Kind kind() {
      return Kind.BUFFERING;
    }

    @Override
    public Optional<Outstanding<O>> outstanding() {
      return Optional.empty();
    }
  }

  /**
   * One edit is under way, none waits.
   *
   * @param <O> the operation
   * @param sent the edit that is under way
   */
  record AwaitingAck<O extends Operation>(Outstanding<O> sent) implements SyncState<O> {

    /**
     * Checks the argument.
     *
     * @param sent the edit that is under way
     * @throws NullPointerException if it is null
     */
    public AwaitingAck {
      requireNonNull(sent, "sent");
    }

    @Override
    public Kind kind() {
      return Kind.AWAITING_ACK;
    }

    @Override
    public Optional<Outstanding<O>> outstanding() {
      return Optional.of(sent);
    }

    @Override
    public List<Buffered<O>> buffer() {
      return List.of();
    }
  }

  /**
   * One edit is under way, others wait.
   *
   * @param <O> the operation
   * @param sent the edit that is under way
   * @param buffer the edits that wait, at least one
   */
  record AwaitingWithBuffer<O extends Operation>(Outstanding<O> sent, List<Buffered<O>> buffer)
      implements SyncState<O> {

    /**
     * Copies the buffer.
     *
     * @param sent the edit that is under way
     * @param buffer the edits that wait
     */
    public AwaitingWithBuffer {
      requireNonNull(sent, "sent");
      buffer = List.copyOf(buffer);
    }

    @Override
    public Kind kind() {
      return Kind.AWAITING_WITH_BUFFER;
    }

    @Override
    public Optional<Outstanding<O>> outstanding() {
      return Optional.of(sent);
    }
  }
}
