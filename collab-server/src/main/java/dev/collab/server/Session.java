package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
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
import java.util.Optional;
import java.util.OptionalLong;
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

  private final Connection connection;
  private final ServerContext context;
  private final Sessions sessions;
  private final HostDirectory hosts;
  private final Outbox outbox;
  private final Set<DocumentId> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waitingSubmissions = new AtomicInteger();

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

  @Override
  public void onFrame(String frame) {
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
    outbox.close();
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
      case BULK_FETCH -> new BulkRead(this, (BulkRequest) message, false).start();
      case BULK_SUBSCRIBE -> new BulkRead(this, (BulkRequest) message, true).start();
      case BULK_UNSUBSCRIBE -> {
        BulkRequest request = (BulkRequest) message;
        for (String document : request.documents()) {
          unsubscribe(new DocumentId(request.collection(), document));
        }
        send(BulkRead.done(request));
      }
      case SUBMIT -> submit((SubmitRequest) message);
      case PING -> send(ServerMessage.Pong.PONG);
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
            ? HandshakeReply.extended(
                known.secret(), HandshakeReply.AnnouncedLimits.of(context.limits().wire()))
            : HandshakeReply.base(known.secret()));
  }

  private void read(DocumentRequest request, boolean subscribe) {
    DocumentId document = new DocumentId(request.collection(), request.document());
    if (subscribe && !track(document)) {
      refuse(request, ErrorCodes.TOO_MANY_SUBSCRIPTIONS, subscriptionLimit());
      return;
    }
    hosts
        .host(document)
        .read(
            this,
            request.version(),
            subscribe,
            outcome -> {
              if (outcome instanceof DocumentHost.ReadOutcome.State state) {
                send(
                    new ServerMessage.State(
                        request.kind(),
                        request.collection(),
                        request.document(),
                        DocumentStates.of(state.document())));
              } else if (outcome instanceof DocumentHost.ReadOutcome.CaughtUp) {
                send(
                    new ServerMessage.Done(
                        request.kind(), request.collection(), request.document()));
              } else {
                notRead(document, subscribe);
                send(readError(request, outcome));
              }
            });
  }

  private static ErrorReply readError(DocumentRequest request, DocumentHost.ReadOutcome outcome) {
    if (outcome instanceof DocumentHost.ReadOutcome.TooFarBehind behind) {
      return ErrorReply.of(request.request(), tooFarBehind())
          .withSnapshot(DocumentStates.of(behind.document()));
    }
    return ErrorReply.of(request.request(), ((DocumentHost.ReadOutcome.Failed) outcome).error());
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

  String subscriptionLimit() {
    return "more than " + context.limits().maxSubscriptions() + " subscriptions";
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
    if (waitingSubmissions.get() >= context.limits().maxWaitingSubmissions()) {
      refuse(
          request,
          ErrorCodes.RATE_EXCEEDED,
          "more than " + context.limits().maxWaitingSubmissions() + " submissions wait");
      return;
    }
    waitingSubmissions.incrementAndGet();
    long base = request.version().orElse(Submission.HEAD);
    Submission submission =
        new Submission(
            new OperationId(author.clientId(), request.sequence()),
            base,
            Math.min(base, seen(request.seen(), base)),
            proposal(request.change()));
    hosts
        .host(new DocumentId(request.collection(), request.document()))
        .submit(new PendingSubmission(this, request, submission));
  }

  private static long seen(OptionalLong seen, long base) {
    return seen.isPresent() ? seen.getAsLong() : base;
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
    waitingSubmissions.decrementAndGet();
    send(answer);
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

  boolean isClosed() {
    return closed;
  }

  /** Makes the client come back and compare what it has with what stands. */
  void restart() {
    close(RESTART);
  }

  void close(CloseReason reason) {
    outbox.close();
    connection.close(reason);
  }
}
