package dev.collab.benchmarks;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Transport;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Floods a server from a thread of its own, over one connection at a time. Where the server ends
 * it, it comes back at once under another id, with all that is granted to somebody who is fresh.
 */
final class Flooder implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
  private static final long MOST_QUEUED = 64 << 10;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_MILLIS = 30_000;

  /**
   * What became of a flood.
   *
   * @param sent how many frames
   * @param answered how many frames came back
   * @param refused how often the server sent each code
   * @param closed how often it closed the connection with each close code
   */
  record Outcome(long sent, long answered, Map<String, Long> refused, Map<Integer, Long> closed) {

    static final Outcome NOTHING = new Outcome(0, 0, Map.of(), Map.of());

    Outcome {
      refused = Map.copyOf(refused);
      closed = Map.copyOf(closed);
    }

    Outcome plus(Outcome other) {
      return new Outcome(
          sent + other.sent,
          answered + other.answered,
          sum(refused, other.refused),
          sum(closed, other.closed));
    }

    /** Returns it as the table shows it. */
    @Override
    public String toString() {
      return "sent %d, answered %d, refused %s, closed %s"
          .formatted(sent, answered, new TreeMap<>(refused), new TreeMap<>(closed));
    }

    private static <K> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> two) {
      Map<K, Long> sum = new TreeMap<>(one);
      two.forEach((key, count) -> sum.merge(key, count, Long::sum));
      return sum;
    }
  }

  private final Transport transport;
  private final Flood kind;
  private final long perSecond;
  private final Object lock = new Object();
  private final Map<String, Long> refused = new TreeMap<>();
  private final Map<Integer, Long> closed = new TreeMap<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean ending;

  /**
   * Begins to send.
   *
   * @param perSecond how many frames, or 0 for as many as the connection takes
   */
  Flooder(Transport transport, Flood kind, long perSecond) {
    this.transport = transport;
    this.kind = kind;
    this.perSecond = perSecond;
    thread = new Thread(this::flood, "flood of " + kind.title());
    thread.setDaemon(true);
    thread.start();
  }

  private void flood() {
    while (!ending) {
      try (RawConnection connection = new RawConnection(transport, this::hear, this::end)) {
        send(connection);
      } catch (Exception refusal) { // whatever it is: a flooder does not give up
        LockSupport.parkNanos(TICK_NANOS);
      }
    }
  }

  private void send(RawConnection connection) {
    long start = System.nanoTime();
    for (long number = 1; !ending && connection.isOpen(); number++) {
      long due = perSecond == 0 ? start : start + number * 1_000_000_000 / perSecond;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(TICK_NANOS); // what is due within a tick leaves together
      }
      while (connection.queued() > MOST_QUEUED && connection.isOpen() && !ending) {
        LockSupport.parkNanos(TICK_NANOS / 10);
      }
      connection.send(kind.frame(number));
      sent.incrementAndGet();
      begun.countDown();
    }
  }

  private void hear(String frame) {
    answered.incrementAndGet();
    Matcher code = CODE.matcher(frame);
    while (code.find()) {
      synchronized (lock) {
        refused.merge(code.group(1), 1L, Long::sum);
      }
    }
  }

  private void end(CloseReason reason) {
    if (!ending) {
      synchronized (lock) {
        closed.merge(reason.code(), 1L, Long::sum);
      }
    }
  }

  /** Waits for the first frame. */
  void begun() throws InterruptedException {
    if (!begun.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(thread.getName() + " does not begin");
    }
  }

  /** Returns what became of it so far. */
  Outcome outcome() {
    synchronized (lock) {
      return new Outcome(sent.get(), answered.get(), refused, closed);
    }
  }

  /** Ends the flood and waits for its thread. */
  @Override
  public void close() {
    ending = true;
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new IllegalStateException(thread.getName() + " does not end");
    }
  }
}
