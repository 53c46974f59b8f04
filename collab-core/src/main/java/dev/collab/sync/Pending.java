package dev.collab.sync;

import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.TransformPair;
import dev.collab.sync.SyncState.Buffered;
import dev.collab.sync.SyncState.Outstanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replica's own edits and a remote operation on their way past each other:
 *
 * <pre>
 *   base ── outstanding ──▶ · ── buffered ──▶ state
 *    │                      │                  │
 *  remote                remote'            remote''
 *    ▼                      ▼                  ▼
 *  base' ── outstanding' ─▶ · ── buffered' ─▶ state'
 * </pre>
 *
 * <p>Immutable.
 *
 * @param type the document's type
 * @param sync the own edits
 * @param remote the remote operation behind all of them
 */
record Pending<S, O extends Operation>(OperationType<S, O> type, SyncState<O> sync, O remote) {

  static <S, O extends Operation> Pending<S, O> of(OperationType<S, O> type, SyncState<O> sync) {
    return new Pending<>(type, sync, type.noop());
  }

  /** Moves the own edits and a remote operation past each other. */
  Pending<S, O> past(O operation) {
    O over = operation;
    Optional<Outstanding<O>> outstanding = Optional.empty();
    if (sync.outstanding().isPresent()) {
      Outstanding<O> sent = sync.outstanding().get();
      TransformPair<O> pair = type.transformPair(sent.operation(), over);
      outstanding = Optional.of(new Outstanding<>(sent.submission(), pair.left()));
      over = pair.right();
    }
    List<Buffered<O>> buffer = new ArrayList<>(sync.buffer().size());
    for (Buffered<O> edit : sync.buffer()) {
      TransformPair<O> pair = type.transformPair(edit.operation(), over);
      if (!pair.left().isNoop()) {
        buffer.add(new Buffered<>(pair.left(), edit.seen()));
      }
      over = pair.right();
    }
    return new Pending<>(type, SyncState.of(outstanding, buffer), over);
  }
}
