package dev.collab.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HostileCoordinatorTest {

  private static final LogHead START = new LogHead(1, 0, Bytes.ofUtf8("h0"));

  private final VirtualTime time = new VirtualTime();
  private final Coordinator target =
      InMemoryCoordinator.builder().executor(Runnable::run).clock(time).build();

  @Test
  void append_withLostRequest_failsWithoutEffect() {
    Coordinator hostile = quiet(1).lostRequests(1).build();
    create();
    assertUnknown(hostile.logs().append("k", START, entries(1, 1)));
    assertThat(headRevision()).isZero();
  }

  @Test
  void append_withLostReply_failsWithItsEffect() {
    Coordinator hostile = quiet(1).lostReplies(1).build();
    create();
    assertUnknown(hostile.logs().append("k", START, entries(1, 1)));
    assertThat(headRevision()).isEqualTo(1);
  }

  @Test
  void append_withLateRequest_takesEffectAfterItFailed() {
    Coordinator hostile = quiet(1).lateRequests(1).build();
    create();
    assertUnknown(hostile.logs().append("k", START, entries(1, 1)));
    assertThat(headRevision()).isZero();
    time.runAll();
    assertThat(headRevision()).isEqualTo(1);
  }

  @Test
  void put_neverTakesEffectAfterItFailed() {
    Coordinator hostile = quiet(1).lateRequests(1).build();
    assertThat(now(hostile.leases().renew("me", Duration.ofHours(1)))).isTrue();
    assertThat(now(hostile.leases().put("me", "k", "f", Bytes.empty()))).isTrue();
  }

  @Test
  void calls_thatAreDelayed_overtakeEachOther() {
    Coordinator hostile = quiet(3).delayed(1).build();
    var order = new ArrayList<Integer>();
    for (int call = 0; call < 20; call++) {
      int number = call;
      var unused = hostile.logs().head("k").thenAccept(head -> order.add(number));
    }
    assertThat(order).isEmpty();
    time.runAll();
    assertThat(order).hasSize(20).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void read_thatFails_saysNothing() {
    Coordinator hostile = quiet(1).failedReads(1).build();
    assertUnknown(hostile.logs().head("k"));
    assertUnknown(hostile.leases().get("k"));
    assertUnknown(hostile.logs().subscribe("k", (head, entries) -> {}));
  }

  @Test
  void announcements_thatAreLost_areNeverHeard() {
    assertThat(heard(quiet(1).lostAnnouncements(1))).isEmpty();
  }

  @Test
  void announcements_thatAreDoubled_areHeardTwice() {
    assertThat(heard(quiet(1).doubledAnnouncements(1)))
        .containsExactly(1L, 1L, 2L, 2L, 3L, 3L, 4L, 4L, 5L, 5L);
  }

  @Test
  void announcements_thatAreLate_areHeardInAnyOrder() {
    assertThat(heard(quiet(4).lateAnnouncements(1)))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L)
        .isNotEqualTo(List.of(1L, 2L, 3L, 4L, 5L));
  }

  @Test
  void announcements_thatAreStripped_endAtTheirHead() {
    Coordinator hostile = quiet(2).strippedAnnouncements(1).build();
    create();
    var sizes = new ArrayList<Integer>();
    now(
        hostile
            .logs()
            .subscribe(
                "k",
                (head, entries) -> {
                  sizes.add(entries.size());
                  assertThat(entries)
                      .isEqualTo(entries(head.revision() - entries.size() + 1, head.revision()));
                }));
    LogHead head = START;
    for (int batch = 0; batch < 20; batch++) {
      List<LogEntry> entries = entries(head.revision() + 1, head.revision() + 5);
      now(hostile.logs().append("k", head, entries));
      head = new LogHead(1, head.revision() + 5, Bytes.ofUtf8("h" + (head.revision() + 5)));
    }
    assertThat(sizes).hasSize(20).contains(0, 5);
  }

  @Test
  void messages_thatAreLate_remainInOrder() {
    Coordinator hostile = quiet(5).lateAnnouncements(0.5).lostAnnouncements(0.2).build();
    var numbers = new ArrayList<Long>();
    now(hostile.broadcasts().subscribe("t", (number, payload) -> numbers.add(number)));
    for (int i = 0; i < 100; i++) {
      now(hostile.broadcasts().publish("t", Bytes.empty()));
    }
    time.runAll();
    assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSizeBetween(50, 99);
  }

  @Test
  void lease_thatExpiresLate_outlivesItsDuration() {
    Coordinator hostile = quiet(1).lateExpiries(1).build();
    now(hostile.leases().renew("me", Duration.ofSeconds(5)));
    now(hostile.leases().put("me", "k", "f", Bytes.empty()));
    time.advance(Duration.ofSeconds(5));
    assertThat(now(hostile.leases().get("k"))).hasSize(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(now(hostile.leases().get("k"))).isEmpty();
  }

  @Test
  void setHostile_false_letsEverythingThrough() {
    HostileCoordinator hostile = quiet(1).lostRequests(1).failedReads(1).delayed(1).build();
    hostile.setHostile(false);
    assertThat(now(hostile.logs().create("k", START))).isEqualTo(START);
    assertThat(now(hostile.logs().head("k"))).contains(START);
  }

  @Test
  void run_withTheSameSeed_isTheSame() {
    assertThat(history(42)).isEqualTo(history(42)).isNotEqualTo(history(43));
  }

  @Test
  void append_repeatedUntilAnswered_isCommittedOnce() {
    for (int seed = 0; seed < 200; seed++) {
      VirtualTime clock = new VirtualTime();
      Coordinator memory = InMemoryCoordinator.builder().executor(Runnable::run).build();
      Coordinator hostile =
          HostileCoordinator.builder(memory, new SplittableRandom(seed), clock).build();
      now(memory.logs().create("k", START));
      var done = new CompletableFuture<AppendResult>();
      appendUntilAnswered(hostile, done);
      clock.runAll();
      assertThat(now(done)).as("seed %d", seed).isInstanceOf(AppendResult.Committed.class);
      assertThat(now(memory.logs().read("k", 0, 10)))
          .isEqualTo(new ReadResult.Entries(new LogHead(1, 2, Bytes.ofUtf8("h2")), entries(1, 2)));
    }
  }

  @Test
  void arguments_thatAreImpossible_areRefusedAtOnce() {
    Coordinator hostile = quiet(1).lostRequests(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hostile.logs().append("k", START, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hostile.leases().renew("me", Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> quiet(1).delayed(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> quiet(1).longestDelay(Duration.ZERO));
  }

  private void appendUntilAnswered(Coordinator hostile, CompletableFuture<AppendResult> done) {
    var unused =
        hostile
            .logs()
            .append("k", START, entries(1, 2))
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    done.complete(result);
                  } else {
                    appendUntilAnswered(hostile, done);
                  }
                });
  }

  private List<String> history(long seed) {
    VirtualTime clock = new VirtualTime();
    var history = new ArrayList<String>();
    Coordinator memory = InMemoryCoordinator.builder().executor(Runnable::run).build();
    Coordinator hostile =
        HostileCoordinator.builder(memory, new SplittableRandom(seed), clock).build();
    now(memory.logs().create("k", START));
    hostile.logs().subscribe("k", (head, entries) -> history.add(head + " " + entries));
    for (int revision = 1; revision <= 50; revision++) {
      String name = "call " + revision + " at ";
      LogHead head = new LogHead(1, revision - 1, Bytes.ofUtf8("h" + (revision - 1)));
      var unused =
          hostile
              .logs()
              .append("k", head, entries(revision, revision))
              .whenComplete((result, failure) -> history.add(name + clock.instant() + result));
    }
    clock.runAll();
    return history;
  }

  private List<Long> heard(HostileCoordinator.Builder builder) {
    Coordinator hostile = builder.build();
    create();
    var heard = new ArrayList<Long>();
    now(hostile.logs().subscribe("k", (head, entries) -> heard.add(head.revision())));
    LogHead head = START;
    for (int revision = 1; revision <= 5; revision++) {
      now(hostile.logs().append("k", head, entries(revision, revision)));
      head = new LogHead(1, revision, Bytes.ofUtf8("h" + revision));
    }
    time.runAll();
    return heard;
  }

  /** Returns a builder without any fault. */
  private HostileCoordinator.Builder quiet(long seed) {
    return HostileCoordinator.builder(target, new SplittableRandom(seed), time)
        .delayed(0)
        .lostRequests(0)
        .lateRequests(0)
        .lostReplies(0)
        .failedReads(0)
        .lostAnnouncements(0)
        .doubledAnnouncements(0)
        .lateAnnouncements(0)
        .strippedAnnouncements(0)
        .lateExpiries(0);
  }

  private void create() {
    now(target.logs().create("k", START));
  }

  private long headRevision() {
    return now(target.logs().head("k")).orElseThrow().revision();
  }

  private static List<LogEntry> entries(long from, long to) {
    var entries = new ArrayList<LogEntry>();
    for (long revision = from; revision <= to; revision++) {
      entries.add(new LogEntry(revision, Bytes.ofUtf8("h" + revision), Bytes.empty()));
    }
    return entries;
  }

  private static <T> T now(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  private static void assertUnknown(CompletionStage<?> stage) {
    assertThatThrownBy(() -> now(stage)).hasCauseInstanceOf(CoordinatorException.class);
  }
}
