package dev.collab.websocket;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.CloseReason;
import dev.collab.transport.PeerInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a WebSocket of the JDK.
 *
 * <p>Thread-safe, except that {@link #received} is called serially.
 */
final class JdkConnection extends FramedConnection {

  private static final Logger LOGGER = System.getLogger(JdkConnection.class.getName());

  /** How long the other end has to answer a close before the connection is cut. */
  private static final Executor PATIENCE = CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS);

  private volatile @Nullable WebSocket socket;

  JdkConnection(int maxFrameLength) {
    super(PeerInfo.anonymous(), maxFrameLength);
  }

  void attach(WebSocket opened) {
    socket = opened;
  }

  WebSocket.Listener listener() {
    return new Incoming();
  }

  @Override
  void transmit(String frame, Consumer<@Nullable Throwable> done) {
    var unused =
        socket().sendText(frame, true).whenComplete((same, failure) -> done.accept(failure));
  }

  @Override
  void sendClose(CloseReason reason) {
    var unused = socket().sendClose(allowed(reason.code()), reason.reason());
  }

  @Override
  void boundClosing() {
    PATIENCE.execute(() -> socket().abort());
  }

  @Override
  void broken(Throwable failure) {
    LOGGER.log(Level.DEBUG, "the JDK refused a frame", failure);
    // Where the other end has closed, the reason is on its way.
    PATIENCE.execute(
        () -> {
          socket().abort();
          ended(CloseReason.ABNORMAL);
        });
  }

  /** Returns the code that the JDK lets a client send in place of a code. */
  private static int allowed(int code) {
    return switch (code) {
      case 1002, 1003, 1007, 1009, 1010, 1012, 1013 -> 1008;
      default -> sendable(code);
    };
  }

  private WebSocket socket() {
    return requireNonNull(socket, "nothing is sent before the connection is open");
  }

  /** What the JDK calls, one call at a time, when it was asked for a message. */
  private final class Incoming implements WebSocket.Listener {

    @Override
    public void onOpen(WebSocket opened) {
      // The first message is asked for when the listener is there.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      received(part, last);
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      close(UNACCEPTABLE);
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended(new CloseReason(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      LOGGER.log(Level.DEBUG, "the connection failed", failure);
      ended(CloseReason.ABNORMAL);
    }
  }
}
