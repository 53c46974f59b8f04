package dev.collab.client;

import dev.collab.document.ClientId;
import dev.collab.document.Fate;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.CollabException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.protocol.Change;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ServerMessage.Committed;
import dev.collab.protocol.WireError;
import dev.collab.sync.Replica;
import dev.collab.sync.Resynced;
import dev.collab.sync.SyncState;
import dev.collab.sync.Update;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is here, whether connected or not: its replica while it exists, its revision
 * while it does not, and the wish to create or delete it. Every method leaves it settled and tells
 * the audience what has changed. A method that throws has changed nothing.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class LocalCopy<S, O extends Operation> {

  /** The revision of a document of which nothing is known. */
  static final long UNKNOWN = -1;

  /** Stands for all other clients: a replica only asks whether an entry is its own. */
  private static final OperationId OTHERS = new OperationId(new ClientId("others"), 1);

  private final OperationType<S, O> type;
  private final Audience<S, O> audience;
  private final List<Watcher<O>> watchers = new CopyOnWriteArrayList<>();
  private @Nullable Replica<S, O> replica;
  private @Nullable LifeCycle wish;
  private long absentAt = UNKNOWN;
  private int maxOperationWeight = Integer.MAX_VALUE;

  LocalCopy(OperationType<S, O> type, Audience<S, O> audience) {
    this.type = type;
    this.audience = audience;
  }

  long revision() {
    return replica == null ? absentAt : replica.revision();
  }

  boolean isKnown() {
    return revision() != UNKNOWN;
  }

  /** Hears of what changes the server's state, and of every edit. */
  interface Watcher<O> {

    /** An entry was taken in; the revision is the one behind it. */
    void committed(String source, O operation);

    /** The document goes on from another state, or is gone. */
    void replaced();

    /** What the user sees has changed by an edit made here. */
    void edited(O operation);

    /** What the user sees has changed by somebody else. */
    void changed(O operation);

    /**
     * The server refused the outstanding edit; what the user sees has changed by taking it back.
     */
    default void takenBack(O operation) {
      changed(operation);
    }

    /** An edit was made outstanding; {@code whole} if none waits behind it. */
    default void submitted(boolean whole) {}

    /** It is known what became of the outstanding edit, which was not refused. */
    default void decided(Fate fate) {}

    /** What the user sees is another document, or none. */
    default void forgotten() {}

    /** All is settled. */
    void settled();
  }

  void watch(Watcher<O> watcher) {
    watchers.add(watcher);
  }

  void unwatch(Watcher<O> watcher) {
    watchers.remove(watcher);
  }

  OperationType<S, O> type() {
    return type;
  }

  Optional<Replica<S, O>> replica() {
    return Optional.ofNullable(replica);
  }

  boolean isLive() {
    return replica != null;
  }

  boolean isUnsaved() {
    return wish != null
        || (replica != null && replica.sync().kind() != SyncState.Kind.SYNCHRONIZED);
  }

  /** Obeys the limit that the server has announced. */
  void limitOperations(int weight) {
    maxOperationWeight = weight;
    if (replica != null) {
      replica = replica.withMaxOperationWeight(weight);
    }
  }

  /** Returns what was submitted and is not answered for good. */
  Optional<Submission> outstanding() {
    if (wish != null && wish.sent().isPresent()) {
      return wish.sent();
    }
    return replica == null ? Optional.empty() : replica.outstanding();
  }

  /** Tells whether the outstanding submission is to create or delete the document. */
  boolean isWishOutstanding() {
    return wish != null && wish.sent().isPresent();
  }

  /** Makes the next thing that can be submitted outstanding, if there is any. */
  Optional<Submission> submitNext(Author author) {
    if (replica != null && replica.canSend()) {
      Replica<S, O> sending = replica.send(author.next());
      replica = sending;
      watchers.forEach(watcher -> watcher.submitted(sending.sync().buffer().isEmpty()));
      return sending.outstanding();
    }
    if (wish != null && wish.creates() != isLive()) {
      wish.send(author.next(), revision());
      return wish.sent();
    }
    return Optional.empty();
  }

  /** Wishes to create or delete the document; nothing happens if that is so already. */
  void wish(LifeCycle newWish) {
    if (wish != null) {
      throw new IllegalStateException("the document is about to be created or deleted");
    }
    wish = newWish;
    settle();
  }

  void edit(O operation) {
    if (replica == null || (wish != null && !wish.creates())) {
      throw new IllegalStateException(
          replica == null ? "the document has no state" : "the document is about to be deleted");
    }
    Replica<S, O> edited = replica.edit(operation);
    if (edited != replica) {
      replica = edited;
      audience.changed(operation, Origin.LOCAL, edited.state());
      watchers.forEach(watcher -> watcher.edited(operation));
      settle();
    }
  }

  /** Takes in an entry of somebody else that follows this revision. */
  void receive(Committed entry) {
    switch (entry.change().kind()) {
      case EDIT -> {
        O operation = type.decodeOperation(((Change.Edit) entry.change()).operation());
        O change = update(live().receive(OTHERS, entry.version(), operation), Origin.REMOTE);
        watchers.forEach(watcher -> watcher.committed(entry.source(), operation));
        watchers.forEach(watcher -> watcher.changed(change));
      }
      case NONE -> {
        if (replica == null) {
          absentAt++;
        } else {
          update(replica.receiveNone(OTHERS, entry.version()), Origin.REMOTE);
          watchers.forEach(watcher -> watcher.committed("", type.noop()));
        }
      }
      case CREATE -> {
        Change.Create create = (Change.Create) entry.change();
        if (replica != null) {
          throw unreadable("a document that exists was created");
        }
        load(entry.version() + 1, content(create.type(), create.data()));
      }
      case DELETE -> vanish(entry.version() + 1, pending(false));
    }
    settle();
  }

  /** The outstanding edit stands in the log at this revision. */
  void acknowledge(OperationId id) {
    O committed = live().sync().outstanding().orElseThrow().operation();
    update(live().acknowledge(id, revision()), Origin.LOCAL);
    watchers.forEach(watcher -> watcher.decided(Fate.COMMITTED));
    watchers.forEach(watcher -> watcher.committed("", committed));
    settle();
  }

  /** The outstanding creation or deletion stands in the log, at this revision. */
  void fulfil(long baseRevision) {
    LifeCycle fulfilled = requireWish();
    if (fulfilled.proposal() instanceof Proposal.Create create) {
      load(baseRevision + 1, type.create(create.data()));
    } else {
      vanish(baseRevision + 1, List.of());
    }
    wish = null;
    audience.complete(fulfilled.done());
    settle();
  }

  /** The outstanding creation or deletion was not committed and never will be. */
  void submitWishAgain() {
    requireWish().sendAgain();
    settle();
  }

  /** The outstanding submission was refused. */
  void reject(WireError error) {
    if (isWishOutstanding()) {
      LifeCycle refused = requireWish();
      wish = null;
      audience.fail(refused.done(), new ServerException(error));
      if (refused.creates()) {
        audience.unavailable(new ServerException(error));
      }
    } else {
      O refused = live().sync().outstanding().orElseThrow().operation();
      O undone = update(takeBack(), Origin.REJECTED);
      watchers.forEach(watcher -> watcher.takenBack(undone));
      audience.rejected(new Rejection<>(refused, error.code(), error.message(), undone));
    }
    settle();
  }

  /** The outstanding edit had nothing left to do and was not committed. */
  void dropOutstanding() {
    O undone = update(takeBack(), Origin.REJECTED);
    watchers.forEach(watcher -> watcher.takenBack(undone));
    settle();
  }

  private Update<S, O> takeBack() {
    return live().reject(live().outstanding().orElseThrow().id());
  }

  /**
   * Goes on from the server's state.
   *
   * @param fate what is known of the outstanding submission
   * @throws CollabException if the state is not one of this type
   */
  void adopt(DocumentState snapshot, Fate fate) {
    if (snapshot.type().isEmpty()) {
      vanish(snapshot.version(), pending(fate == Fate.COMMITTED));
    } else {
      S content = content(snapshot.type().get(), snapshot.data());
      if (replica != null && replica.revision() < snapshot.created()) {
        vanish(snapshot.version(), pending(fate == Fate.COMMITTED)); // of an earlier life
      }
      if (replica == null) {
        load(snapshot.version(), content);
      } else {
        resync(resynced(snapshot.version(), content, fate));
      }
    }
    settle();
  }

  private Resynced<S, O> resynced(long revision, S content, Fate fate) {
    Optional<Submission> outstanding = live().outstanding();
    if (outstanding.isPresent()) {
      watchers.forEach(watcher -> watcher.decided(fate));
    }
    return outstanding.isPresent()
        ? live().resync(revision, content, outstanding.get().id(), fate).orElseThrow()
        : live().resync(revision, content);
  }

  private void resync(Resynced<S, O> resynced) {
    replica = resynced.next();
    if (resynced.change().isPresent()) {
      O change = resynced.change().get();
      audience.changed(change, Origin.RESYNCED, replica.state());
      watchers.forEach(watcher -> watcher.changed(change));
    } else {
      audience.loaded(replica.state());
      watchers.forEach(Watcher::forgotten);
    }
    audience.resynced(resynced.abandoned());
    watchers.forEach(Watcher::replaced);
  }

  private S content(String typeName, dev.collab.value.JsonValue data) {
    if (!typeName.equals(type.uri()) && !typeName.equals(type.name())) {
      throw new ClientException(
          ClientException.TYPE_MISMATCH, "the document is not of type " + type.name());
    }
    return type.create(data);
  }

  private void load(long revision, S state) {
    replica = Replica.of(type, revision, state, maxOperationWeight);
    absentAt = UNKNOWN;
    audience.loaded(state);
    watchers.forEach(Watcher::forgotten);
    watchers.forEach(Watcher::replaced);
  }

  private void vanish(long revision, List<O> pending) {
    boolean wasLive = isLive();
    replica = null;
    absentAt = revision;
    if (wasLive) {
      audience.deleted(pending);
      watchers.forEach(Watcher::forgotten);
      watchers.forEach(Watcher::replaced);
    }
  }

  private List<O> pending(boolean outstandingIsCommitted) {
    if (replica == null) {
      return List.of();
    }
    int from = outstandingIsCommitted && replica.outstanding().isPresent() ? 1 : 0;
    return replica.pendingEdits().stream().skip(from).map(SyncState.Buffered::operation).toList();
  }

  private O update(Update<S, O> update, Origin origin) {
    if (update instanceof Update.Changed<S, O> changed) {
      replica = changed.next();
      audience.changed(changed.change(), origin, replica.state());
      return changed.change();
    }
    if (update instanceof Update.Acknowledged<S, O> acknowledged) {
      replica = acknowledged.next();
      return type.noop();
    }
    throw new IllegalStateException("an entry was not at revision " + revision());
  }

  /** A wish that has come true without being sent is done; then everybody may look. */
  private void settle() {
    if (wish != null && wish.sent().isEmpty() && isKnown() && wish.creates() == isLive()) {
      audience.complete(wish.done());
      wish = null;
    }
    audience.look(
        isLive() ? DocumentStatus.LIVE : isKnown() ? DocumentStatus.ABSENT : DocumentStatus.LOADING,
        Optional.ofNullable(replica),
        revision(),
        isUnsaved());
    watchers.forEach(Watcher::settled);
  }

  /** No more will happen here. */
  void close() {
    if (wish != null) {
      audience.fail(
          wish.done(),
          new ClientException(ClientException.DOCUMENT_CLOSED, "the document was closed"));
    }
    audience.look(DocumentStatus.CLOSED, Optional.ofNullable(replica), revision(), isUnsaved());
  }

  private Replica<S, O> live() {
    if (replica == null) {
      throw unreadable("a document that does not exist was edited");
    }
    return replica;
  }

  private LifeCycle requireWish() {
    if (wish == null) {
      throw new IllegalStateException("nothing is wished");
    }
    return wish;
  }

  private static ClientException unreadable(String message) {
    return new ClientException(ClientException.DOCUMENT_UNREADABLE, message);
  }
}
