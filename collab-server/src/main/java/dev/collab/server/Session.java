package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.AnnouncedLimits;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.Change;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.RefusedRequest;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client: reads its frames, hands requests to the documents' hosts and sends
 * the answers. A bad message harms nothing but itself.
 *
 * <p>Frames come in serially; answers come from the hosts' executors.
 */
final class Session implements ConnectionListener {

  private static final Logger LOGGER = System.getLogger(Session.class.getName());

  static final CloseReason REPLACED = new CloseReason(4009, "a newer connection took over");
  static final CloseReason RESTART = new CloseReason(1012, "come back");
  static final CloseReason NO_HANDSHAKE = new CloseReason(4001, "no handshake");

  /** How long a connection may exist before it has shaken hands. */
  static final Duration HANDSHAKE_TIME = Duration.ofSeconds(5);

  /** How long a frame may be before the handshake, in UTF-16 code units. */
  static final int HANDSHAKE_FRAME = 4 * 1024;

  private final Connection connection;
  private final ServerContext context;
  private final Sessions sessions;
  private final HostDirectory hosts;
  private final Outbox outbox;
  private final Set<DocumentId> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waitingSubmissions = new AtomicInteger();
  private final AtomicInteger waitingReads = new AtomicInteger();

  private volatile JsonCodec codec;
  private volatile @Nullable Identity identity;
  private volatile boolean closed;
  private boolean extended;

  Session(Connection connection, ServerContext context, Sessions sessions, HostDirectory hosts) {
    this.connection = connection;
    this.context = context;
    this.sessions = sessions;
    this.hosts = hosts;
    this.outbox = new Outbox(connection, context.limits().maxQueuedFrames());
    this.codec = new JsonCodec(context.limits().wire(), Dialect.BASE);
  }

  /** Begins to wait for the handshake. */
  void begin() {
    context
        .scheduler()
        .schedule(
            HANDSHAKE_TIME,
            () -> {
              if (identity == null && !closed) {
                close(NO_HANDSHAKE);
              }
            });
  }

  @Override
  public void onFrame(String frame) {
    if (closed) {
      return; // what a newer connection of the client has sent again must not follow it
    }
    if (identity == null && frame.length() > HANDSHAKE_FRAME) {
      onOversizedFrame(HANDSHAKE_FRAME);
      return;
    }
    try {
      for (ClientMessage message : codec.decodeClientFrame(frame)) {
        handle(message);
      }
    } catch (ProtocolException e) {
      send(ErrorReply.of(e));
    }
  }

  @Override
  public void onOversizedFrame(int limit) {
    send(
        ErrorReply.of(
            new ProtocolException(
                ErrorCodes.FRAME_TOO_LARGE, "a frame is longer than the limit " + limit)));
  }

  @Override
  public void onDrained() {
    outbox.drain();
  }

  @Override
  public void onClosed(CloseReason reason) {
    closed = true;
    outbox.close(reason);
    sessions.remove(this);
    subscriptions.forEach(document -> hosts.existing(document).ifPresent(this::leave));
  }

  private void handle(ClientMessage message) {
    try {
      if (message instanceof HandshakeRequest handshake) {
        shakeHands(handshake);
      } else if (message instanceof RefusedRequest refused) {
        send(ErrorReply.of(refused.error()));
      } else if (identity == null) {
        refuse(message, ErrorCodes.HANDSHAKE_REQUIRED, "the first message is a handshake");
      } else {
        dispatch(message);
      }
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a message of kind " + message.kind() + " could not be handled", e);
      refuse(message, ErrorCodes.UNKNOWN, "the server failed to handle the message");
    }
  }

  private void dispatch(ClientMessage message) {
    switch (message.kind()) {
      case FETCH -> read((DocumentRequest) message, false);
      case SUBSCRIBE -> read((DocumentRequest) message, true);
      case UNSUBSCRIBE -> {
        DocumentRequest request = (DocumentRequest) message;
        unsubscribe(new DocumentId(request.collection(), request.document()));
        send(new ServerMessage.Done(message.kind(), request.collection(), request.document()));
      }
      case BULK_FETCH -> bulkRead((BulkRequest) message, false);
      case BULK_SUBSCRIBE -> bulkRead((BulkRequest) message, true);
      case BULK_UNSUBSCRIBE -> {
        BulkRequest request = (BulkRequest) message;
        for (String document : request.documents()) {
          unsubscribe(new DocumentId(request.collection(), document));
        }
        send(BulkRead.done(request));
      }
      case SUBMIT -> submit((SubmitRequest) message);
      case PING -> send(ServerMessage.Pong.PONG);
      case AUTHENTICATE,
          PRESENCE_SUBSCRIBE,
          PRESENCE_UNSUBSCRIBE,
          PRESENCE,
          CHAT_SUBSCRIBE,
          CHAT_UNSUBSCRIBE,
          CHAT_SUBMIT,
          CHAT_HISTORY,
          CHAT_TYPING,
          CHAT_READ ->
          refuse(message, ErrorCodes.ACTION_NOT_SUPPORTED, "this server does not offer it");
      case HANDSHAKE, REFUSED -> throw new IllegalStateException("handled before");
    }
  }

  private void shakeHands(HandshakeRequest handshake) {
    if (handshake.protocol() != JsonCodec.PROTOCOL) {
      refuse(
          handshake,
          ErrorCodes.PROTOCOL_NOT_SUPPORTED,
          "protocol " + handshake.protocol() + " is not " + JsonCodec.PROTOCOL);
      return;
    }
    Identity known = identity;
    if (known == null) {
      known = Identity.of(connection.peer().principal(), handshake.id(), context.random());
      extended = handshake.extension() >= JsonCodec.EXTENSION;
      codec = new JsonCodec(context.limits().wire(), extended ? Dialect.EXTENDED : Dialect.BASE);
      identity = known;
      sessions.add(this);
    }
    send(
        extended
            ? HandshakeReply.extended(known.secret(), AnnouncedLimits.of(context.limits().wire()))
            : HandshakeReply.base(known.secret()));
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
    hosts
        .host(document)
        .read(
            this,
            request.version(),
            subscribe,
            outcome -> {
              if (outcome instanceof ReadOutcome.Failed
                  || outcome instanceof ReadOutcome.TooFarBehind) {
                notRead(document, subscribe);
              }
              answered(waitingReads, readAnswer(request, outcome));
            });
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

  private void bulkRead(BulkRequest request, boolean subscribe) {
    if (mayWait(request, waitingReads, "reads")) {
      new BulkRead(this, request, subscribe, context.limits().maxQueuedFrames() / 2).start();
    }
  }

  /** Counts one more request that waits, or refuses it if there are too many. */
  private boolean mayWait(ClientMessage request, AtomicInteger waiting, String what) {
    int limit = context.limits().maxWaitingSubmissions();
    if (waiting.get() >= limit) {
      refuse(request, ErrorCodes.RATE_EXCEEDED, "more than " + limit + " " + what + " wait");
      return false;
    }
    waiting.incrementAndGet();
    return true;
  }

  /** Answers a request that was counted as waiting. */
  private void answered(AtomicInteger waiting, ServerMessage answer) {
    String frame = codec.encode(answer);
    waiting.decrementAndGet();
    outbox.send(frame);
  }

  static WireError tooFarBehind() {
    return new WireError(ErrorCodes.OPERATIONS_NOT_FOUND, "entries behind the version are gone");
  }

  /** Notes a subscription; returns false if there are too many. */
  boolean track(DocumentId document) {
    if (subscriptions.contains(document)) {
      return true;
    }
    return subscriptions.size() < context.limits().maxSubscriptions()
        && subscriptions.add(document);
  }

  WireError tooManySubscriptions() {
    return new WireError(
        ErrorCodes.TOO_MANY_SUBSCRIPTIONS,
        "more than " + context.limits().maxSubscriptions() + " subscriptions");
  }

  /** A read failed: the session is not subscribed by it. */
  void notRead(DocumentId document, boolean subscribe) {
    if (subscribe) {
      unsubscribe(document);
    }
  }

  private void unsubscribe(DocumentId document) {
    if (subscriptions.remove(document)) {
      hosts.existing(document).ifPresent(this::leave);
    }
  }

  private void leave(DocumentHost host) {
    host.unsubscribe(this);
  }

  DocumentHost host(DocumentId document) {
    return hosts.host(document);
  }

  private void submit(SubmitRequest request) {
    Identity author = known();
    if (request.source().filter(source -> !source.equals(author.secret())).isPresent()) {
      refuse(request, ErrorCodes.SOURCE_NOT_OWNED, "src is not the id of this connection");
      return;
    }
    long base = request.version().orElse(Submission.HEAD);
    Submission submission =
        new Submission(
            new OperationId(author.clientId(), request.sequence()),
            base,
            // no more than a hint: one that cannot be right is not worth refusing somebody's typing
            Math.min(base, request.seen().orElse(base)),
            proposal(request.change()));
    if (mayWait(request, waitingSubmissions, "submissions")) {
      hosts
          .host(new DocumentId(request.collection(), request.document()))
          .submit(new PendingSubmission(this, request, submission));
    }
  }

  private static Proposal proposal(Change change) {
    return switch (change.kind()) {
      case EDIT -> new Proposal.EncodedEdit(((Change.Edit) change).operation());
      case CREATE -> {
        Change.Create create = (Change.Create) change;
        yield new Proposal.Create(create.type(), create.data());
      }
      case DELETE -> new Proposal.Delete();
      case NONE -> throw new IllegalStateException("a submission changes something");
    };
  }

  /** Answers a submission. */
  void decided(ServerMessage answer) {
    answered(waitingSubmissions, answer);
  }

  /** Answers a read of many documents. */
  void bulkAnswered(ServerMessage answer) {
    answered(waitingReads, answer);
  }

  void broadcast(EntryFrame frame) {
    Identity reader = known();
    outbox.broadcast(frame.document(), frame.text(reader.clientId(), reader.secret()));
  }

  void send(ServerMessage message) {
    outbox.send(codec.encode(message));
  }

  private void refuse(ClientMessage message, String code, String text) {
    send(ErrorReply.of(message.request(), new WireError(code, text)));
  }

  private Identity known() {
    Identity known = identity;
    if (known == null) {
      throw new IllegalStateException("no handshake yet");
    }
    return known;
  }

  String secret() {
    return known().secret();
  }

  Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Tells whether the session wants to hear of a document's entries. */
  boolean wants(DocumentId document) {
    return !closed && subscriptions.contains(document);
  }

  /** Makes the client come back and compare what it has with what stands. */
  void restart() {
    close(RESTART);
  }

  void close(CloseReason reason) {
    closed = true;
    outbox.close(reason);
  }
}
