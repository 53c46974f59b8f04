package dev.collab.websocket;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import dev.collab.transport.SerialExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a WebSocket have in common: the queue of what is to be sent, whole frames out
 * of their parts, serial events, one end.
 *
 * <p>Thread-safe, except that {@link #received} is called serially.
 */
abstract class FramedConnection implements Connection {

  static final CloseReason UNACCEPTABLE = new CloseReason(1003, "text frames only");

  /** A code that nobody may send is sent as the one that stands for no other. */
  private static final int GENERIC_CODE = 1008;

  private final PeerInfo peer;
  private final int maxFrameLength;
  private final FrameQueue queue;

  /** Runs in whichever thread brings the news; held until there is a listener. */
  private final SerialExecutor events = SerialExecutor.heldOn(Runnable::run);

  /** Why this end closed the connection; set once. */
  private final AtomicReference<@Nullable CloseReason> own = new AtomicReference<>();

  private volatile boolean lost;
  private @Nullable ConnectionListener listener;

  /** The parts of the frame that is arriving; confined to {@link #received}. */
  private final StringBuilder parts = new StringBuilder();

  private boolean oversized;

  /** Whether the listener was told of the end; confined to the events. */
  private boolean ended;

  FramedConnection(PeerInfo peer, int maxFrameLength) {
    this.peer = peer;
    this.maxFrameLength = maxFrameLength;
    queue = new FrameQueue(this::transmit, () -> events.execute(this::tellDrained), this::broken);
  }

  /** Begins to send a frame; never called before the one before is done. */
  abstract void transmit(String frame, Consumer<@Nullable Throwable> done);

  /** Sends a close frame. */
  abstract void sendClose(CloseReason reason);

  /** Sees to it that the network gives up soon, even if the other end does nothing. */
  abstract void boundClosing();

  /** The network refused a frame; it tells of the end itself, or else must be made to. */
  abstract void broken(Throwable failure);

  /** Gives the connection its listener and lets its events begin. */
  void begin(ConnectionListener listener) {
    this.listener = requireNonNull(listener, "listener");
    events.release();
  }

  /** Takes a part of a frame. */
  void received(CharSequence part, boolean last) {
    boolean tooLong = oversized || (long) parts.length() + part.length() > maxFrameLength;
    if (tooLong) {
      oversized = !last;
      parts.setLength(0);
      parts.trimToSize();
      if (last) {
        deliver(to -> to.onOversizedFrame(maxFrameLength));
      }
    } else if (last) {
      String frame = parts.length() == 0 ? part.toString() : parts.append(part).toString();
      parts.setLength(0);
      parts.trimToSize();
      deliver(to -> to.onFrame(frame));
    } else {
      parts.append(part);
    }
  }

  /** Takes note that the network has ended the connection. */
  void ended(CloseReason reason) {
    lost = true;
    queue.abandon();
    events.execute(() -> end(reason));
  }

  @Override
  public void send(String frame) {
    queue.add(requireNonNull(frame, "frame"));
  }

  @Override
  public long queued() {
    return queue.queued();
  }

  @Override
  public void close(CloseReason reason) {
    requireNonNull(reason, "reason");
    if (!lost && own.compareAndSet(null, reason)) {
      boundClosing();
      queue.finish(
          () -> {
            sendClose(reason);
            events.execute(() -> end(reason));
          });
    }
  }

  @Override
  public boolean isOpen() {
    return !lost && own.get() == null;
  }

  @Override
  public PeerInfo peer() {
    return peer;
  }

  /** Whether nothing is being sent. */
  boolean isIdle() {
    return queue.isIdle();
  }

  /** Returns the code that is sent for a code: reserved ones are for reports only. */
  static int sendable(int code) {
    return switch (code) {
      case 1004, 1005, 1006, 1015 -> GENERIC_CODE;
      default -> code;
    };
  }

  private void deliver(Consumer<ConnectionListener> event) {
    events.execute(
        () -> {
          if (!ended && own.get() == null) {
            event.accept(listener());
          }
        });
  }

  private void tellDrained() {
    if (!ended) {
      listener().onDrained();
    }
  }

  private void end(CloseReason reason) {
    if (!ended) {
      ended = true;
      CloseReason asked = own.get();
      listener().onClosed(asked == null ? reason : asked);
    }
  }

  private ConnectionListener listener() {
    return requireNonNull(listener, "the events are held until there is a listener");
  }
}
