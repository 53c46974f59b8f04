package dev.collab.websocket;

import dev.collab.transport.CloseReason;
import dev.collab.transport.PeerInfo;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Joins one session of a container to the handler. Public because containers want it so; made only
 * by what {@link CollabEndpoints} returns.
 *
 * <p>Confined: callers must serialise calls; the container does.
 *
 * @since 0.1
 */
public final class CollabEndpoint extends Endpoint {

  private static final Logger LOGGER = System.getLogger(CollabEndpoint.class.getName());
  private static final CloseReason REFUSED = new CloseReason(1008, "origin not allowed");
  private static final CloseReason FAILED = new CloseReason(1011, "internal error");
  private static final CloseReason SILENT = new CloseReason(1001, "no sign of life");

  private final CollabEndpoints.Builder settings;
  private volatile @Nullable JakartaConnection connection;

  CollabEndpoint(CollabEndpoints.Builder settings) {
    this.settings = settings;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    if (!(config.getUserProperties().get(Handshake.PEER) instanceof PeerInfo peer)) {
      JakartaConnection.close(session, REFUSED);
      return;
    }
    var opened = new JakartaConnection(session, peer, settings.handler.maxFrameLength());
    connection = opened;
    session.setMaxIdleTimeout(0);
    addHandlers(session, opened);
    try {
      opened.begin(settings.handler.connected(opened));
    } catch (RuntimeException failure) {
      LOGGER.log(Level.WARNING, "the handler failed to take a connection", failure);
      JakartaConnection.close(session, FAILED);
      return;
    }
    settings.heartbeat.ifPresent(beat -> watch(opened, beat, opened.signsOfLife()));
  }

  @Override
  public void onClose(Session session, jakarta.websocket.CloseReason reason) {
    JakartaConnection closed = connection;
    if (closed != null) {
      String phrase = reason.getReasonPhrase();
      closed.ended(new CloseReason(reason.getCloseCode().getCode(), phrase == null ? "" : phrase));
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    // The container closes the session after an error that ends it.
    LOGGER.log(Level.DEBUG, "a session failed", failure);
  }

  private static void addHandlers(Session session, JakartaConnection opened) {
    // Parts instead of whole messages, so that the container neither buffers nor limits them.
    session.addMessageHandler(
        String.class,
        (MessageHandler.Partial<String>)
            (part, last) -> {
              opened.lives();
              opened.received(part, last);
            });
    session.addMessageHandler(
        ByteBuffer.class,
        (MessageHandler.Partial<ByteBuffer>)
            (part, last) -> opened.close(FramedConnection.UNACCEPTABLE));
    session.addMessageHandler(
        PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.lives());
  }

  /** Pings after each interval, and closes a connection that stays silent for a whole one. */
  private static void watch(
      JakartaConnection watched, CollabEndpoints.Heartbeat beat, long signsBefore) {
    watched.ping();
    beat.scheduler()
        .schedule(
            beat.interval(),
            () -> {
              long signs = watched.signsOfLife();
              if (!watched.isOpen()) {
                return;
              }
              if (signs == signsBefore) {
                watched.close(SILENT);
              } else {
                watch(watched, beat, signs);
              }
            });
  }
}
