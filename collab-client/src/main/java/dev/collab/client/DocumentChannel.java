package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.document.Fate;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.CollabException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.protocol.Change;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.Permission;
import dev.collab.protocol.ServerMessage.Committed;
import dev.collab.protocol.WireError;
import dev.collab.undo.UndoManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one document in step with the server: decides what the answers mean and what is done next.
 *
 * <ol>
 *   <li>At most one submission is under way. After a reconnect it is sent again, unchanged, before
 *       anything else; a new one is sent only when the subscription has caught up.
 *   <li>The document goes on from another state only when the fate of the outstanding submission is
 *       known, that is, when it was answered.
 * </ol>
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class DocumentChannel<S, O extends Operation> implements Reader.Owner {

  private final DocumentId id;
  private final Author author;
  private final Audience<S, O> audience;
  private final LocalCopy<S, O> copy;
  private final Reader reader;
  private final Submitter<S, O> submitter;
  private final Runnable whenClosed;
  private final List<CompletableFuture<Void>> closing = new ArrayList<>();
  private boolean closed;

  /** Whether the document has to go on from the server's state. */
  private boolean resync;

  DocumentChannel(
      DocumentId id,
      OperationType<S, O> type,
      Settings settings,
      Author author,
      Audience<S, O> audience,
      Runnable whenClosed) {
    this.id = id;
    this.author = author;
    this.audience = audience;
    this.whenClosed = whenClosed;
    this.copy = new LocalCopy<>(type, audience);
    this.reader = new Reader(id, settings, this);
    this.submitter = new Submitter<>(id, type, settings, author, copy, this::advance);
  }

  DocumentId id() {
    return id;
  }

  /** Lets users show each other where they are in the document. */
  PresenceLink presence(Settings settings) {
    return DocumentPresence.link(id, copy, settings, author);
  }

  /** Lets the user take back what was done here from now on. */
  UndoWatch<S, O> undo(UndoManager<S, O> manager, Notifier notifier) {
    return UndoWatch.of(copy, manager, notifier);
  }

  Reader reader() {
    return reader;
  }

  // The connection.

  /**
   * Uses a new connection. What is outstanding is sent; the subscription is the caller's to ask.
   */
  void connected(Session opened) {
    reader.start(opened);
    copy.limitOperations(opened.maxOperationWeight());
    submitter.start(opened);
  }

  void disconnected() {
    submitter.stop();
    reader.stop();
  }

  /**
   * Tells whether the subscription is to be asked for now. What is outstanding under an id that the
   * server no longer knows has to be answered first: otherwise it might come back as somebody
   * else's.
   */
  boolean isToSubscribe() {
    return reader.isIdle()
        && (submitter.isDecided()
            || (!resync && copy.outstanding().filter(sent -> author.made(sent.id())).isPresent()));
  }

  /** Returns the revision to subscribe from; empty if the whole state is wanted. */
  OptionalLong subscribeFrom() {
    return copy.isKnown() && !resync ? OptionalLong.of(copy.revision()) : OptionalLong.empty();
  }

  /** Returns the number of the oldest message that waits for an answer; the greatest if none. */
  long oldestUnanswered() {
    long submitted = submitter.unanswered();
    long asked = reader.oldestUnanswered();
    return Math.min(
        submitted == 0 ? Long.MAX_VALUE : submitted, asked == 0 ? Long.MAX_VALUE : asked);
  }

  // What the application does.

  void edit(O operation) {
    requireOpen();
    if (audience.view().permission().compareTo(Permission.WRITE) < 0) {
      throw new ClientException(ClientException.READ_ONLY, "the user may not edit the document");
    }
    copy.edit(operation);
    advance();
  }

  void wish(Proposal proposal, CompletableFuture<Void> done) {
    requireOpen();
    copy.wish(new LifeCycle(proposal, done));
    advance();
  }

  private void requireOpen() {
    if (closed || !closing.isEmpty()) {
      throw new IllegalStateException("the document is closed");
    }
  }

  void sync(CompletableFuture<Void> synced) {
    if (closed) {
      audience.fail(synced, documentClosed());
    } else {
      reader.sync(synced);
    }
  }

  void whenSaved(CompletableFuture<Void> saved) {
    audience.whenSaved(saved);
  }

  /** Closes the document as soon as everything is saved. */
  void close(CompletableFuture<Void> done) {
    if (closed) {
      audience.complete(done);
    } else {
      closing.add(done);
      advance();
    }
  }

  /** Closes the document now. */
  void abandon() {
    if (closed) {
      return;
    }
    closed = true;
    reader.giveUp();
    reader.stop();
    submitter.stop();
    boolean unsaved = copy.isUnsaved();
    copy.close();
    reader.endSyncs().forEach(stage -> audience.fail(stage, documentClosed()));
    for (CompletableFuture<Void> done : closing) {
      if (unsaved) {
        audience.fail(done, documentClosed());
      } else {
        audience.complete(done);
      }
    }
    whenClosed.run();
  }

  private static ClientException documentClosed() {
    return new ClientException(ClientException.DOCUMENT_CLOSED, "the document was closed");
  }

  /** Does what can be done next. Called whenever something has changed. */
  private void advance() {
    if (closed) {
      return;
    }
    if (resync && submitter.isDecided()) {
      reader.askWholeState();
    }
    if (isToSubscribe()) {
      reader.subscribe();
    }
    submitter.submit(reader.isSubscribed() && !resync && copy.isKnown());
    if (!closing.isEmpty() && !copy.isUnsaved()) {
      abandon();
    }
  }

  // Answers to submissions.

  /** The server refused a submission, or could not decide on it. */
  void onSubmissionFailed(long sequence, ErrorReply reply) {
    if (copy.outstanding().filter(sent -> sent.id().sequence() == sequence).isEmpty()) {
      return; // it was handed back to the application meanwhile
    }
    WireError error = reply.error();
    switch (Verdict.of(reply)) {
      case LATER -> {
        if (submitter.pause() == 1) {
          audience.failed(new ServerException(error));
        }
      }
      case REFUSED -> {
        submitter.settled();
        copy.reject(error);
      }
      case CATCH_UP -> {
        if (copy.isWishOutstanding()) {
          wishFailed(error);
        } else {
          submitter.refusedUnlessDeleted(error);
          reader.catchUp();
        }
      }
      case RESYNC -> goOnFrom(reply);
    }
    advance();
  }

  /** Somebody else was first: looks how the document is now. */
  private void wishFailed(WireError error) {
    submitter.settled();
    if (copy.isLive() && error.code().equals(ErrorCodes.DOCUMENT_ALREADY_CREATED)) {
      copy.reject(error); // what was to be deleted is gone, this is another one
    } else {
      copy.submitWishAgain();
      resync = true;
      submitter.pause();
    }
  }

  private void goOnFrom(ErrorReply reply) {
    resync = true;
    if (copy.isWishOutstanding()) {
      submitter.settled();
      copy.submitWishAgain();
      return;
    }
    submitter.answered(reply.fate().orElse(Fate.UNKNOWN));
    reply.snapshot().ifPresent(this::goOnFrom);
  }

  private void committed(Submission submission, long baseRevision) {
    if (baseRevision != copy.revision()) {
      submitter.answered(Fate.COMMITTED);
      if (baseRevision > copy.revision()) {
        reader.catchUp();
      } else {
        resync = true; // it came back unrecognised
      }
      return;
    }
    submitter.acknowledged();
    if (copy.isWishOutstanding()) {
      copy.fulfil(baseRevision);
    } else {
      copy.acknowledge(submission.id());
    }
  }

  /** The server says what the user may do from now on. */
  void onAccess(Permission permission) {
    audience.permitted(permission);
    if (permission == Permission.NONE) {
      reader.onWithdrawn();
    }
    advance();
  }

  // Entries.

  void onEntry(Committed entry) {
    reader.noteEntry(entry.version());
    Optional<Submission> outstanding = copy.outstanding();
    if (outstanding.isPresent() && isSame(outstanding.get(), entry)) {
      committed(outstanding.get(), entry.version());
    } else if (copy.isKnown() && entry.version() == copy.revision()) {
      receive(entry);
    } else if (entry.version() > copy.revision()) {
      reader.catchUp();
    }
    advance();
  }

  private static boolean isSame(Submission submission, Committed entry) {
    return submission.id().sequence() == entry.sequence()
        && submission.id().client().value().equals(entry.source());
  }

  private void receive(Committed entry) {
    if (entry.change() == Change.None.NONE && author.isNamed(entry.source())) {
      resync = true; // what was given up here was committed after all
      return;
    }
    try {
      copy.receive(entry);
      if (copy.outstanding().isEmpty()) {
        submitter.settled(); // it was handed back to the application
      }
    } catch (RuntimeException e) {
      audience.failed(unreadable(e));
      resync = true;
    }
  }

  private static CollabException unreadable(RuntimeException cause) {
    return cause instanceof CollabException known
        ? known
        : new ClientException(
            ClientException.DOCUMENT_UNREADABLE, "the document's type failed", cause);
  }

  // What the reader found.

  @Override
  public long revision() {
    return copy.revision();
  }

  @Override
  public void read(DocumentState state) {
    try {
      copy.adopt(state, submitter.fate());
      resync = false;
      submitter.settled();
    } catch (RuntimeException e) {
      CollabException error = unreadable(e);
      audience.failed(error);
      audience.unavailable(error);
      reader.giveUp();
    }
  }

  @Override
  public void caughtUp() {
    // a server that is in a hurry drops entries; the deletion may be among them
    if (copy.outstanding().isPresent() && !reader.isBehind()) {
      submitter.takeUnsettled().ifPresent(this::settle);
    }
    advance();
  }

  @Override
  public void proceed() {
    advance();
  }

  private void settle(WireError error) {
    if (error.code().equals(ErrorCodes.NO_OPERATION)) {
      copy.dropOutstanding();
    } else {
      copy.reject(error);
    }
  }

  @Override
  public void tooFarBehind(Optional<DocumentState> state) {
    resync = true;
    if (submitter.isDecided()) {
      state.ifPresent(this::goOnFrom);
    }
    advance();
  }

  /** Goes on from a state that did not come with a subscription: entries may follow it. */
  private void goOnFrom(DocumentState state) {
    read(state);
    if (reader.isSubscribed()) {
      reader.catchUp();
    }
  }

  @Override
  public void failedForNow(CollabException error) {
    audience.failed(error);
  }

  @Override
  public void refused(CollabException error, boolean silently) {
    if (!silently) {
      audience.failed(error);
    }
    audience.unavailable(error);
  }
}
