package dev.collab.sync;

import dev.collab.document.Fate;
import dev.collab.operation.Diffable;
import dev.collab.operation.Operation;
import dev.collab.sync.SyncState.Buffered;
import java.util.List;
import java.util.Optional;

/** How a replica's own edits are carried over to a snapshot. */
final class Resync<S, O extends Operation> {

  private final Replica<S, O> replica;
  private final long revision;
  private final S snapshot;

  Resync(Replica<S, O> replica, long revision, S snapshot) {
    this.replica = replica;
    this.revision = revision;
    this.snapshot = snapshot;
  }

  @SuppressWarnings("unchecked")
  Resynced<S, O> with(Fate fate) {
    return replica.type() instanceof Diffable<?, ?> diffable
        ? rebased((Diffable<S, O>) diffable, fate)
        : abandoned(fate);
  }

  private Resynced<S, O> rebased(Diffable<S, O> diffable, Fate fate) {
    O difference = diffable.diff(replica.base(), snapshot);
    List<Buffered<O>> kept = replica.pendingEdits();
    if (replica.sync().outstanding().isPresent() && fate != Fate.NOT_COMMITTED) {
      O outstanding = replica.sync().outstanding().get().operation();
      O fromCommitted = diffable.diff(replica.type().apply(replica.base(), outstanding), snapshot);
      if (fate == Fate.COMMITTED || fromCommitted.weight() < difference.weight()) {
        difference = fromCommitted;
        kept = replica.sync().buffer();
      }
    }
    Pending<S, O> pending =
        Pending.of(replica.type(), SyncState.of(Optional.empty(), kept)).past(difference);
    S shown = replica.type().apply(replica.state(), pending.remote());
    return new Resynced<>(
        replica.with(snapshot, shown, revision, pending.sync()),
        Optional.of(pending.remote()),
        List.of());
  }

  private Resynced<S, O> abandoned(Fate fate) {
    List<Buffered<O>> edits =
        fate == Fate.COMMITTED ? replica.sync().buffer() : replica.pendingEdits();
    return new Resynced<>(
        replica.with(snapshot, snapshot, revision, new SyncState.Synchronized<>()),
        Optional.empty(),
        edits.stream().map(Buffered::operation).toList());
  }
}
