package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.protocol.Permission;
import dev.collab.sync.Replica;
import dev.collab.sync.SyncState;
import dev.collab.undo.UndoManager;
import dev.collab.value.JsonValue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A document that is edited here and kept in step with the server. Edits take effect at once,
 * connected or not; they are sent, merged with those of others and, if a connection breaks, sent
 * again by themselves, and are committed exactly once.
 *
 * <p>The state changes on the client's executor only. There are two ways to edit:
 *
 * <ul>
 *   <li>{@link #edit} is for code that runs on that executor, such as an editor whose events and
 *       whose client share one thread: it takes effect before it returns, against the very state
 *       that the caller sees;
 *   <li>{@link #update} is for everybody else: it makes the operation from the state as it is when
 *       its turn comes.
 * </ul>
 *
 * <p>What only reads may be called from any thread and gives the newest state. All methods but
 * {@link #edit} may be called from any thread; listeners and the actions behind stages run on the
 * client's executor.
 *
 * <p>Thread-safe.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public final class SharedDocument<S, O extends Operation> {

  private final DocumentId id;
  private final OperationType<S, O> type;
  private final Confinement confinement;
  private final Audience<S, O> audience;
  private final DocumentChannel<S, O> channel;
  private final Supplier<SharedPresence> presence;

  SharedDocument(
      DocumentId id,
      OperationType<S, O> type,
      Confinement confinement,
      Audience<S, O> audience,
      DocumentChannel<S, O> channel,
      Supplier<SharedPresence> presence) {
    this.id = id;
    this.type = type;
    this.confinement = confinement;
    this.audience = audience;
    this.channel = channel;
    this.presence = presence;
  }

  /**
   * Returns the document's name.
   *
   * @return the name
   */
  public DocumentId id() {
    return id;
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
   * Returns whether the document is there to be edited.
   *
   * @return the status
   */
  public DocumentStatus status() {
    return audience.view().status();
  }

  /**
   * Returns what the user may do with the document, so that an editor can show itself read-only.
   *
   * @return what the server said last; WRITE as long as it has said nothing, as servers without the
   *     extension never do
   */
  public Permission permission() {
    return audience.view().permission();
  }

  /**
   * Returns what the user sees: the server's state with all edits made here.
   *
   * @return the state
   * @throws IllegalStateException if the document has none: it is loading or absent
   */
  public S state() {
    return audience
        .view()
        .replica()
        .map(Replica::state)
        .orElseThrow(() -> new IllegalStateException("the document has no state: " + status()));
  }

  /**
   * Returns how many entries of the document's log are here.
   *
   * @return the revision, or −1 while nothing is known of the document
   */
  public long revision() {
    return audience.view().revision();
  }

  /**
   * Tells whether something made here is not acknowledged.
   *
   * @return whether edits, a creation or a deletion wait or are under way
   */
  public boolean hasUnsavedChanges() {
    return audience.view().unsaved();
  }

  /**
   * Returns the edits made here that are not acknowledged; one of them may have been committed
   * without this client knowing. They stay readable when the document is closed.
   *
   * @return the edits in the order in which they were made; unmodifiable
   */
  public List<O> pendingEdits() {
    return audience.view().replica().stream()
        .flatMap(replica -> replica.pendingEdits().stream())
        .map(SyncState.Buffered::operation)
        .toList();
  }

  /**
   * Returns a stage that completes when the document is here for the first time.
   *
   * @return completes with the state; fails with code {@code ERR_DOC_DOES_NOT_EXIST} if there is no
   *     such document, with the server's code if it is not to be read, or with {@link
   *     ClientException#DOCUMENT_CLOSED}. Even if it fails, the document appears as soon as
   *     somebody creates it or the server allows it, as listeners are told
   */
  public CompletionStage<S> ready() {
    return audience.ready();
  }

  /**
   * Edits the document. The state has changed when this returns, and the listeners were told,
   * unless one of them is calling.
   *
   * <p>Confined: to be called on the client's executor.
   *
   * @param operation an operation that fits {@link #state()}
   * @throws dev.collab.operation.InvalidOperationException if it does not fit or leads to an
   *     invalid state; nothing has changed
   * @throws IllegalStateException if the document has no state, is closed or is about to be
   *     deleted, or if the caller is known not to be on the client's executor
   * @throws ClientException with code {@link ClientException#READ_ONLY} if the user may not edit it
   */
  public void edit(O operation) {
    requireNonNull(operation, "operation");
    confinement.check();
    channel.edit(operation);
    confinement.notifier().flush();
  }

  /**
   * Edits the document from any thread. While the document is loading, the edit waits until it is
   * {@link #ready}.
   *
   * @param edit makes an operation from the state; called on the client's executor
   * @return completes with the state behind the edit; fails with what {@code edit} or {@link #edit}
   *     throws or {@link #ready} fails with, in which case nothing has changed
   */
  public CompletionStage<S> update(Function<? super S, ? extends O> edit) {
    requireNonNull(edit, "edit");
    return status() == DocumentStatus.LOADING
        ? ready().thenCompose(loaded -> updateNow(edit))
        : updateNow(edit);
  }

  private CompletionStage<S> updateNow(Function<? super S, ? extends O> edit) {
    return confinement.call(
        edited -> {
          channel.edit(edit.apply(state()));
          S state = state();
          confinement.notifier().tell(() -> edited.complete(state));
        });
  }

  /**
   * Creates the document unless it exists. It is created when the server says so.
   *
   * @param data the initial content in the type's JSON form; JSON null means the type's default
   * @return completes when the document exists, whoever created it; fails with the server's code if
   *     it may not be created, or with an {@link IllegalStateException} if the document is closed,
   *     or is being created or deleted already
   */
  public CompletionStage<Void> create(JsonValue data) {
    requireNonNull(data, "data");
    return confinement.call(done -> channel.wish(new Proposal.Create(type.uri(), data), done));
  }

  /**
   * Deletes the document, behind the edits made before. Until the server says so, the state stays
   * but cannot be edited.
   *
   * @return completes when the document does not exist; fails with the server's code if it may not
   *     be deleted, or with an {@link IllegalStateException} if the document is closed, or is being
   *     created or deleted already
   */
  public CompletionStage<Void> delete() {
    return confinement.call(done -> channel.wish(new Proposal.Delete(), done));
  }

  /**
   * Asks the server for everything that was committed before. It is rarely needed: what others do
   * comes by itself.
   *
   * @return completes when all of it is here, which may take until there is a connection; fails
   *     with the server's code if it refuses, or with {@link ClientException#DOCUMENT_CLOSED}
   */
  public CompletionStage<Void> sync() {
    return confinement.call(channel::sync);
  }

  /**
   * Returns a stage that completes when nothing made here waits any more: everything was
   * acknowledged, or the listeners were told that it was rejected or that the document was deleted.
   *
   * @return completes at once if there is nothing unsaved; fails with {@link
   *     ClientException#DOCUMENT_CLOSED} if the document is closed with unsaved changes
   */
  public CompletionStage<Void> whenSaved() {
    return confinement.call(channel::whenSaved);
  }

  /**
   * Closes the document: it takes no more edits, is kept in step until everything made here is
   * saved, and ends then.
   *
   * @return completes when it is closed; fails with {@link ClientException#DOCUMENT_CLOSED} if the
   *     client is closed before everything is saved
   */
  public CompletionStage<Void> close() {
    return confinement.call(channel::close);
  }

  /**
   * Closes the document now, saved or not.
   *
   * @return completes with the edits that are not acknowledged, see {@link #pendingEdits}
   */
  public CompletionStage<List<O>> abandon() {
    return confinement.call(
        pending -> {
          channel.abandon();
          pending.complete(pendingEdits());
        });
  }

  /**
   * Opens the document's presence: who else is in it, with cursors and selections.
   *
   * @return what the others show, and what is shown here, from now on; to be opened once at a time
   * @throws IllegalArgumentException if the type has no place for presences
   */
  public SharedPresence openPresence() {
    return presence.get();
  }

  /**
   * Opens undo and redo of what is done here from now on.
   *
   * <p>Confined: to be called on the client's executor.
   *
   * @param manager keeps the steps; a new one, which from now on belongs to this document
   * @return undo and redo, to be opened once at a time
   * @throws IllegalStateException if the caller is known not to be on the client's executor
   */
  public SharedUndo<S, O> openUndo(UndoManager<S, O> manager) {
    requireNonNull(manager, "manager");
    confinement.check();
    return new SharedUndo<>(
        confinement, channel::edit, manager, channel.undo(manager, confinement.notifier()));
  }

  /**
   * Adds a listener. It hears what happens from now on; to start from a state without a gap, add it
   * and read the state within one task of {@link CollabClient#execute}.
   *
   * @param listener the listener
   */
  public void addListener(DocumentListener<S, O> listener) {
    audience.add(requireNonNull(listener, "listener"));
  }

  /**
   * Removes a listener, if it was added.
   *
   * @param listener the listener
   */
  public void removeListener(DocumentListener<S, O> listener) {
    audience.remove(requireNonNull(listener, "listener"));
  }
}
