package dev.collab.websocket;

import static java.util.Objects.requireNonNullElseGet;

import dev.collab.transport.CloseReason;
import dev.collab.transport.PeerInfo;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a session of a Jakarta WebSocket container.
 *
 * <p>Thread-safe, except that {@link #received} is called serially.
 */
final class JakartaConnection extends FramedConnection {

  private static final Logger LOGGER = System.getLogger(JakartaConnection.class.getName());

  /** How long a container waits for anything once the connection is being closed. */
  private static final long CLOSING_MILLIS = 10_000;

  private final Session session;

  /** Counts what shows that the other end lives: what it sends, and what it takes. */
  private volatile long signsOfLife;

  JakartaConnection(Session session, PeerInfo peer, int maxFrameLength) {
    super(peer, maxFrameLength);
    this.session = session;
  }

  @Override
  void transmit(String frame, Consumer<@Nullable Throwable> done) {
    try {
      session
          .getAsyncRemote()
          .sendText(
              frame,
              result -> {
                lives();
                done.accept(result.isOK() ? null : failure(result.getException()));
              });
    } catch (RuntimeException closed) {
      done.accept(closed);
    }
  }

  @Override
  void sendClose(CloseReason reason) {
    close(session, reason);
  }

  @Override
  void boundClosing() {
    try {
      session.setMaxIdleTimeout(CLOSING_MILLIS);
    } catch (IllegalStateException closed) {
      LOGGER.log(Level.DEBUG, "the session is closed already", closed);
    }
  }

  @Override
  void broken(Throwable failure) {
    LOGGER.log(Level.DEBUG, "the container refused a frame", failure);
    boundClosing();
    sendClose(CloseReason.ABNORMAL);
  }

  /** Takes note of a sign of life. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost count is still a change
  void lives() {
    signsOfLife++;
  }

  long signsOfLife() {
    return signsOfLife;
  }

  /** Sends a ping unless a frame is under way, whose end will be a sign of life too. */
  void ping() {
    if (isIdle()) {
      try {
        session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
      } catch (IOException | RuntimeException failure) {
        LOGGER.log(Level.DEBUG, "the container refused a ping", failure);
      }
    }
  }

  static void close(Session session, CloseReason reason) {
    try {
      session.close(
          new jakarta.websocket.CloseReason(
              CloseCodes.getCloseCode(sendable(reason.code())), reason.reason()));
    } catch (IOException | RuntimeException closed) {
      LOGGER.log(Level.DEBUG, "the session is closed already", closed);
    }
  }

  private static Throwable failure(@Nullable Throwable cause) {
    return requireNonNullElseGet(cause, () -> new IOException("the container gives no reason"));
  }
}
