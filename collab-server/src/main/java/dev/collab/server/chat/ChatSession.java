package dev.collab.server.chat;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatHistory;
import dev.collab.chat.ChatOperation;
import dev.collab.chat.ChatPage;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatType;
import dev.collab.chat.ChatWire;
import dev.collab.document.Document;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import dev.collab.protocol.ChatHistoryRequest;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ChatReadRequest;
import dev.collab.protocol.ChatRequest;
import dev.collab.protocol.ChatRoomRequest;
import dev.collab.protocol.ChatSubmitRequest;
import dev.collab.protocol.ChatTypingRequest;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.runtime.TokenBucket;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Identity;
import dev.collab.server.session.Session;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What one session does with chat rooms.
 *
 * <p>Requests come in serially; answers come from the hosts' executors.
 */
public final class ChatSession implements Feature {

  /** What a chat session handles. */
  public static final Set<ClientMessage.Kind> KINDS =
      Set.of(
          ClientMessage.Kind.CHAT_SUBSCRIBE,
          ClientMessage.Kind.CHAT_UNSUBSCRIBE,
          ClientMessage.Kind.CHAT_SUBMIT,
          ClientMessage.Kind.CHAT_HISTORY,
          ClientMessage.Kind.CHAT_TYPING,
          ClientMessage.Kind.CHAT_READ);

  private final Session session;
  private final ServerContext context;
  private final ChatRooms rooms;
  private final Predicate<String> moderates;
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final TokenBucket bucket;

  /**
   * Creates what a new session does with chat rooms.
   *
   * @param session the session
   * @param context what the parts of the server share
   * @param rooms the rooms of this server
   * @param moderates tells whether the user may act on what others wrote in a room
   */
  public ChatSession(
      Session session, ServerContext context, ChatRooms rooms, Predicate<String> moderates) {
    this.session = session;
    this.context = context;
    this.rooms = rooms;
    this.moderates = moderates;
    this.bucket = TokenBucket.of(context.limits().chatRate(), context.clock().instant());
  }

  @Override
  public void handle(Granted granted) {
    ClientMessage request = granted.request();
    switch (request.kind()) {
      case CHAT_SUBSCRIBE -> subscribe((ChatRoomRequest) request);
      case CHAT_UNSUBSCRIBE -> unsubscribe((ChatRoomRequest) request);
      case CHAT_SUBMIT -> submit((ChatSubmitRequest) request);
      case CHAT_HISTORY -> history((ChatHistoryRequest) request);
      case CHAT_TYPING -> typing((ChatTypingRequest) request);
      case CHAT_READ -> read((ChatReadRequest) request);
      default -> throw new IllegalArgumentException("not about chat: " + request.kind());
    }
  }

  @Override
  public void describe(ConnectionStatus.Builder status) {
    status.rooms(subscriptions.size()).addWaitingRequests(waiting.get());
  }

  private void subscribe(ChatRoomRequest request) {
    int limit = context.limits().maxSubscriptions();
    if (!subscriptions.contains(request.room()) && subscriptions.size() >= limit) {
      session.refuse(
          request, ErrorCodes.TOO_MANY_SUBSCRIPTIONS, "more than " + limit + " subscriptions");
      session.limited(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED);
      return;
    }
    if (mayWait(request)) {
      subscriptions.add(request.room());
      long version = request.version().orElse(0);
      whenLoaded(
          request,
          log -> {
            if (version > log.document().revision() && !log.isCaughtUp()) {
              log.catchUp();
            } else {
              decided(log.audience().subscribe(this, request, log.document()));
            }
          });
    }
  }

  private void unsubscribe(ChatRoomRequest request) {
    if (subscriptions.remove(request.room())) {
      leave(request.room());
    }
    session.send(ChatNotice.Done.unsubscribed(request.room()));
  }

  private void leave(String room) {
    rooms
        .existing(room)
        .ifPresent(
            host ->
                host.whenLoaded(
                    new LogRequest<>() {
                      @Override
                      public void run(Loaded<RoomAudience> log) {
                        log.audience().remove(ChatSession.this);
                      }

                      @Override
                      public void fail(WireError error) {
                        // there is no audience any more
                      }
                    }));
  }

  private void submit(ChatSubmitRequest request) {
    Identity author = session.identity();
    if (request.source().filter(source -> !source.equals(author.secret())).isPresent()) {
      session.refuse(request, ErrorCodes.SOURCE_NOT_OWNED, "src is not the id of this connection");
      return;
    }
    Instant now = context.clock().instant();
    if (!bucket.tryTake(now)) {
      session.send(
          ErrorReply.of(
              request.request(),
              new WireError(ErrorCodes.RATE_EXCEEDED, "too many events in a short time")
                  .withRetryAfter(bucket.untilNext(now))));
      session.limited(RateLimited.What.CHAT, RateLimited.Action.REFUSED);
      return;
    }
    Proposal proposal;
    try {
      ChatAct act = ChatAct.of(session.user(), now, ChatWire.readEvent(request.event()));
      ChatAct allowed = moderates.test(request.room()) ? act.asModerator() : act;
      proposal = new Proposal.EncodedEdit(ChatType.CHAT.encodeOperation(ChatOperation.of(allowed)));
    } catch (InvalidOperationException e) {
      session.refuse(request, e.code(), String.valueOf(e.getMessage()));
      return;
    }
    if (mayWait(request)) {
      Submission submission =
          new Submission(
              new OperationId(author.clientId(), request.sequence()),
              Submission.HEAD,
              Submission.HEAD,
              proposal);
      rooms.host(request.room()).whenLoaded(new ChatSubmission(this, request, submission, rooms));
    }
  }

  private void history(ChatHistoryRequest request) {
    if (mayWait(request)) {
      whenLoaded(request, log -> decided(page(request, log.document())));
    }
  }

  private static ServerMessage page(ChatHistoryRequest request, Document document) {
    ChatRoom room = RoomEntries.room(document);
    ChatPage page;
    if (request.before().isPresent()) {
      page = ChatHistory.before(room, request.before().getAsLong(), request.limit());
    } else if (request.after().isPresent()) {
      page = ChatHistory.after(room, request.after().getAsLong(), request.limit());
    } else {
      page = ChatHistory.newest(room, request.limit());
    }
    return new ChatNotice.Page(
        request.room(), request.number(), ChatWire.messages(page.messages()), page.more());
  }

  private void typing(ChatTypingRequest request) {
    if (mayWait(request)) {
      whenLoaded(
          request,
          log -> {
            if (wants(request.room())) {
              log.audience().typing(this, request.isTyping(), log);
            }
            decided(new ChatNotice.TypingDone(request.room()));
          });
    }
  }

  private void read(ChatReadRequest request) {
    if (mayWait(request)) {
      whenLoaded(
          request,
          log -> {
            log.audience().mark(session.user(), request.read());
            decided(new ChatNotice.Read(request.room(), request.read()));
          });
    }
  }

  private void whenLoaded(ChatRequest request, Consumer<Loaded<RoomAudience>> task) {
    rooms
        .host(request.room())
        .whenLoaded(
            new LogRequest<>() {
              @Override
              public void run(Loaded<RoomAudience> log) {
                task.accept(log);
              }

              @Override
              public void fail(WireError error) {
                decided(ErrorReply.of(request.request(), error));
              }
            });
  }

  /** Counts one more request that waits, or refuses it if there are too many. */
  private boolean mayWait(ClientMessage request) {
    int limit = context.limits().maxWaitingSubmissions();
    if (waiting.get() >= limit) {
      session.refuse(request, ErrorCodes.RATE_EXCEEDED, "more than " + limit + " requests wait");
      session.limited(RateLimited.What.REQUESTS, RateLimited.Action.REFUSED);
      return false;
    }
    waiting.incrementAndGet();
    return true;
  }

  /** Answers a request that was counted as waiting. */
  void decided(ServerMessage answer) {
    String frame = session.encode(answer);
    waiting.decrementAndGet();
    session.sendFrame(frame);
    session.tellOfError(answer);
  }

  /** Tells observers of an event of the client that stands in the room's log. */
  void committed(ChatSubmitRequest request, long version) {
    String kind = request.event().members().keySet().iterator().next();
    context.observers().chatCommitted(new ChatCommitted(request.room(), version, kind));
  }

  boolean wants(String room) {
    return !session.isClosed() && subscriptions.contains(room);
  }

  User user() {
    return session.user();
  }

  void send(ServerMessage message) {
    session.send(message);
  }

  void sendFrame(String frame) {
    session.sendFrame(frame);
  }

  /** Makes the client come back and compare what it has with what stands. */
  void restart() {
    session.close(Session.RESTART);
  }

  @Override
  public void closed() {
    subscriptions.forEach(this::leave);
  }
}
