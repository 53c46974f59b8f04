package dev.collab.server.session;

import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.WireLimits;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue of messages for one connection. They go to the connection as long as it has
 * room, in order.
 *
 * <p>With the extension messages share frames: one that comes after a pause leaves at once and
 * opens a window; what comes within the window leaves together at its end, which opens the next
 * one. So a lone keystroke or answer is not delayed, and a busy connection gets no more than one
 * frame per window. (A window that opened without sending would delay every answer by its length
 * and save one frame per burst.) What makes a whole frame does not wait for the end of the window,
 * and a connection that was out of room gets what has gathered meanwhile.
 *
 * <p>At the limit presences are dropped, then broadcasts, so that the client comes back for what is
 * missing; if that does not help, the connection is closed. So it is if it takes nothing for too
 * long, and if it throws. Whoever has more to send than there may be at a time waits for room.
 *
 * <p>Thread-safe.
 */
final class Outbox {

  /** What the connection's own queue may hold before messages wait here. */
  static final long CONNECTION_ROOM = 64 * 1024;

  /** How long several messages in one frame may be together; they are copied for it. */
  private static final int JOINED = 64 * 1024;

  static final CloseReason TOO_SLOW = new CloseReason(4008, "too slow");

  private static final Logger LOGGER = System.getLogger(Outbox.class.getName());

  /** Is told, under no lock, that the connection does not keep up. Must not throw. */
  interface Watcher {

    /** Messages were dropped; so much is queued now. */
    void shed(long queued, long dropped);

    /** The connection is closed, with so much in the queue. */
    void tooSlow(long queued);

    /** The connection has room again, and presences of these keys were dropped. */
    void presenceLost(Set<Object> keys);
  }

  private final Connection connection;
  private final Scheduler scheduler;
  private final Executor pool;
  private final QueueBudget budget;
  private final Watcher watcher;
  private final StallWatch stalls;
  private final long limit;

  /** How much may wait while whoever has much to send goes on. */
  private final long room;

  private final Duration window;
  private final int frameMessages;
  private final int frameLength;
  private final AtomicInteger drains = new AtomicInteger();
  private final Object lock = new Object();
  private final OutboxQueue queue;

  /** How many of the oldest messages need not wait for the end of a window. */
  private int due;

  /** What is to be done when there is room. */
  private final List<Runnable> waiting = new ArrayList<>();

  private boolean batching;
  private boolean windowOpen;
  private boolean closed;

  /** Why the connection is to be closed when it has taken what is due. */
  private @Nullable CloseReason farewell;

  /**
   * Creates an empty outbox.
   *
   * @param pool sends what gathered, since the scheduler's threads are for short tasks
   * @param budget bounds this outbox and others together
   */
  Outbox(
      Connection connection,
      ServerLimits limits,
      Scheduler scheduler,
      Executor pool,
      QueueBudget budget,
      Watcher watcher) {
    this.connection = connection;
    this.scheduler = scheduler;
    this.pool = pool;
    this.budget = budget;
    this.watcher = watcher;
    WireLimits wire = limits.wire();
    limit = limits.maxQueuedFrames();
    room = limit / 4;
    window = limits.delivery().window();
    frameMessages = wire.batch();
    // a value takes two units at least, so a frame has fewer of them than the limit of values
    frameLength = (int) Math.min(Math.min(JOINED, wire.frame()), 2L * wire.values());
    queue = new OutboxQueue(budget);
    stalls =
        new StallWatch(
            connection, limits.delivery().stallTimeout(), scheduler, this::drain, this::giveUp);
    budget.opened(this);
  }

  /** Lets what is sent from now on share frames. */
  void batch() {
    synchronized (lock) {
      batching = !window.isZero();
    }
  }

  /** Sends a message that must not be dropped. */
  void send(String message) {
    Frame frame = Frame.of(message);
    enqueue(() -> queue.answer(frame, !batching), false);
  }

  /** Sends a broadcast, which may be dropped if a newer one of the stream follows. */
  void broadcast(Object stream, Frame frame) {
    enqueue(() -> queue.broadcast(stream, frame, !batching), false);
  }

  /** Sends a presence; while it waits, a newer one of the key takes its place, at the end. */
  void presence(Object key, Frame frame) {
    enqueue(() -> queue.presence(key, false, frame, !batching), true);
  }

  /**
   * Sends the end of a presence; a presence of the key that waits is not sent any more. An end is
   * not dropped, and of several that would follow each other the first is sent.
   */
  void presenceEnd(Object key, Frame frame) {
    enqueue(() -> queue.presence(key, true, frame, !batching), false);
  }

  private void enqueue(Runnable addition, boolean isPresence) {
    boolean overflow;
    int dropped = 0;
    long left;
    synchronized (lock) {
      if (closed || farewell != null) {
        return;
      }
      addition.run();
      if (isPresence && queue.weight() > limit) {
        dropped = queue.makeRoom(limit / 2);
      }
      if (queue.weight() > limit) {
        dropped += queue.shed(limit);
      }
      left = queue.weight();
      overflow = left > limit;
      if (!windowOpen || queue.length() >= frameLength || queue.size() >= frameMessages) {
        due = queue.size();
      }
    }
    if (dropped > 0) {
      watcher.shed(left, dropped);
    }
    if (overflow) {
      giveUp();
    } else {
      drain();
    }
    budget.keep();
  }

  /** Tells whether little waits, so that whoever has much to send may go on. */
  boolean hasRoom() {
    synchronized (lock) {
      return queue.weight() <= room;
    }
  }

  /**
   * Runs a task once, as soon as there is room; never, if the connection is closed before. It may
   * run within this call, and must do no more than begin something.
   */
  void whenRoom(Runnable task) {
    synchronized (lock) {
      if (closed || farewell != null) {
        return;
      }
      waiting.add(task);
    }
    drain();
  }

  /** Drops what can be spared, because too much waits for all connections together. */
  void shed() {
    int dropped;
    long left;
    synchronized (lock) {
      dropped = queue.shed(queue.weight() / 2);
      left = queue.weight();
    }
    if (dropped > 0) {
      watcher.shed(left, dropped);
    }
  }

  /** Closes the connection, which does not keep up. */
  void giveUp() {
    long left = weight();
    if (end(TOO_SLOW)) {
      watcher.tooSlow(left);
    }
  }

  /** Returns how much waits here. */
  long weight() {
    synchronized (lock) {
      return queue.weight();
    }
  }

  /** Hands to the connection what is due, as far as it has room. */
  void drain() {
    if (drains.getAndIncrement() != 0) {
      return; // whoever is draining goes round once more
    }
    int seen = 1;
    do {
      try {
        handOver();
      } catch (RuntimeException e) {
        LOGGER.log(Level.WARNING, "a connection failed and is closed", e);
        end(CloseReason.ABNORMAL);
      }
      seen = drains.addAndGet(-seen);
    } while (seen != 0);
  }

  private void handOver() {
    while (connection.queued() < CONNECTION_ROOM) {
      List<Frame> frames = takeDue();
      if (frames.isEmpty()) {
        tellLost();
        break;
      }
      String frame = JsonCodec.batch(frames.stream().map(Frame::text).toList());
      stalls.handedOver(frame.length());
      connection.send(frame);
    }
    CloseReason reason;
    synchronized (lock) {
      reason = farewell;
    }
    if (reason != null) {
      end(reason);
    } else {
      stalls.begin();
      goOn();
    }
  }

  private void goOn() {
    List<Runnable> tasks;
    synchronized (lock) {
      if (waiting.isEmpty() || queue.weight() > room) {
        return;
      }
      tasks = List.copyOf(waiting);
      waiting.clear();
    }
    tasks.forEach(Runnable::run);
  }

  /** Takes messages for one frame; a window opens behind the last one that is due. */
  private List<Frame> takeDue() {
    List<Frame> taken;
    boolean opens;
    synchronized (lock) {
      due = Math.min(due, queue.size());
      if (due == 0) {
        return List.of();
      }
      taken = queue.take(Math.min(due, frameMessages), frameLength);
      due -= taken.size();
      opens = due == 0 && batching && !windowOpen;
      windowOpen |= opens;
    }
    if (opens) {
      openWindow();
    }
    return taken;
  }

  private void openWindow() {
    try {
      scheduler.schedule(window, this::windowEnded);
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the scheduler refuses; messages leave one by one", e);
      synchronized (lock) {
        batching = false;
        windowOpen = false;
        due = queue.size();
      }
    }
  }

  private void windowEnded() {
    synchronized (lock) {
      windowOpen = false;
      due = queue.size();
      if (due == 0) {
        return;
      }
    }
    try {
      pool.execute(this::drain);
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the pool refuses to work; this thread sends", e);
      drain();
    }
  }

  private void tellLost() {
    Set<Object> lost;
    synchronized (lock) {
      if (queue.size() > 0) {
        return;
      }
      lost = queue.takeLost();
    }
    if (!lost.isEmpty()) {
      watcher.presenceLost(lost);
    }
  }

  /** Tells how much waits. */
  void describe(ConnectionStatus.Builder status) {
    synchronized (lock) {
      status.queuedFrames(queue.size()).queuedUnits(queue.weight());
    }
  }

  /**
   * Closes the connection, behind what it has room for of what was sent before; the rest is
   * forgotten, and nothing is sent any more.
   */
  void close(CloseReason reason) {
    synchronized (lock) {
      if (closed || farewell != null) {
        return;
      }
      farewell = reason;
      due = queue.size();
    }
    drain();
  }

  /** Closes the connection at once; returns whether it was not closed before. */
  boolean end(CloseReason reason) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      closed = true;
      queue.clear();
      waiting.clear();
      due = 0;
    }
    budget.closed(this);
    try {
      connection.close(reason);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "a connection could not be closed", e);
    }
    return true;
  }
}
