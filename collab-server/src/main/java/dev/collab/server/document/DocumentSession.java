package dev.collab.server.document;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.Change;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.Permission;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Resource;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.log.LogHost;
import dev.collab.server.log.LogHosts;
import dev.collab.server.log.Recognition;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.permission.Holder;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Submissions;
import dev.collab.server.runtime.ConflictPolicy;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Identity;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one session does with documents: reads, subscriptions and submissions.
 *
 * <p>Requests come in serially; answers come from the hosts' executors.
 */
public final class DocumentSession implements Feature, Holder {

  /** What a document session handles. */
  public static final Set<ClientMessage.Kind> KINDS =
      Set.of(
          ClientMessage.Kind.FETCH,
          ClientMessage.Kind.SUBSCRIBE,
          ClientMessage.Kind.UNSUBSCRIBE,
          ClientMessage.Kind.BULK_FETCH,
          ClientMessage.Kind.BULK_SUBSCRIBE,
          ClientMessage.Kind.BULK_UNSUBSCRIBE,
          ClientMessage.Kind.SUBMIT);

  private final Session session;
  private final ServerLimits limits;
  private final Permissions permissions;
  private final ConflictPolicy conflicts;
  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final Subscriptions subscriptions;
  private final AtomicInteger waitingSubmissions = new AtomicInteger();
  private final AtomicInteger waitingReads = new AtomicInteger();

  /**
   * Creates what a new session does with documents.
   *
   * @param session the session
   * @param limits what it is granted
   * @param permissions what its client may do
   * @param subscriptions what it is subscribed to
   * @param conflicts what happens in conflicts
   * @param hosts where the documents' hosts are found
   */
  public DocumentSession(
      Session session,
      ServerLimits limits,
      Permissions permissions,
      Subscriptions subscriptions,
      ConflictPolicy conflicts,
      LogHosts<DocumentId, DocumentAudience> hosts) {
    this.session = session;
    this.limits = limits;
    this.permissions = permissions;
    this.subscriptions = subscriptions;
    this.conflicts = conflicts;
    this.hosts = hosts;
    permissions.add(this);
  }

  @Override
  public void handle(Granted granted) {
    ClientMessage message = granted.request();
    switch (message.kind()) {
      case FETCH -> read((DocumentRequest) message, false);
      case SUBSCRIBE -> read((DocumentRequest) message, true);
      case UNSUBSCRIBE -> {
        DocumentRequest request = (DocumentRequest) message;
        unsubscribe(new DocumentId(request.collection(), request.document()));
        session.send(
            new ServerMessage.Done(message.kind(), request.collection(), request.document()));
      }
      case BULK_FETCH -> bulkRead(granted, false);
      case BULK_SUBSCRIBE -> bulkRead(granted, true);
      case BULK_UNSUBSCRIBE -> {
        BulkRequest request = (BulkRequest) message;
        for (String document : request.documents()) {
          unsubscribe(new DocumentId(request.collection(), document));
        }
        session.send(BulkRead.done(request));
      }
      case SUBMIT -> submit(granted);
      default -> throw new IllegalArgumentException("not about documents: " + message.kind());
    }
  }

  @Override
  public void describe(ConnectionStatus.Builder status) {
    status
        .subscriptions(subscriptions.of(Resource.Kind.DOCUMENT).size())
        .addWaitingRequests(waitingSubmissions.get() + waitingReads.get());
  }

  @Override
  public void closed() {
    for (Resource resource : subscriptions.of(Resource.Kind.DOCUMENT)) {
      hosts.existing(((Resource.Document) resource).id()).ifPresent(this::leave);
    }
  }

  private void read(DocumentRequest request, boolean subscribe) {
    DocumentId document = new DocumentId(request.collection(), request.document());
    if (!mayWait(request, waitingReads, "reads")) {
      return;
    }
    if (subscribe && !track(document)) {
      answered(waitingReads, ErrorReply.of(request.request(), tooManySubscriptions()));
      return;
    }
    if (subscribe && !watch(document)) {
      answered(waitingReads, ErrorReply.of(request.request(), Permissions.forbidden()));
      return;
    }
    hosts
        .host(document)
        .whenLoaded(
            new DocumentRead(
                this,
                document,
                request.version(),
                subscribe,
                outcome -> {
                  if (outcome instanceof ReadOutcome.Failed
                      || outcome instanceof ReadOutcome.TooFarBehind) {
                    notRead(document, subscribe);
                  }
                  answered(waitingReads, readAnswer(request, outcome));
                }));
  }

  private static ServerMessage readAnswer(DocumentRequest request, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.State state) {
      return new ServerMessage.State(
          request.kind(),
          request.collection(),
          request.document(),
          DocumentStates.of(state.document()));
    } else if (outcome instanceof ReadOutcome.CaughtUp) {
      return new ServerMessage.Done(request.kind(), request.collection(), request.document());
    } else if (outcome instanceof ReadOutcome.TooFarBehind behind) {
      return ErrorReply.of(request.request(), tooFarBehind())
          .withSnapshot(DocumentStates.of(behind.document()));
    }
    return ErrorReply.of(request.request(), ((ReadOutcome.Failed) outcome).error());
  }

  private void bulkRead(Granted granted, boolean subscribe) {
    if (mayWait(granted.request(), waitingReads, "reads")) {
      new BulkRead(this, granted, subscribe, limits.maxQueuedFrames() / 2).start();
    }
  }

  /** Counts one more request that waits, or refuses it if there are too many. */
  private boolean mayWait(ClientMessage request, AtomicInteger waiting, String what) {
    int limit = limits.maxWaitingSubmissions();
    if (waiting.get() >= limit) {
      session.refuse(
          request, ErrorCodes.RATE_EXCEEDED, "more than " + limit + " " + what + " wait");
      session.limited(RateLimited.What.REQUESTS, RateLimited.Action.REFUSED);
      return false;
    }
    waiting.incrementAndGet();
    return true;
  }

  /** Answers a request that was counted as waiting. */
  private void answered(AtomicInteger waiting, ServerMessage answer) {
    String frame = session.encode(answer);
    waiting.decrementAndGet();
    session.sendFrame(frame);
    session.tellOfError(answer);
  }

  static WireError tooFarBehind() {
    return new WireError(ErrorCodes.OPERATIONS_NOT_FOUND, "entries behind the version are gone");
  }

  /** Notes a subscription; returns false if there are too many. */
  boolean track(DocumentId document) {
    return subscriptions.add(new Resource.Document(document));
  }

  /** Tells the client what it may do; returns false, and forgets the subscription, if nothing. */
  boolean watch(DocumentId document) {
    Resource resource = new Resource.Document(document);
    if (permissions.keeps(resource, Permission.READ)) {
      permissions.watch(resource);
      return true;
    }
    unsubscribe(document);
    return false;
  }

  @Override
  public boolean holds(Resource resource) {
    return resource.kind() == Resource.Kind.DOCUMENT && subscriptions.contains(resource);
  }

  @Override
  public void changed(Resource resource, Permission permission, Runnable ended) {
    if (permission == Permission.NONE
        && resource instanceof Resource.Document document
        && subscriptions.remove(document)) {
      hosts
          .existing(document.id())
          .ifPresentOrElse(
              host ->
                  host.execute(
                      audience -> {
                        audience.remove(this);
                        ended.run();
                      }),
              ended);
    } else {
      ended.run();
    }
  }

  /** Refuses a subscription. */
  WireError tooManySubscriptions() {
    session.limited(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED);
    return subscriptions.tooMany();
  }

  /** A read failed: the session is not subscribed by it. */
  void notRead(DocumentId document, boolean subscribe) {
    if (subscribe) {
      unsubscribe(document);
    }
  }

  private void unsubscribe(DocumentId document) {
    Resource resource = new Resource.Document(document);
    if (subscriptions.remove(resource)) {
      permissions.unwatch(resource);
      hosts.existing(document).ifPresent(this::leave);
    }
  }

  private void leave(LogHost<DocumentAudience> host) {
    host.execute(audience -> audience.remove(this));
  }

  LogHost<DocumentAudience> host(DocumentId document) {
    return hosts.host(document);
  }

  private void submit(Granted granted) {
    SubmitRequest request = (SubmitRequest) granted.request();
    Identity author = session.identity();
    if (request.source().filter(source -> !source.equals(author.secret())).isPresent()) {
      session.refuse(request, ErrorCodes.SOURCE_NOT_OWNED, "src is not the id of this connection");
      return;
    }
    if (!mayWait(request, waitingSubmissions, "submissions")) {
      return;
    }
    DocumentId document = new DocumentId(request.collection(), request.document());
    Resource resource = new Resource.Document(document);
    DocumentSubmission submission =
        new DocumentSubmission(
            this,
            request,
            Submissions.of(request, author.clientId()),
            new Corrections(document, conflicts, new Amendments(granted.amendments())),
            session.now());
    Optional<WireError> refusal = granted.refusal(request.document());
    if (refusal.isEmpty() && permissions.enter(resource, Permission.WRITE)) {
      hosts.host(document).submit(submission);
    } else {
      refuse(document, submission, refusal.orElseGet(Permissions::forbidden));
    }
  }

  /** Refuses a submission, unless it stands in the log: one that is sent again may. */
  private void refuse(DocumentId document, DocumentSubmission submission, WireError error) {
    Resource resource = new Resource.Document(document);
    if (submission.request().source().isPresent() && permissions.enter(resource, Permission.READ)) {
      hosts.host(document).whenLoaded(new Recognition<>(submission, error));
    } else {
      answered(waitingSubmissions, ErrorReply.of(submission.request().request(), error));
    }
  }

  /** Answers a submission; the client may be told of another permission then. */
  void decided(SubmitRequest request, ServerMessage answer) {
    answered(waitingSubmissions, answer);
    permissions.leave(
        new Resource.Document(new DocumentId(request.collection(), request.document())));
  }

  /** Answers a read of many documents. */
  void bulkAnswered(ServerMessage answer) {
    answered(waitingReads, answer);
  }

  void broadcast(EntryFrame frame) {
    Identity reader = session.identity();
    session.broadcast(frame.document(), frame.of(reader.clientId(), reader.secret()));
  }

  /** Tells whether little waits for the client. */
  boolean hasRoom() {
    return session.hasRoom();
  }

  /** Goes on when little waits for the client. */
  void whenRoom(Runnable task) {
    session.whenRoom(task);
  }

  /** Tells whether the client can be told that a history was replaced. */
  boolean knowsEpochs() {
    return session.isExtended();
  }

  /** Tells the client that the document is deleted at the version that it has. */
  void endHistory(DocumentId document, long version) {
    session.send(
        new ServerMessage.Committed(
            document.collection(), document.id(), version, "", 0, Change.Delete.DELETE));
  }

  String secret() {
    return session.identity().secret();
  }

  /** Tells whether the session wants to hear of a document's entries. */
  boolean wants(DocumentId document) {
    return !session.isClosed() && subscriptions.contains(new Resource.Document(document));
  }

  ClientId clientId() {
    return session.identity().clientId();
  }

  /** Makes the client come back and compare what it has with what stands. */
  void restart() {
    session.close(Session.RESTART);
  }
}
