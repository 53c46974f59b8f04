package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.protocol.AnnouncedLimits;
import dev.collab.protocol.AuthReply;
import dev.collab.protocol.AuthRequest;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.PingRequest;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireLimits;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import dev.collab.transport.TransportException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the attempt to open it to its end: shakes hands, reads frames, notices when
 * the server is gone. Each connection has a session of its own, so what arrives late from an old
 * one reaches an ended session and is dropped.
 *
 * <p>Confined: callers must serialise calls; the events of the connection are put on the executor.
 */
final class Session implements ConnectionListener {

  private static final Logger LOGGER = System.getLogger(Session.class.getName());

  /** With this code a server sends a user away for good. */
  private static final int KICKED = 4005;

  /** With this code a server says that what is here may not be what stands. */
  private static final int COMPARE_ANEW = 1012;

  private static final CloseReason VIOLATION = new CloseReason(1002, "protocol error");
  private static final CloseReason NO_ANSWER = new CloseReason(4010, "no answer in time");

  private final Settings settings;
  private final Owner owner;
  private JsonCodec codec;
  private State state = State.OPENING;
  private @Nullable Connection connection;
  private @Nullable AnnouncedLimits limits;
  private long sent;
  private boolean watching;
  private long received;
  private long receivedAtBeat;
  private boolean awaitsPong;
  private long sentAtBeat;

  Session(Settings settings, Owner owner) {
    this.settings = settings;
    this.owner = owner;
    this.codec = new JsonCodec(settings.limits(), Dialect.EXTENDED);
  }

  private enum State {
    OPENING,
    SHAKING_HANDS,
    READY,
    ENDED
  }

  /** Is told of the events of a session, and of none after its end. */
  interface Owner {

    /** Hands were shaken. */
    void ready(Session session, HandshakeReply reply);

    /** A message came, behind the handshake. */
    void received(Session session, ServerMessage message);

    /** Returns the number of the oldest message that waits for an answer; any greater if none. */
    long oldestUnanswered();

    /** Something failed, and the session goes on. */
    void failed(CollabException error);

    /** What is here may not be what the server has. */
    void inDoubt();

    /** It is over, and not because {@link Session#close} was called. */
    void ended(Session session, boolean retryable, Optional<CollabException> error);
  }

  void open(Transport transport, Optional<String> id) {
    settings.confinement().later(settings.answerTimeout(), this::checkHandshake);
    CompletableFuture<HandshakeRequest> handshake =
        settings.introduction().handshake(id).toCompletableFuture();
    if (handshake.isDone() && !handshake.isCompletedExceptionally()) {
      connect(transport, handshake.join());
    } else {
      var unused =
          handshake.whenComplete(
              (made, failure) ->
                  settings.confinement().offer(() -> introduced(transport, made, failure)));
    }
  }

  private void introduced(
      Transport transport, @Nullable HandshakeRequest handshake, @Nullable Throwable failure) {
    if (state != State.OPENING) {
      return;
    }
    if (handshake == null) {
      end(CloseReason.GOING_AWAY, true, noToken(failure));
    } else {
      connect(transport, handshake);
    }
  }

  private static ClientException noToken(@Nullable Throwable failure) {
    Throwable cause = failure == null ? new NullPointerException("token") : cause(failure);
    return new ClientException(ClientException.NO_TOKEN, "there is no token", cause);
  }

  private void connect(Transport transport, HandshakeRequest handshake) {
    CompletionStage<Connection> opening;
    try {
      opening = transport.connect(this);
    } catch (RuntimeException e) {
      opening = CompletableFuture.failedStage(e);
    }
    opening.whenComplete(
        (opened, failure) ->
            settings.confinement().offer(() -> opened(handshake, opened, failure)));
  }

  private void opened(
      HandshakeRequest handshake, @Nullable Connection opened, @Nullable Throwable failure) {
    if (opened == null) {
      failed(failure == null ? new NullPointerException("connection") : failure);
    } else if (state != State.OPENING) {
      opened.close(CloseReason.GOING_AWAY);
    } else {
      connection = opened;
      state = State.SHAKING_HANDS;
      send(handshake);
    }
  }

  private void failed(Throwable failure) {
    Throwable cause = cause(failure);
    boolean retryable = !(cause instanceof TransportException known) || known.isRetryable();
    end(
        CloseReason.GOING_AWAY,
        retryable,
        new ClientException(
            ClientException.CONNECTION_FAILED, "no connection could be opened", cause));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void checkHandshake() {
    if (state == State.OPENING || state == State.SHAKING_HANDS) {
      unanswered();
    }
  }

  @Override
  public void onFrame(String frame) {
    settings.confinement().offer(() -> read(frame));
  }

  @Override
  public void onOversizedFrame(int limit) {
    settings
        .confinement()
        .offer(
            () ->
                violated(
                    new ProtocolException(
                        ErrorCodes.FRAME_TOO_LARGE, "a frame is longer than the limit " + limit)));
  }

  @Override
  public void onClosed(CloseReason reason) {
    settings
        .confinement()
        .offer(
            () -> {
              LOGGER.log(Level.DEBUG, "the connection was closed with code {0}", reason.code());
              if (reason.code() == KICKED) {
                end(reason, false, new ClientException(ClientException.KICKED, "sent away"));
              } else {
                if (reason.code() == COMPARE_ANEW) {
                  owner.inDoubt();
                }
                end(reason, true, null);
              }
            });
  }

  private void read(String frame) {
    if (state != State.SHAKING_HANDS && state != State.READY) {
      return;
    }
    received++;
    try {
      for (ServerMessage message : codec.decodeServerFrame(frame)) {
        if (state == State.SHAKING_HANDS) {
          shakeHands(message);
        } else if (message instanceof AuthReply renewed) {
          renewed.expires().ifPresent(this::renewBefore);
        } else if (state == State.READY) {
          owner.received(this, message);
        }
      }
    } catch (ProtocolException e) {
      violated(e);
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a message could not be handled; connecting anew", e);
      violated(new ClientException(ClientException.INTERNAL, "a message could not be handled", e));
    }
  }

  private void shakeHands(ServerMessage message) {
    if (message instanceof HandshakeReply reply) {
      limits = reply.limits().orElse(null);
      if (limits == null) {
        codec = new JsonCodec(settings.limits(), Dialect.BASE);
      }
      state = State.READY;
      beatLater();
      reply.heartbeat().ifPresent(this::showLifeWithin);
      reply.expires().ifPresent(this::renewBefore);
      owner.ready(this, reply);
    } else if (message instanceof ErrorReply refusal) {
      boolean retryable = mayTryAgain(refusal.error().code());
      end(VIOLATION, retryable, new ServerException(refusal.error()));
    }
  }

  /** Tells whether another handshake may succeed that one was refused with this code. */
  private boolean mayTryAgain(String code) {
    return code.equals(ErrorCodes.UNAUTHENTICATED)
        ? settings.introduction().hasTokens()
        : Verdict.mayShakeHandsAgain(code);
  }

  /** Sends a ping whenever a third of the time has passed in which the server wants to hear us. */
  private void showLifeWithin(Duration silence) {
    sentAtBeat = sent;
    settings
        .confinement()
        .later(
            silence.dividedBy(3),
            () -> {
              if (state == State.READY) {
                if (sent == sentAtBeat) {
                  send(PingRequest.of());
                }
                showLifeWithin(silence);
              }
            });
  }

  /** Shows a fresh token when most of the present one's time has passed. */
  private void renewBefore(Duration expiry) {
    if (settings.introduction().hasTokens()) {
      settings.confinement().later(expiry.multipliedBy(3).dividedBy(4), this::renew);
    }
  }

  private void renew() {
    if (state != State.READY) {
      return;
    }
    settings
        .introduction()
        .renewal()
        .whenComplete(
            (renewal, failure) -> settings.confinement().offer(() -> renew(renewal, failure)));
  }

  private void renew(@Nullable AuthRequest renewal, @Nullable Throwable failure) {
    if (state != State.READY) {
      return;
    }
    if (renewal == null) {
      owner.failed(noToken(failure)); // the server ends the connection; the next one asks again
    } else {
      send(renewal);
    }
  }

  /** Looks from time to time whether the server is still there. */
  private void beatLater() {
    Duration interval = settings.keepAlive();
    if (!interval.isZero()) {
      settings.confinement().later(interval, this::beat);
    }
  }

  private void beat() {
    if (state != State.READY) {
      return;
    }
    if (received > receivedAtBeat) {
      receivedAtBeat = received;
      awaitsPong = false;
    } else if (awaitsPong) {
      unanswered();
      return;
    } else {
      awaitsPong = true;
      send(PingRequest.of());
    }
    beatLater();
  }

  /** The server broke the protocol: what it sent cannot be relied on, so begin anew. */
  private void violated(CollabException error) {
    end(VIOLATION, true, error);
  }

  /** The server does not answer: the connection counts as dead. */
  private void unanswered() {
    end(
        NO_ANSWER,
        true,
        new ClientException(ClientException.NO_ANSWER, "the server does not answer"));
  }

  private void end(CloseReason reason, boolean retryable, @Nullable CollabException error) {
    if (state != State.ENDED) {
      close(reason);
      owner.ended(this, retryable, Optional.ofNullable(error));
    }
  }

  /** Ends the session; the owner is not told. */
  void close(CloseReason reason) {
    state = State.ENDED;
    if (connection != null) {
      connection.close(reason);
    }
  }

  /**
   * Sends a message.
   *
   * @return its number among the messages of this session, from 1
   */
  long send(ClientMessage message) {
    return sendFrame(codec.encode(message));
  }

  /** Returns a message's text, as {@link #sendFrame} takes it. */
  String encode(ClientMessage message) {
    return codec.encode(message);
  }

  /** Sends a message that is encoded already; returns what {@link #send} returns. */
  long sendFrame(String frame) {
    if (connection != null) {
      connection.send(frame);
    }
    sent++;
    if (!watching) {
      watching = true;
      watch();
    }
    return sent;
  }

  /** Whatever was sent up to now has to be answered within the time, or the server is dead. */
  private void watch() {
    long upTo = sent;
    settings.confinement().later(settings.answerTimeout(), () -> check(upTo));
  }

  private void check(long upTo) {
    if (state != State.READY) {
      return;
    }
    long oldest = owner.oldestUnanswered();
    if (oldest <= upTo) {
      unanswered();
    } else if (oldest <= sent) {
      watch();
    } else {
      watching = false;
    }
  }

  /** Tells whether requests may be sent. */
  boolean isReady() {
    return state == State.READY;
  }

  /** Tells whether both sides speak the extension. */
  boolean isExtended() {
    return limits != null;
  }

  /** Returns the greatest weight of an operation that the server takes. */
  int maxOperationWeight() {
    long announced = limits == null ? WireLimits.DEFAULT.operation() : limits.operation();
    return Math.toIntExact(Math.max(64, Math.min(announced, Integer.MAX_VALUE)));
  }

  /** Returns the greatest length of a frame that the server takes. */
  long maxFrameLength() {
    return limits == null ? Long.MAX_VALUE : limits.frame();
  }
}
