package dev.collab.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is special to the heap; the rules of every coordinator are in the conformance kit. */
class InMemoryCoordinatorTest {

  private static final LogHead START = new LogHead(1, 0, Bytes.ofUtf8("h0"));

  @Test
  void call_withCallersThread_isCompleteWhenItReturns() {
    Coordinator coordinator = InMemoryCoordinator.builder().executor(Runnable::run).build();
    assertThat(coordinator.logs().create("k", START).toCompletableFuture())
        .isCompletedWithValue(START);
  }

  @Test
  void answers_byDefault_comeFromAFewDaemonThreads() throws Exception {
    Coordinator coordinator = InMemoryCoordinator.create();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(1_000);
    for (int i = 0; i < 1_000; i++) {
      coordinator
          .logs()
          .create("k" + i, START)
          .thenRun(
              () -> {
                threads.add(Thread.currentThread());
                done.countDown();
              });
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    threads.remove(Thread.currentThread()); // an answer may have been there already
    assertThat(threads)
        .hasSizeLessThanOrEqualTo(Math.max(4, Runtime.getRuntime().availableProcessors()))
        .allMatch(Thread::isDaemon)
        .allMatch(thread -> thread.getName().startsWith("collab-coordinator-"));
  }

  @Test
  void listener_thatAppendsInCallersThread_isNeverWithinItself() {
    Coordinator coordinator = InMemoryCoordinator.builder().executor(Runnable::run).build();
    coordinator.logs().create("k", START);
    var depth = new int[] {0, 0};
    coordinator
        .logs()
        .subscribe(
            "k",
            (head, entries) -> {
              depth[0]++;
              depth[1] = Math.max(depth[1], depth[0]);
              if (head.revision() < 10_000) {
                coordinator.logs().append("k", head, List.of(entry(head.revision() + 1)));
              }
              depth[0]--;
            });
    coordinator.logs().append("k", START, List.of(entry(1)));
    assertThat(depth[1]).isEqualTo(1);
    assertThat(join(coordinator.logs().head("k")).orElseThrow().revision()).isEqualTo(10_000);
  }

  @Test
  void slowListenerOfALog_hearsTheNewestHeadAndNothingPilesUp() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Coordinator coordinator = InMemoryCoordinator.builder().executor(tasks::add).build();
    var heads = new ArrayList<Long>();
    coordinator.logs().create("k", START);
    coordinator.logs().subscribe("k", (head, entries) -> heads.add(head.revision()));
    tasks.clear();
    LogHead head = START;
    for (int revision = 1; revision <= 100; revision++) {
      coordinator.logs().append("k", head, List.of(entry(revision)));
      head = new LogHead(1, revision, entry(revision).hash());
    }
    assertThat(tasks).hasSize(101);
    drain(tasks);
    assertThat(heads).containsExactly(100L);
  }

  @Test
  void slowListenerOfATopic_missesTheOldestMessages() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Coordinator coordinator =
        InMemoryCoordinator.builder().executor(tasks::add).messageLimit(3).build();
    var messages = new ArrayList<String>();
    coordinator.broadcasts().subscribe("t", (number, payload) -> messages.add(payload.toUtf8()));
    for (int i = 0; i < 10; i++) {
      coordinator.broadcasts().publish("t", Bytes.ofUtf8("m" + i));
    }
    drain(tasks);
    assertThat(messages).containsExactly("m7", "m8", "m9");
  }

  @Test
  void conflictLimit_boundsTheMissingEntries() {
    Coordinator coordinator =
        InMemoryCoordinator.builder().executor(Runnable::run).conflictLimit(2).build();
    coordinator.logs().create("k", START);
    coordinator.logs().append("k", START, List.of(entry(1), entry(2), entry(3)));
    LogEntry other = new LogEntry(1, Bytes.ofUtf8("other"), Bytes.empty());
    assertThat(join(coordinator.logs().append("k", START, List.of(other))))
        .isEqualTo(
            new AppendResult.Conflict(
                new LogHead(1, 3, entry(3).hash()), List.of(entry(1), entry(2))));
  }

  @Test
  void executorThatRefuses_makesTheAnswerUnknown() {
    Coordinator coordinator =
        InMemoryCoordinator.builder()
            .executor(
                task -> {
                  throw new RejectedExecutionException("shut down");
                })
            .build();
    assertThatThrownBy(() -> join(coordinator.logs().head("k")))
        .hasCauseInstanceOf(CoordinatorException.class);
  }

  @Test
  void limits_belowTheLeast_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InMemoryCoordinator.builder().messageLimit(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InMemoryCoordinator.builder().conflictLimit(-1));
  }

  private static LogEntry entry(long revision) {
    return new LogEntry(revision, Bytes.ofUtf8("h" + revision), Bytes.empty());
  }

  private static void drain(Queue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
