package dev.collab.benchmarks;

import static java.util.Objects.requireNonNullElse;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import dev.collab.transport.Transport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Connects with a client that can compress, which the JDK's cannot. */
final class JettyTransport implements Transport {

  private static final String COMPRESSION = "permessage-deflate";

  private final WebSocketContainer container;
  private final URI uri;
  private final List<Extension> offered;

  JettyTransport(WebSocketContainer container, URI uri, boolean compressed) {
    this.container = container;
    this.uri = uri;
    offered =
        container.getInstalledExtensions().stream()
            .filter(each -> compressed && each.getName().equals(COMPRESSION))
            .toList();
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    ClientEndpointConfig config = ClientEndpointConfig.Builder.create().extensions(offered).build();
    try {
      Session session = container.connectToServer(new Client(listener), config, uri);
      boolean compressed =
          session.getNegotiatedExtensions().stream()
              .anyMatch(each -> each.getName().equals(COMPRESSION));
      if (compressed == offered.isEmpty()) {
        throw new IllegalStateException("compressed: " + compressed + ", offered: " + offered);
      }
      return CompletableFuture.completedStage(new SessionConnection(session));
    } catch (DeploymentException | IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Hands events on. */
  private static final class Client extends Endpoint {

    private final ConnectionListener listener;

    Client(ConnectionListener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, (MessageHandler.Whole<String>) listener::onFrame);
    }

    @Override
    public void onError(Session session, Throwable failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason reason) {
      String phrase = requireNonNullElse(reason.getReasonPhrase(), "");
      listener.onClosed(new CloseReason(reason.getCloseCode().getCode(), phrase));
    }
  }

  /** Sends over a session. */
  private record SessionConnection(Session session, AtomicLong underWay) implements Connection {

    SessionConnection(Session session) {
      this(session, new AtomicLong());
    }

    @Override
    public void send(String frame) {
      underWay.addAndGet(frame.length());
      session.getAsyncRemote().sendText(frame, result -> underWay.addAndGet(-frame.length()));
    }

    @Override
    public long queued() {
      return underWay.get();
    }

    @Override
    public void close(CloseReason reason) {
      try {
        session.close(
            new jakarta.websocket.CloseReason(
                CloseCodes.getCloseCode(reason.code()), reason.reason()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isOpen() {
      return session.isOpen();
    }

    @Override
    public PeerInfo peer() {
      return PeerInfo.of("", Map.of());
    }
  }
}
