package dev.collab.websocket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: frames leave in order, one at a time, the next when the network
 * has taken over the one before. A network that answers within the call is called in a loop, not
 * recursively.
 *
 * <p>Thread-safe.
 */
final class FrameQueue {

  /** Hands one frame to the network. */
  @FunctionalInterface
  interface Network {

    /**
     * Begins to send.
     *
     * @param done is called exactly once, by any thread, with the failure or with null
     */
    void transmit(String frame, Consumer<@Nullable Throwable> done);
  }

  /** What still goes out before a close, in UTF-16 code units. */
  static final int FAREWELL = 65_536;

  private final Network network;
  private final Runnable drained;
  private final Consumer<Throwable> failed;
  private final Object lock = new Object();
  private final Queue<String> waiting = new ArrayDeque<>();

  /** The lengths of the frames that wait or are under way. */
  private long queued;

  /** The length of the frame that is under way. */
  private long underWay;

  private boolean busy;
  private boolean shut;
  private @Nullable Runnable finale;

  /**
   * Creates an empty queue.
   *
   * @param drained is called whenever everything was taken over
   * @param failed is called once at most, when the network has refused a frame; nothing is sent
   *     then
   */
  FrameQueue(Network network, Runnable drained, Consumer<Throwable> failed) {
    this.network = network;
    this.drained = drained;
    this.failed = failed;
  }

  void add(String frame) {
    synchronized (lock) {
      if (shut) {
        return;
      }
      waiting.add(frame);
      queued += frame.length();
      if (busy) {
        return;
      }
      busy = true;
    }
    pump();
  }

  long queued() {
    synchronized (lock) {
      return shut ? 0 : queued;
    }
  }

  /** Whether nothing waits and nothing is under way. */
  boolean isIdle() {
    synchronized (lock) {
      return !busy;
    }
  }

  /**
   * Takes no more frames, and calls the finale when a short rest has been sent; drops a long one.
   */
  void finish(Runnable last) {
    synchronized (lock) {
      shut = true;
      if (queued - underWay > FAREWELL) {
        waiting.clear();
      }
      if (busy) {
        finale = last;
        return;
      }
    }
    last.run();
  }

  /** Takes and sends no more frames; a finale that still waits is called now. */
  void abandon() {
    Runnable last;
    synchronized (lock) {
      shut = true;
      waiting.clear();
      last = finale;
      finale = null;
    }
    if (last != null) {
      last.run();
    }
  }

  private void pump() {
    while (true) {
      String frame = next();
      if (frame == null) {
        return;
      }
      // Of the two, the call and its answer, the one that comes second goes on.
      var first = new AtomicBoolean(true);
      network.transmit(
          frame,
          failure -> {
            taken(frame, failure);
            if (!first.getAndSet(false)) {
              pump();
            }
          });
      if (first.getAndSet(false)) {
        return;
      }
    }
  }

  /** Returns the next frame, or goes to rest and tells so. */
  private @Nullable String next() {
    Runnable news;
    synchronized (lock) {
      String frame = waiting.poll();
      if (frame != null) {
        underWay = frame.length();
        return frame;
      }
      busy = false;
      news = shut ? finale : drained;
      finale = null;
    }
    if (news != null) {
      news.run();
    }
    return null;
  }

  private void taken(String frame, @Nullable Throwable failure) {
    boolean report;
    synchronized (lock) {
      queued -= frame.length();
      underWay = 0;
      report = failure != null && !shut;
      if (failure != null) {
        shut = true;
        waiting.clear();
      }
    }
    if (report && failure != null) {
      failed.accept(failure);
    }
  }
}
