package dev.collab.benchmarks;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Transport;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody types and somebody else reads; tells how long each edit takes from the one to the other.
 * Edits are made at their times whether or not the ones before have come, so that no delay hides
 * another one.
 */
final class Delays implements AutoCloseable {

  private static final Pattern EDIT = Pattern.compile("\"op\":\\[\"e(\\d+) \"");
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch created = new CountDownLatch(1);
  private final Map<String, CountDownLatch> subscribed =
      Map.of(
          "\"a\":\"s\"", new CountDownLatch(1),
          "\"a\":\"ps\"", new CountDownLatch(1),
          "\"a\":\"cs\"", new CountDownLatch(1));
  private final AtomicReference<String> trouble = new AtomicReference<>();
  private final RawConnection typist;
  private final RawConnection reader;
  private volatile Run run = new Run(0);

  /** Edits under way. */
  private static final class Run {

    final long[] sent;
    final AtomicLongArray seen;
    final CountDownLatch missing;

    Run(int edits) {
      sent = new long[edits];
      seen = new AtomicLongArray(edits);
      missing = new CountDownLatch(edits);
    }

    void see(int edit) {
      if (seen.compareAndSet(edit, 0, System.nanoTime())) {
        missing.countDown();
      }
    }
  }

  /** Creates the document, and has the reader subscribe to it, its presences and its chat. */
  Delays(Transport transport) throws Exception {
    typist = new RawConnection(transport, this::acknowledged, this::closed);
    reader = new RawConnection(transport, this::read, this::closed);
    typist.send(
        quoted(
            "{'a':'op','c':'texts','d':'flood','v':0,'seq':1,'create':"
                + "{'type':'http://sharejs.org/types/textv1','data':''}}"));
    await(created, "the document is not there");
    reader.send(quoted("{'a':'s','c':'texts','d':'flood','v':null}"));
    reader.send(quoted("{'a':'ps','ch':'texts.flood','seq':1}"));
    reader.send(quoted("{'a':'cs','r':'flood','v':null,'limit':1}"));
    for (var reply : subscribed.entrySet()) {
      await(reply.getValue(), "no answer " + reply.getKey());
    }
  }

  /**
   * Types; called once.
   *
   * @return nanoseconds from submission to delivery, for each edit
   */
  long[] type(int edits, long paceNanos) throws InterruptedException {
    Run typed = new Run(edits);
    run = typed;
    long start = System.nanoTime();
    for (int edit = 0; edit < edits; edit++) {
      long due = start + edit * paceNanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String frame =
          quoted("{'a':'op','c':'texts','d':'flood','v':null,'seq':%d,'op':['e%d ']}")
              .formatted(edit + 2, edit);
      typed.sent[edit] = System.nanoTime();
      typist.send(frame);
    }
    await(typed.missing, "not all edits came");
    long[] delays = new long[edits];
    for (int edit = 0; edit < edits; edit++) {
      delays[edit] = typed.seen.get(edit) - typed.sent[edit];
    }
    return delays;
  }

  private void acknowledged(String frame) {
    check(frame);
    if (frame.contains("\"seq\":1")) {
      created.countDown();
    }
  }

  private void read(String frame) {
    check(frame);
    subscribed.forEach(
        (reply, latch) -> {
          if (frame.contains(reply)) {
            latch.countDown();
          }
        });
    Matcher edit = EDIT.matcher(frame);
    while (edit.find()) {
      run.see(Integer.parseInt(edit.group(1)));
    }
  }

  private void check(String frame) {
    if (frame.contains("\"error\"")) {
      trouble.compareAndSet(null, frame);
    }
  }

  private void closed(CloseReason reason) {
    trouble.compareAndSet(null, "closed: " + reason);
  }

  private void await(CountDownLatch latch, String otherwise) throws InterruptedException {
    boolean came = latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String why = trouble.get();
    if (!came || why != null) {
      throw new IllegalStateException(otherwise + ": " + why);
    }
  }

  private static String quoted(String frame) {
    return frame.replace('\'', '"');
  }

  @Override
  public void close() {
    typist.close();
    reader.close();
  }
}
