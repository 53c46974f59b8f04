package dev.collab.server.session;

import static dev.collab.server.session.OutboxHarness.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxTest {

  private static final DocumentId ONE = new DocumentId("c", "one");
  private static final DocumentId TWO = new DocumentId("c", "two");

  private final SlowConnection connection = new SlowConnection();
  private final OutboxHarness harness = new OutboxHarness(room(5, 4).build());
  private final Outbox outbox = harness.outbox(connection);

  private List<String> drained() {
    return OutboxHarness.drained(connection, outbox);
  }

  private void broadcast(DocumentId document, String text) {
    outbox.broadcast(document, Frame.of(text));
  }

  @Test
  void frames_waitWhileTheConnectionHasNoRoomAndKeepTheirOrder() {
    outbox.send("a");
    broadcast(ONE, "b");
    outbox.send("c");
    assertThat(connection.sent).isEmpty();
    assertThat(drained()).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource({"211, false", "212, false", "213, true"})
  void limit_ofWhatMustNotBeDropped_closesTheConnection(int length, boolean closes) {
    outbox.send("x".repeat(length - 1));
    outbox.send("x");
    assertThat(connection.closed.isPresent()).isEqualTo(closes);
    assertThat(drained()).hasSize(closes ? 0 : 2);
  }

  @Test
  void broadcasts_overTheLimit_keepTheOldestAndTheNewestOfEachDocument() {
    for (int i = 1; i <= 6; i++) {
      broadcast(ONE, "one" + i);
    }
    assertThat(connection.closed).isEmpty();
    broadcast(TWO, "two1");
    broadcast(TWO, "two2");
    assertThat(connection.closed).isEmpty();
    assertThat(drained()).first().isEqualTo("one1");
    assertThat(connection.sent).contains("one6").last().isEqualTo("two2");
  }

  @Test
  void broadcasts_overTheLimit_ofOneDocumentNeverSkipAndGoOn() {
    broadcast(ONE, "1");
    broadcast(ONE, "a long frame");
    broadcast(ONE, "3");
    broadcast(ONE, "4444");
    broadcast(ONE, "newest");
    assertThat(drained()).containsExactly("1", "newest");
  }

  @Test
  void catchUp_thatIsLongerThanTheLimit_comesForwardWithEachAttempt() {
    Outbox small = new OutboxHarness(room(8, 3).build()).outbox(connection);
    int version = 0;
    int attempts = 0;
    while (version < 100) {
      connection.sent.clear();
      connection.queued = Long.MAX_VALUE;
      for (int v = version; v < 100; v++) {
        small.broadcast(ONE, Frame.of("v%02d".formatted(v)));
      }
      int own = version;
      for (String frame : OutboxHarness.drained(connection, small)) {
        own += Integer.parseInt(frame.substring(1)) == own ? 1 : 0;
      }
      assertThat(own).isGreaterThan(version);
      version = own;
      attempts++;
    }
    assertThat(attempts).isLessThan(100);
    assertThat(connection.closed).isEmpty();
  }

  @Test
  void presenceEnd_thatWaits_isNotReplacedByALaterOneWithALowerNumber() {
    outbox.presence(ONE, Frame.of("pv5"));
    assertThat(drained()).containsExactly("pv5");
    connection.sent.clear();
    connection.queued = Outbox.CONNECTION_ROOM;
    outbox.presenceEnd(ONE, Frame.of("end6"));
    outbox.presence(ONE, Frame.of("pv0"));
    outbox.presenceEnd(ONE, Frame.of("end1"));
    assertThat(drained()).containsExactly("end6");
  }

  @Test
  void presenceEnd_behindAnAnswerThatMayShowThePresence_isSentAsWell() {
    connection.queued = Outbox.CONNECTION_ROOM;
    outbox.presenceEnd(ONE, Frame.of("end6"));
    outbox.send("shows pv0");
    outbox.presenceEnd(ONE, Frame.of("end1"));
    outbox.presenceEnd(ONE, Frame.of("end0"));
    assertThat(drained()).containsExactly("end6", "shows pv0", "end1");
  }

  @Test
  void send_afterClose_doesNothing() {
    outbox.send("a");
    outbox.close(CloseReason.NORMAL);
    outbox.send("b");
    broadcast(ONE, "c");
    assertThat(drained()).isEmpty();
    assertThat(connection.closed).contains(CloseReason.NORMAL);
  }

  @Test
  void connection_thatThrows_isClosedAndHarmsNobody() {
    SlowConnection broken =
        new SlowConnection() {
          @Override
          public void send(String frame) {
            throw new IllegalStateException("broken");
          }
        };
    broken.queued = 0;
    Outbox toBroken = harness.outbox(broken);
    toBroken.send("a");
    toBroken.send("b");
    assertThat(broken.closed).contains(CloseReason.ABNORMAL);
  }

  /** Counts what is queued, and calls back from another thread when everything was taken over. */
  private static final class BusyConnection extends SlowConnection {

    private final ExecutorService network = Executors.newSingleThreadExecutor();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger senders = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final CountDownLatch expected;
    private Runnable onDrained = () -> {};

    BusyConnection(int frames) {
      expected = new CountDownLatch(frames);
    }

    @Override
    public void send(String frame) {
      if (senders.incrementAndGet() != 1) {
        overlaps.incrementAndGet();
      }
      waiting.addAndGet(frame.length());
      sent.add(frame);
      network.execute(() -> taken(frame));
      senders.decrementAndGet();
    }

    private void taken(String frame) {
      expected.countDown();
      if (waiting.addAndGet(-frame.length()) == 0) {
        onDrained.run();
      }
    }

    @Override
    public long queued() {
      return waiting.get();
    }
  }

  @Test
  @Timeout(60)
  void frames_ofManyThreads_allGoOutInTheOrderOfEachThread() throws InterruptedException {
    int threads = 8;
    int frames = 4_000;
    String padding = "-".repeat(2_000); // so that the connection is often out of room
    BusyConnection busy = new BusyConnection(threads * frames);
    Outbox shared =
        new OutboxHarness(
                ServerLimits.builder()
                    .maxQueuedFrames(Long.MAX_VALUE)
                    .delivery(Delivery.builder().maxQueuedTotal(Long.MAX_VALUE).build())
                    .build())
            .outbox(busy);
    busy.onDrained = shared::drain;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int t = 0; t < threads; t++) {
      int thread = t;
      pool.execute(
          () -> {
            for (int i = 0; i < frames; i++) {
              shared.send(thread + ":" + i + padding);
            }
          });
    }
    assertThat(busy.expected.await(50, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();
    busy.network.shutdown();
    assertThat(busy.overlaps).hasValue(0);
    int[] next = new int[threads];
    for (String frame : busy.sent) {
      int colon = frame.indexOf(':');
      int thread = Integer.parseInt(frame.substring(0, colon));
      assertThat(frame.substring(colon + 1, frame.indexOf('-'))).isEqualTo("" + next[thread]++);
    }
    assertThat(next).containsOnly(frames);
  }
}
