package dev.collab.sync;

import static java.util.Objects.requireNonNull;

import dev.collab.document.Fate;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.Splittable;
import dev.collab.sync.SyncState.Buffered;
import dev.collab.sync.SyncState.Outstanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client's copy of an existing document. It holds the authority's state at a revision, the one
 * edit that is under way, the edits that wait, and the state that all of these make, which is what
 * the user sees.
 *
 * <p>At most one edit is outstanding. Edits are composed only while they wait; what was sent never
 * changes, so that it can be sent again after a reconnect, unchanged and before catching up. Own
 * edits are transformed as {@link dev.collab.operation.Side#LEFT} over what comes from the
 * authority, one entry at a time, exactly as the authority does it.
 *
 * <p>The shape follows Jupiter (Nichols et al., UIST 1995) with one outstanding operation.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public final class Replica<S, O extends Operation> {

  private final OperationType<S, O> type;
  private final int maxOperationWeight;
  private final long revision;
  private final S base;
  private final S state;
  private final SyncState<O> sync;

  private Replica(
      OperationType<S, O> type,
      int maxOperationWeight,
      long revision,
      S base,
      S state,
      SyncState<O> sync) {
    this.type = type;
    this.maxOperationWeight = maxOperationWeight;
    this.revision = revision;
    this.base = base;
    this.state = state;
    this.sync = sync;
  }

  /**
   * Returns a replica without edits of its own.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param type the document's type
   * @param revision the revision of {@code state}, at least 0
   * @param state the authority's state
   * @param maxOperationWeight the greatest weight of an operation that the authority takes, at
   *     least 64; heavier edits are split if the type can
   * @return the replica
   * @throws IllegalArgumentException if {@code maxOperationWeight} is below 64 or {@code revision}
   *     is negative
   */
  public static <S, O extends Operation> Replica<S, O> of(
      OperationType<S, O> type, long revision, S state, int maxOperationWeight) {
    if (maxOperationWeight < 64) {
      throw new IllegalArgumentException("weight " + maxOperationWeight + " is below 64");
    }
    if (revision < 0) {
      throw new IllegalArgumentException("revision " + revision + " is negative");
    }
    requireNonNull(state, "state");
    return new Replica<>(
        requireNonNull(type, "type"),
        maxOperationWeight,
        revision,
        state,
        state,
        new SyncState.Synchronized<>());
  }

  /**
   * Applies an edit of the user. It waits in the buffer, composed with what waits there already as
   * far as the limit for one operation allows.
   *
   * @param operation an operation that fits {@link #state()}
   * @return the replica with the edit
   * @throws InvalidOperationException if the operation does not fit or leads to an invalid state
   */
  public Replica<S, O> edit(O operation) {
    O admitted = type.admit(state, operation);
    if (admitted.isNoop()) {
      return this;
    }
    S edited = type.apply(state, admitted);
    List<Buffered<O>> buffer = new ArrayList<>(sync.buffer());
    for (O part : split(admitted)) {
      append(buffer, part);
    }
    return with(base, edited, revision, SyncState.of(sync.outstanding(), buffer));
  }

  private void append(List<Buffered<O>> buffer, O part) {
    if (!buffer.isEmpty()) {
      Buffered<O> last = buffer.get(buffer.size() - 1);
      O composed = type.compose(last.operation(), part);
      if (composed.isNoop()) {
        buffer.remove(buffer.size() - 1);
        return;
      }
      if (composed.weight() <= maxOperationWeight) {
        buffer.set(buffer.size() - 1, new Buffered<>(composed, last.seen()));
        return;
      }
    }
    buffer.add(new Buffered<>(part, revision));
  }

  @SuppressWarnings("unchecked")
  private List<O> split(O operation) {
    return operation.weight() > maxOperationWeight && type instanceof Splittable<?> splittable
        ? ((Splittable<O>) splittable).split(operation, maxOperationWeight)
        : List.of(operation);
  }

  /**
   * Tells whether an edit waits and none is under way.
   *
   * @return whether {@link #send} may be called
   */
  public boolean canSend() {
    return sync.outstanding().isEmpty() && !sync.buffer().isEmpty();
  }

  /**
   * Takes the first waiting edit for sending: it becomes the outstanding one.
   *
   * @param id the number under which it is submitted, never used before
   * @return the replica whose {@link #outstanding()} is to be sent
   * @throws IllegalStateException if not {@link #canSend()}
   */
  public Replica<S, O> send(OperationId id) {
    if (!canSend()) {
      throw new IllegalStateException("nothing can be sent in state " + sync.kind());
    }
    Buffered<O> first = sync.buffer().get(0);
    List<O> parts = split(first.operation());
    List<Buffered<O>> rest = new ArrayList<>();
    parts.stream().skip(1).forEach(part -> rest.add(new Buffered<>(part, first.seen())));
    rest.addAll(sync.buffer().subList(1, sync.buffer().size()));
    O operation = parts.get(0);
    // a snapshot may have shown a lower revision than the screen did
    long seen = Math.min(first.seen(), revision);
    Submission submission = new Submission(id, revision, seen, new Proposal.Edit(operation));
    Outstanding<O> sent = new Outstanding<>(submission, operation);
    return with(base, state, revision, SyncState.of(Optional.of(sent), rest));
  }

  /**
   * Returns what was sent and is not acknowledged, exactly as it was sent first.
   *
   * @return the submission to repeat after a reconnect, or empty if nothing is outstanding
   */
  public Optional<Submission> outstanding() {
    return sync.outstanding().map(Outstanding::submission);
  }

  /**
   * Takes in an edit from the authority. If it is the outstanding one, that is acknowledged.
   *
   * @param id who submitted it
   * @param baseRevision the revision it applies to
   * @param operation what was committed
   * @return what it did to this replica
   * @throws InvalidOperationException if the operation does not fit the authority's state: the
   *     replica has to resync
   */
  public Update<S, O> receive(OperationId id, long baseRevision, O operation) {
    if (baseRevision != revision) {
      return outOfOrder(baseRevision);
    }
    if (isOutstanding(id)) {
      return acknowledge(id, baseRevision);
    }
    Pending<S, O> pending = Pending.of(type, sync).past(operation);
    return new Update.Changed<>(
        with(
            type.apply(base, operation),
            type.apply(state, pending.remote()),
            revision + 1,
            pending.sync()),
        pending.remote());
  }

  /**
   * Takes in an entry that changes nothing. If it voids the outstanding edit, that edit waits again
   * and will be sent under a new number.
   *
   * @param id the submission that the entry voids
   * @param baseRevision the revision it applies to
   * @return what it did to this replica
   */
  public Update<S, O> receiveNone(OperationId id, long baseRevision) {
    if (baseRevision != revision) {
      return outOfOrder(baseRevision);
    }
    SyncState<O> next = sync;
    if (isOutstanding(id)) {
      List<Buffered<O>> left =
          pendingEdits().stream().filter(edit -> !edit.operation().isNoop()).toList();
      next = SyncState.of(Optional.empty(), left);
    }
    return new Update.Changed<>(with(base, state, revision + 1, next), type.noop());
  }

  /**
   * Takes in the acknowledgement of the outstanding edit. One of another edit, such as a copy of
   * what was refused, tells only that there is an entry.
   *
   * @param id the submission that is acknowledged
   * @param baseRevision the revision at which it was committed
   * @return what it did to this replica
   */
  public Update<S, O> acknowledge(OperationId id, long baseRevision) {
    if (baseRevision != revision || !isOutstanding(id)) {
      return outOfOrder(baseRevision);
    }
    O committed = sync.outstanding().orElseThrow().operation();
    return new Update.Acknowledged<>(
        with(
            type.apply(base, committed),
            state,
            revision + 1,
            SyncState.of(Optional.empty(), sync.buffer())));
  }

  /**
   * Takes back the outstanding edit, because the authority refused it. The edits that wait stay, as
   * far as they do not build on what is taken back. If they have taken it back themselves, that is,
   * what is shown is the authority's state already, nothing waits any more.
   *
   * @param id the submission that was refused
   * @return what it did to this replica
   */
  public Update<S, O> reject(OperationId id) {
    if (!isOutstanding(id)) {
      return new Update.Ignored<>();
    }
    if (state.equals(base)) {
      return new Update.Changed<>(
          with(base, state, revision, new SyncState.Synchronized<>()), type.noop());
    }
    O inverse = type.invert(sync.outstanding().orElseThrow().operation(), base);
    Pending<S, O> pending =
        Pending.of(type, SyncState.of(Optional.empty(), sync.buffer())).past(inverse);
    return new Update.Changed<>(
        with(base, type.apply(state, pending.remote()), revision, pending.sync()),
        pending.remote());
  }

  /**
   * Goes on from a snapshot, because the entries in between are gone. The own edits that are not in
   * the snapshot are transformed over the difference and wait to be sent under new numbers. An
   * answer about a submission that is not outstanding any more is ignored: another one may be under
   * way, of which it says nothing.
   *
   * <p>If the fate of the outstanding edit is unknown, it counts as committed if the snapshot is
   * nearer to the state with it than to the state without it.
   *
   * @param snapshotRevision the revision of the snapshot
   * @param snapshot the authority's state
   * @param id the submission that {@code fate} is about
   * @param fate what became of that submission, up to {@code snapshotRevision}
   * @return the replica at the snapshot's revision, or empty if {@code id} is not outstanding
   */
  public Optional<Resynced<S, O>> resync(
      long snapshotRevision, S snapshot, OperationId id, Fate fate) {
    return isOutstanding(id)
        ? Optional.of(new Resync<>(this, snapshotRevision, snapshot).with(fate))
        : Optional.empty();
  }

  /**
   * Goes on from a snapshot when nothing is under way. The edits that wait are transformed over the
   * difference and stay.
   *
   * @param snapshotRevision the revision of the snapshot
   * @param snapshot the authority's state
   * @return the replica at the snapshot's revision
   * @throws IllegalStateException if an edit is outstanding: its fate has to be known first
   */
  public Resynced<S, O> resync(long snapshotRevision, S snapshot) {
    if (sync.outstanding().isPresent()) {
      throw new IllegalStateException("the fate of the outstanding edit is not known");
    }
    return new Resync<>(this, snapshotRevision, snapshot).with(Fate.NOT_COMMITTED);
  }

  /**
   * Returns all edits that are not known to be committed, the outstanding one first.
   *
   * @return the edits in the order in which they apply to {@link #base()}; unmodifiable
   */
  public List<Buffered<O>> pendingEdits() {
    List<Buffered<O>> pending = new ArrayList<>();
    sync.outstanding()
        .ifPresent(sent -> pending.add(new Buffered<>(sent.operation(), sent.submission().seen())));
    pending.addAll(sync.buffer());
    return List.copyOf(pending);
  }

  private boolean isOutstanding(OperationId id) {
    return sync.outstanding().filter(sent -> sent.submission().id().equals(id)).isPresent();
  }

  private Update<S, O> outOfOrder(long baseRevision) {
    return baseRevision < revision ? new Update.Ignored<>() : new Update.Gap<>(revision);
  }

  /** Returns the replica with other contents. */
  Replica<S, O> with(S nextBase, S nextState, long nextRevision, SyncState<O> nextSync) {
    return new Replica<>(type, maxOperationWeight, nextRevision, nextBase, nextState, nextSync);
  }

  /**
   * Returns the replica with another limit for one operation. What waits already stays as it is.
   *
   * @param weight the greatest weight of an operation that the authority takes, at least 64
   * @return the replica
   * @throws IllegalArgumentException if {@code weight} is below 64
   */
  public Replica<S, O> withMaxOperationWeight(int weight) {
    if (weight < 64) {
      throw new IllegalArgumentException("weight " + weight + " is below 64");
    }
    return new Replica<>(type, weight, revision, base, state, sync);
  }

  /**
   * Returns the document's type.
   *
   * @return the type
   */
  public OperationType<S, O> type() {
    return type;
  }

  /**
   * Returns the number of entries this replica has seen.
   *
   * @return the revision of {@link #base()}
   */
  public long revision() {
    return revision;
  }

  /**
   * Returns the authority's state at the revision.
   *
   * @return the state without the own edits that are not acknowledged
   */
  public S base() {
    return base;
  }

  /**
   * Returns what the user sees.
   *
   * @return the state with all own edits
   */
  public S state() {
    return state;
  }

  /**
   * Returns how far the own edits have come.
   *
   * @return the outstanding edit and those that wait
   */
  public SyncState<O> sync() {
    return sync;
  }
}
