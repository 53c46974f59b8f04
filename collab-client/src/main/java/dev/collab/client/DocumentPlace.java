package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.operation.Authorship;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.PresenceTransform;
import dev.collab.presence.Presence;
import dev.collab.protocol.PresenceBase;
import dev.collab.sync.Replica;
import dev.collab.sync.SyncState;
import dev.collab.value.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A document as the place of what is shown in it. It remembers the last entries, for presences that
 * come late.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class DocumentPlace<S, O extends Operation> implements Place {

  /** How many entries are remembered. */
  private static final int REMEMBERED = 128;

  private record Entry<O>(String source, O operation) {}

  private final DocumentId id;
  private final OperationType<S, O> type;
  private final LocalCopy<S, O> copy;
  private final PresenceTransform<S, O> capability;
  private final Deque<Entry<O>> entries = new ArrayDeque<>();

  @SuppressWarnings("unchecked") // the capability of a type is about its own states and operations
  DocumentPlace(DocumentId id, OperationType<S, O> type, LocalCopy<S, O> copy) {
    if (!(type instanceof PresenceTransform<?, ?> able)) {
      throw new IllegalArgumentException(
          "documents of type " + type.name() + " have no place for presences");
    }
    this.id = id;
    this.type = type;
    this.copy = copy;
    this.capability = (PresenceTransform<S, O>) able;
  }

  /** An entry was taken in. */
  void committed(String source, O operation) {
    entries.addLast(new Entry<>(source, operation));
    if (entries.size() > REMEMBERED) {
      entries.removeFirst();
    }
  }

  /** The document goes on from another state. */
  void replaced() {
    entries.clear();
  }

  @Override
  public boolean isReady() {
    return copy.replica()
        .filter(replica -> replica.sync().kind() == SyncState.Kind.SYNCHRONIZED)
        .isPresent();
  }

  @Override
  public Optional<PresenceBase> base() {
    return Optional.of(new PresenceBase(id.collection(), id.id(), copy.revision(), type.uri()));
  }

  @Override
  public long revision() {
    return copy.isLive() ? copy.revision() : Presence.NO_REVISION;
  }

  @Override
  public void check(JsonValue value) {
    if (value != JsonValue.NULL) {
      capability.checkPresence(value);
    }
  }

  @Override
  public Optional<JsonValue> forward(JsonValue value, String source, long from) {
    long behind = copy.revision() - from;
    if (behind > entries.size()) {
      return Optional.empty();
    }
    JsonValue moved = value;
    long skip = entries.size() - behind;
    for (Entry<O> entry : entries) {
      if (skip-- <= 0) {
        moved = over(moved, entry.operation(), entry.source().equals(source));
      }
    }
    return Optional.of(moved);
  }

  /** Moves a value of a presence over one operation. */
  JsonValue over(JsonValue value, O operation, boolean own) {
    return value == JsonValue.NULL
        ? value
        : capability.transformPresence(value, operation, own ? Authorship.OWN : Authorship.FOREIGN);
  }

  @Override
  public JsonValue toView(JsonValue value) {
    JsonValue moved = value;
    for (SyncState.Buffered<O> edit :
        copy.replica().map(Replica::pendingEdits).orElseGet(List::of)) {
      moved = over(moved, edit.operation(), false);
    }
    return clamp(moved);
  }

  /** Moves what lies outside of the state that the user sees to the nearest place in it. */
  JsonValue clamp(JsonValue value) {
    Optional<S> state = copy.replica().map(Replica::state);
    return state.isPresent() && value != JsonValue.NULL
        ? capability.clampPresence(value, state.get())
        : value;
  }
}
