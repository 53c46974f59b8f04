package dev.collab.server.session;

import dev.collab.presence.User;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Resource;
import dev.collab.server.observe.ConnectionClosed;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.MessageRefused;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.SlowConsumer;
import dev.collab.server.runtime.Observers;
import dev.collab.server.runtime.ServerContext;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client: reads its frames, hands requests to the documents' hosts and sends
 * the answers. A bad message harms nothing but itself.
 *
 * <p>Frames come in serially; answers come from the hosts' executors.
 */
public final class Session implements ConnectionListener {

  public static final CloseReason REPLACED = new CloseReason(4009, "a newer connection took over");
  public static final CloseReason RESTART = new CloseReason(1012, "come back");
  public static final CloseReason NO_HANDSHAKE = new CloseReason(4001, "no handshake");
  public static final CloseReason UNAUTHENTICATED = new CloseReason(4003, "not authenticated");
  public static final CloseReason EXPIRED = new CloseReason(4004, "the token ran out");
  public static final CloseReason FLOOD = new CloseReason(4006, "far more than is granted");
  public static final CloseReason TOO_MANY_CONNECTIONS =
      new CloseReason(4006, "too many connections");
  public static final CloseReason SENT_AWAY = new CloseReason(4005, "sent away");
  public static final CloseReason SILENT = new CloseReason(4007, "no sign of life");

  /** How long a connection may exist before it has shaken hands. */
  public static final Duration HANDSHAKE_TIME = Duration.ofSeconds(5);

  /** How long a frame may be before the handshake, in UTF-16 code units. */
  public static final int HANDSHAKE_FRAME = 4 * 1024;

  private final ServerContext context;
  private final Sessions sessions;
  private final Outbox outbox;
  private final Intake intake;
  private final Excess excess;

  private volatile JsonCodec codec;
  private volatile @Nullable Identity identity;
  private volatile ConnectionInfo info;
  private volatile boolean closed;
  private volatile Instant lastFrame;
  private volatile Instant lastActive;
  private volatile boolean extended;
  private volatile long openedBehind;

  /**
   * Takes over a connection.
   *
   * @param connection the connection
   * @param context what the parts of the server share
   * @param sessions the open sessions, this one included
   * @param parts makes what the session consists of
   */
  public Session(
      Connection connection,
      ServerContext context,
      Sessions sessions,
      Function<Session, Parts> parts) {
    this.context = context;
    this.sessions = sessions;
    this.outbox =
        new Outbox(
            connection,
            context.limits(),
            context.scheduler(),
            context.pool(),
            sessions.budget(),
            new Slowness());
    this.codec = new JsonCodec(context.limits().wire(), Dialect.BASE);
    this.info =
        ConnectionInfo.opened(
            sessions.nextNumber(), connection.peer().principal(), context.clock().instant());
    this.lastFrame = context.clock().instant();
    this.lastActive = lastFrame;
    this.excess = new Excess(context.limits().refusalRate(), lastFrame);
    this.intake = new Intake(this, context, connection.peer(), parts.apply(this));
  }

  /** Begins to wait for the handshake. */
  public void begin() {
    context.scheduler().schedule(HANDSHAKE_TIME, intake::handshakeOver);
  }

  @Override
  public void onFrame(String frame) {
    if (closed) {
      return; // what a newer connection of the client has sent again must not follow it
    }
    lastFrame = context.clock().instant();
    if (identity == null && frame.length() > HANDSHAKE_FRAME) {
      onOversizedFrame(HANDSHAKE_FRAME);
      return;
    }
    try {
      List<ClientMessage> messages = codec.decodeClientFrame(frame);
      if (messages.isEmpty()) {
        exceeded(frame.length()); // an empty batch asks for nothing, which is in vain
        return;
      }
      int length = frame.length() / messages.size();
      for (ClientMessage message : messages) {
        if (isActivity(message.kind())) {
          lastActive = lastFrame;
        }
        intake.take(message, length);
      }
    } catch (ProtocolException e) {
      send(ErrorReply.of(e));
      exceeded(frame.length());
    }
  }

  @Override
  public void onOversizedFrame(int limit) {
    lastFrame = context.clock().instant();
    send(
        ErrorReply.of(
            new ProtocolException(
                ErrorCodes.FRAME_TOO_LARGE, "a frame is longer than the limit " + limit)));
    exceeded(limit);
  }

  @Override
  public void onDrained() {
    outbox.drain();
  }

  @Override
  public void onClosed(CloseReason reason) {
    closed = true;
    outbox.end(reason);
    sessions.remove(this);
    intake.end();
    Duration lasted = Observers.since(info.openedAt(), context.clock());
    context.observers().connectionClosed(new ConnectionClosed(info, reason, lasted));
  }

  /** Tells whether a request shows that the user does something, and not only the client. */
  private static boolean isActivity(ClientMessage.Kind kind) {
    return switch (kind) {
      case SUBMIT, PRESENCE, CHAT_SUBMIT, CHAT_TYPING, CHAT_READ -> true;
      default -> false;
    };
  }

  /** Agrees on what is spoken, from the next frame on. */
  void speak(boolean extension) {
    extended = extension;
    codec = new JsonCodec(context.limits().wire(), dialect());
  }

  private Dialect dialect() {
    return extended ? Dialect.EXTENDED : Dialect.BASE;
  }

  /** Lets a client in; returns false if its user has too many connections. */
  boolean ready(Identity known) {
    if (!sessions.add(this, known.caller())) {
      return false;
    }
    info = info.withPrincipal(known.caller().principal()).ready(known.clientId(), dialect());
    identity = known;
    if (closed) {
      sessions.remove(this); // the connection ended while it was being added
    } else {
      context.observers().connectionReady(info);
      sessions.ready(this);
    }
    return true;
  }

  /** Notes how many events of the control log were known when the connection was opened. */
  public void openedBehind(long events) {
    openedBehind = events;
  }

  /** Returns how many events of the control log were known when the connection was opened. */
  public long openedBehind() {
    return openedBehind;
  }

  /** Goes on with what a newer token tells of the same client. */
  void renew(Caller caller) {
    identity = new Identity(identity().secret(), caller);
    reconsider(resource -> true); // the application may go by what the token says
  }

  /** Lets messages share frames from now on. */
  void batch() {
    outbox.batch();
  }

  /** Sends a message that must not be dropped. */
  public void send(ServerMessage message) {
    sendFrame(encode(message));
    tellOfError(message);
  }

  /** What the client may do with some resources may have changed: it is found out again. */
  public void reconsider(Predicate<Resource> concerned) {
    intake.reconsider(concerned);
  }

  /** Tells observers of an answer that was sent, if it is an error. */
  public void tellOfError(ServerMessage answer) {
    if (answer instanceof ErrorReply reply) {
      context.observers().messageRefused(new MessageRefused(info, reply.error().code()));
    }
  }

  /** Returns the frame of a message in the dialect of this session. */
  public String encode(ServerMessage message) {
    return codec.encode(message);
  }

  /** Sends a frame that must not be dropped. */
  public void sendFrame(String frame) {
    outbox.send(frame);
  }

  /**
   * Sends a broadcast, which may be dropped if a newer one of its stream follows, such as the
   * entries of a document. The newest shows the client that it has to fetch others.
   */
  public void broadcast(Object stream, Frame frame) {
    outbox.broadcast(stream, frame);
  }

  /**
   * Sends a presence behind everything that was sent before. As long as it waits, a newer one of
   * the same key takes its place; it may be dropped, of which {@link Feature#presenceLost} tells.
   */
  public void presence(Object key, Frame frame) {
    outbox.presence(key, frame);
  }

  /** Sends that a presence is gone, in the same way; this is not dropped. */
  public void presenceEnd(Object key, Frame frame) {
    outbox.presenceEnd(key, frame);
  }

  /** Tells whether little waits for the client, so that whoever has much to send may go on. */
  public boolean hasRoom() {
    return outbox.hasRoom();
  }

  /** Has whoever has much to send go on as soon as little waits; never, if the session ends. */
  public void whenRoom(Runnable task) {
    outbox.whenRoom(task);
  }

  /** Answers a request with an error. */
  public void refuse(ClientMessage message, String code, String text) {
    refuse(message, new WireError(code, text));
  }

  /** Answers a request with an error. */
  public void refuse(ClientMessage message, WireError error) {
    send(ErrorReply.of(message.request(), error));
  }

  /** Tells observers that the client asked for more than it is granted, and counts it. */
  public void limited(RateLimited.What what, RateLimited.Action action) {
    context.observers().rateLimited(new RateLimited(info, what, action));
    exceeded(0);
  }

  /** Tells observers that a request waits for its turn, as it may. */
  void delayed(RateLimited.What what) {
    context.observers().rateLimited(new RateLimited(info, what, RateLimited.Action.DELAYED));
  }

  /** Ends the session if it is too often that something was in vain, this one included. */
  void exceeded(int length) {
    if (!excess.isBearable(length, context.clock().instant()) && !closed) {
      close(FLOOD);
      context
          .observers()
          .rateLimited(new RateLimited(info, RateLimited.What.FRAMES, RateLimited.Action.CLOSED));
    }
  }

  /** Returns who the client is. Only requests behind the handshake ask. */
  public Identity identity() {
    Identity known = identity;
    if (known == null) {
      throw new IllegalStateException("no handshake yet");
    }
    return known;
  }

  /** Returns the server's time. */
  public Instant now() {
    return context.clock().instant();
  }

  /** Returns what observers are told of the connection. */
  public ConnectionInfo info() {
    return info;
  }

  /** Returns how the session is now. */
  public ConnectionStatus status() {
    ConnectionStatus.Builder status = ConnectionStatus.builder(info).lastFrameAt(lastFrame);
    outbox.describe(status);
    intake.describe(status);
    return status.build();
  }

  Optional<Identity> knownIdentity() {
    return Optional.ofNullable(identity);
  }

  /** Tells whether the client has been let in. */
  public boolean isReady() {
    return identity != null;
  }

  /** Returns who asks, as the policies see it. Only requests behind the handshake ask. */
  public Caller caller() {
    return identity().caller();
  }

  /** Returns who the user is. Only requests behind the handshake ask. */
  public User user() {
    return identity().user();
  }

  /** Tells whether both sides speak the extension. */
  public boolean isExtended() {
    return extended;
  }

  /** Returns when the last frame came. */
  public Instant lastFrame() {
    return lastFrame;
  }

  /** Returns when the user last did something. */
  public Instant lastActive() {
    return lastActive;
  }

  /** Tells whether the session has ended or is about to. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Ends the session. What was sent before goes first, as far as the connection has room, so that
   * an answer can give the reason.
   */
  public void close(CloseReason reason) {
    closed = true;
    outbox.close(reason);
  }

  /** Looks after a client that does not keep up. */
  private final class Slowness implements Outbox.Watcher {

    @Override
    public void shed(long queued, long dropped) {
      context.observers().slowConsumer(SlowConsumer.shed(info, queued, dropped));
    }

    @Override
    public void tooSlow(long queued) {
      context.observers().slowConsumer(SlowConsumer.closed(info, queued));
    }

    @Override
    public void presenceLost(Set<Object> keys) {
      intake.presenceLost(keys);
    }
  }
}
