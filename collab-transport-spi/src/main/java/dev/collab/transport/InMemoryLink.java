package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a connection within one JVM.
 *
 * <p>Thread-safe.
 */
final class InMemoryLink {

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final End client;
  private final End server;

  InMemoryLink(Executor executor, PeerInfo clientInfo) {
    client = new End(executor, PeerInfo.anonymous());
    server = new End(executor, clientInfo);
  }

  End client() {
    return client;
  }

  End server() {
    return server;
  }

  /** One end: sends to the other one, and delivers what the other one sends. */
  final class End implements Connection {

    private final PeerInfo peer;

    /** Held until the end has its listener; whatever follows runs one after the other. */
    private final SerialExecutor events;

    private final AtomicLong queued = new AtomicLong();
    private @Nullable ConnectionListener listener;
    private int maxFrameLength;

    /** Whether this end closed the connection and wants no more frames. */
    private volatile boolean abandoned;

    /** Whether the listener was told of the end; confined to the events. */
    private boolean ended;

    private End(Executor executor, PeerInfo peer) {
      this.peer = peer;
      events = SerialExecutor.heldOn(executor);
    }

    /** Gives the end its listener and lets its events begin. */
    void begin(ConnectionListener listener, int maxFrameLength) {
      this.listener = listener;
      this.maxFrameLength = maxFrameLength;
      events.release();
    }

    @Override
    public void send(String frame) {
      requireNonNull(frame, "frame");
      if (open.get()) {
        queued.addAndGet(frame.length());
        End other = other();
        other.events.execute(() -> other.receive(frame));
      }
    }

    @Override
    public long queued() {
      return open.get() ? queued.get() : 0;
    }

    @Override
    public void close(CloseReason reason) {
      requireNonNull(reason, "reason");
      if (open.compareAndSet(true, false)) {
        abandoned = true;
        events.execute(() -> end(reason));
        End other = other();
        other.events.execute(() -> other.end(reason));
      }
    }

    @Override
    public boolean isOpen() {
      return open.get();
    }

    @Override
    public PeerInfo peer() {
      return peer;
    }

    private End other() {
      return this == client ? server : client;
    }

    private void receive(String frame) {
      End sender = other();
      if (sender.queued.addAndGet(-frame.length()) == 0) {
        sender.events.execute(sender::drained);
      }
      // A sender that raced with a close may have queued its frame behind the end.
      if (abandoned || ended) {
        return;
      }
      if (frame.length() > maxFrameLength) {
        listener().onOversizedFrame(maxFrameLength);
      } else {
        listener().onFrame(frame);
      }
    }

    private void drained() {
      if (!ended) {
        listener().onDrained();
      }
    }

    private void end(CloseReason reason) {
      ended = true;
      listener().onClosed(reason);
    }

    private ConnectionListener listener() {
      return requireNonNull(listener, "the events are held until there is a listener");
    }
  }
}
