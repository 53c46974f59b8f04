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
import dev.collab.protocol.Permission;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Broadcast;
import dev.collab.server.access.Resource;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.log.Recognition;
import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.permission.Holder;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Submissions;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.runtime.TokenBucket;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Identity;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What one session does with chat rooms.
 *
 * <p>Requests come in serially; answers come from the hosts' executors.
 */
public final class ChatSession implements Feature, Holder {

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
  private final Permissions permissions;
  private final Subscriptions subscriptions;
  private final ChatRooms rooms;
  private final AtomicInteger waiting = new AtomicInteger();
  private final TokenBucket bucket;

  /**
   * Creates what a new session does with chat rooms.
   *
   * @param session the session
   * @param context what the parts of the server share
   * @param permissions what its client may do
   * @param subscriptions what it is subscribed to
   * @param rooms the rooms of this server
   */
  public ChatSession(
      Session session,
      ServerContext context,
      Permissions permissions,
      Subscriptions subscriptions,
      ChatRooms rooms) {
    this.session = session;
    this.context = context;
    this.permissions = permissions;
    this.subscriptions = subscriptions;
    this.rooms = rooms;
    this.bucket = TokenBucket.of(context.limits().chatRate(), context.clock().instant());
    permissions.add(this);
  }

  @Override
  public void handle(Granted granted) {
    ClientMessage request = granted.request();
    switch (request.kind()) {
      case CHAT_SUBSCRIBE -> subscribe((ChatRoomRequest) request);
      case CHAT_UNSUBSCRIBE -> unsubscribe((ChatRoomRequest) request);
      case CHAT_SUBMIT -> submit(granted);
      case CHAT_HISTORY -> history((ChatHistoryRequest) request);
      case CHAT_TYPING -> typing((ChatTypingRequest) request);
      case CHAT_READ -> read((ChatReadRequest) request);
      default -> throw new IllegalArgumentException("not about chat: " + request.kind());
    }
  }

  @Override
  public void describe(ConnectionStatus.Builder status) {
    status.rooms(subscriptions.of(Resource.Kind.ROOM).size()).addWaitingRequests(waiting.get());
  }

  private void subscribe(ChatRoomRequest request) {
    Resource room = new Resource.Room(request.room());
    if (!subscriptions.admits(room)) {
      session.refuse(request, subscriptions.tooMany());
      session.limited(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED);
      return;
    }
    if (mayWait(request)) {
      subscriptions.add(room);
      if (!permissions.keeps(room, Permission.READ)) {
        subscriptions.remove(room);
        decided(ErrorReply.of(request.request(), Permissions.forbidden()));
        return;
      }
      permissions.watch(room);
      rooms.host(request.room()).whenLoaded(RoomRead.of(this, request));
    }
  }

  /** A subscription failed. */
  void notSubscribed(ChatRoomRequest request, WireError error) {
    forget(request.room());
    decided(ErrorReply.of(request.request(), error));
  }

  private void unsubscribe(ChatRoomRequest request) {
    forget(request.room());
    session.send(ChatNotice.Done.unsubscribed(request.room()));
  }

  private void forget(String room) {
    Resource resource = new Resource.Room(room);
    if (subscriptions.remove(resource)) {
      permissions.unwatch(resource);
      leave(room, () -> {});
    }
  }

  @Override
  public boolean holds(Resource resource) {
    return resource.kind() == Resource.Kind.ROOM && subscriptions.contains(resource);
  }

  @Override
  public void changed(Resource resource, Permission permission, Runnable ended) {
    if (permission == Permission.NONE
        && resource instanceof Resource.Room room
        && subscriptions.remove(room)) {
      leave(room.name(), ended);
    } else {
      ended.run();
    }
  }

  private void leave(String room, Runnable left) {
    rooms
        .existing(room)
        .ifPresentOrElse(
            host ->
                host.execute(
                    audience -> {
                      audience.remove(this);
                      left.run();
                    }),
            left);
  }

  private void submit(Granted granted) {
    ChatSubmitRequest request = (ChatSubmitRequest) granted.request();
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
    Resource room = new Resource.Room(request.room());
    Proposal proposal;
    try {
      ChatAct act = ChatAct.of(session.user(), now, ChatWire.readEvent(request.event()));
      ChatAct allowed = permissions.allows(room, Permission.MANAGE) ? act.asModerator() : act;
      proposal = new Proposal.EncodedEdit(ChatType.CHAT.encodeOperation(ChatOperation.of(allowed)));
    } catch (InvalidOperationException e) {
      session.refuse(request, e.code(), String.valueOf(e.getMessage()));
      return;
    }
    if (!mayWait(request)) {
      return;
    }
    OperationId id = new OperationId(author.clientId(), request.sequence());
    ChatSubmission submission =
        new ChatSubmission(this, request, Submission.of(id, Submission.HEAD, proposal), rooms);
    Optional<WireError> refusal = granted.refusal(request.room());
    if (refusal.isEmpty() && permissions.enter(room, Submissions.needed(request))) {
      rooms.host(request.room()).whenLoaded(submission);
    } else {
      refuse(room, submission, refusal.orElseGet(Permissions::forbidden));
    }
  }

  /** Refuses an event, unless it stands in the log: one that is sent again may. */
  private void refuse(Resource room, ChatSubmission submission, WireError error) {
    ChatSubmitRequest request = submission.request();
    if (request.source().isPresent() && permissions.enter(room, Permission.READ)) {
      rooms.host(request.room()).whenLoaded(new Recognition<>(submission, error));
    } else {
      decided(ErrorReply.of(request.request(), error));
    }
  }

  private void history(ChatHistoryRequest request) {
    if (mayWait(request)) {
      readPage(request);
    }
  }

  private void readPage(ChatHistoryRequest request) {
    whenLoaded(
        request,
        log -> {
          if (session.hasRoom()) {
            decided(request.limit(), most -> page(request, most, log.document()));
          } else {
            session.whenRoom(() -> readPage(request));
          }
        });
  }

  private static ServerMessage page(ChatHistoryRequest request, int most, Document document) {
    ChatRoom room = RoomEntries.room(document);
    ChatPage page;
    if (request.before().isPresent()) {
      page = ChatHistory.before(room, request.before().getAsLong(), most);
    } else if (request.after().isPresent()) {
      page = ChatHistory.after(room, request.after().getAsLong(), most);
    } else {
      page = ChatHistory.newest(room, most);
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

  /** Answers an event; the client may be told of another permission then. */
  void decided(ChatSubmitRequest request, ServerMessage answer) {
    decided(answer);
    permissions.leave(new Resource.Room(request.room()));
  }

  /**
   * Answers a request that was counted as waiting with as many messages as are wanted, or fewer if
   * they make up more than half of what may wait for the client.
   *
   * @param answer makes the answer with so many messages at most
   */
  void decided(int wanted, IntFunction<ServerMessage> answer) {
    int most = wanted;
    ServerMessage message = answer.apply(most);
    String frame = session.encode(message);
    while (most > 1 && frame.length() > context.limits().maxQueuedFrames() / 2) {
      most /= 2;
      message = answer.apply(most);
      frame = session.encode(message);
    }
    decided(message, frame);
  }

  /** Answers a request that was counted as waiting. */
  void decided(ServerMessage answer) {
    decided(answer, session.encode(answer));
  }

  private void decided(ServerMessage answer, String frame) {
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
    return !session.isClosed() && subscriptions.contains(new Resource.Room(room));
  }

  User user() {
    return session.user();
  }

  void send(ServerMessage message) {
    session.send(message);
  }

  /** Tells whether little waits for the client. */
  boolean hasRoom() {
    return session.hasRoom();
  }

  /** Has a room's host go on with a request when little waits for the client. */
  void whenRoom(String room, LogRequest<RoomAudience> request) {
    session.whenRoom(() -> rooms.host(room).whenLoaded(request));
  }

  /** Tells whether the application's filter lets the client hear of something. */
  boolean hears(Broadcast what) {
    return context.filter().isOpen() || context.filter().delivers(session.caller(), what);
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
    for (Resource resource : subscriptions.of(Resource.Kind.ROOM)) {
      leave(((Resource.Room) resource).name(), () -> {});
    }
  }
}
