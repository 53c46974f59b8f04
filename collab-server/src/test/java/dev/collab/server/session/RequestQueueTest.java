package dev.collab.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.protocol.AuthRequest;
import dev.collab.protocol.ClientMessage;
import dev.collab.tck.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are told apart by their tokens; what their handling waits for is set by the test. */
class RequestQueueTest {

  private static final long MAX_UNITS = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final List<String> done = new ArrayList<>();
  private final Map<String, CompletionStage<String>> answers = new HashMap<>();
  private final RequestQueue queue =
      new RequestQueue(request -> begin(name(request)), 100, time, time);

  private static String name(ClientMessage request) {
    return ((AuthRequest) request).token();
  }

  private void begin(String name) {
    CompletionStage<String> answer = answers.get(name);
    if (answer == null) {
      done.add(name);
    } else {
      queue.await(
          () -> answer,
          word -> done.add(name + " " + word),
          failure -> done.add(name + " " + failure.getClass().getSimpleName()));
    }
  }

  private CompletableFuture<String> pending(String name) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(name, answer);
    return answer;
  }

  private void offer(String... names) {
    for (String name : names) {
      assertThat(offer(queue, name, 10)).isTrue();
    }
  }

  private static boolean offer(RequestQueue queue, String name, int length) {
    return queue.offer(AuthRequest.of(name), length, MAX_UNITS);
  }

  @Test
  void request_forWhichNothingWaits_isHandledByWhoeverBringsIt() {
    offer("a", "b");
    assertThat(done).containsExactly("a", "b");
    assertThat(queue.size()).isZero();
  }

  @Test
  void answer_thatIsAtHand_isGoneOnWithInTheSameBreath() {
    answers.put("a", CompletableFuture.completedStage("yes"));
    offer("a", "b");
    assertThat(done).containsExactly("a yes", "b");
  }

  @Test
  void request_behindOneThatWaits_waitsForItsTurn() {
    CompletableFuture<String> answer = pending("a");
    offer("a", "b", "c");
    assertThat(done).isEmpty();
    assertThat(queue.size()).isEqualTo(3);
    answer.complete("yes");
    assertThat(done).as("not on the thread that answers").isEmpty();
    time.runDue();
    assertThat(done).containsExactly("a yes", "b", "c");
    assertThat(queue.size()).isZero();
  }

  @Test
  void answers_inAnotherOrder_leaveTheRequestsInTheirs() {
    CompletableFuture<String> first = pending("a");
    CompletableFuture<String> second = pending("b");
    offer("a", "b", "c");
    second.complete("later");
    time.runDue();
    assertThat(done).isEmpty();
    first.complete("sooner");
    time.runDue();
    assertThat(done).containsExactly("a sooner", "b later", "c");
  }

  @Test
  void answer_thatFails_concernsItsRequestAlone() {
    answers.put("a", CompletableFuture.failedStage(new IllegalStateException()));
    answers.put("b", CompletableFuture.completedStage(null));
    offer("a", "b", "c");
    assertThat(done).containsExactly("a IllegalStateException", "b NullPointerException", "c");
  }

  @Test
  void call_thatThrowsOrReturnsNull_isOneThatFailed() {
    queueOf(
        () -> {
          throw new UnsupportedOperationException();
        });
    queueOf(() -> null);
    assertThat(done).containsExactly("UnsupportedOperationException", "NullPointerException");
  }

  /** Has one request wait for an answer. */
  private void queueOf(Supplier<CompletionStage<String>> call) {
    RequestQueue[] asking = new RequestQueue[1];
    asking[0] =
        new RequestQueue(
            request ->
                asking[0].await(
                    call, done::add, failure -> done.add(failure.getClass().getSimpleName())),
            100,
            time,
            time);
    offer(asking[0], "a", 1);
  }

  @ParameterizedTest
  @CsvSource({"4999, a yes", "5000, a TimeoutException", "5001, a TimeoutException"})
  void answer_thatIsLate_countsForNothing(long millis, String outcome) {
    CompletableFuture<String> answer = pending("a");
    offer("a", "b");
    time.pass(Duration.ofMillis(millis));
    answer.complete("yes");
    time.pass(Duration.ofMinutes(1));
    assertThat(done).containsExactly(outcome, "b");
  }

  @Test
  void timeout_ofAnEarlierRequest_doesNotEndTheWaitingOfALaterOne() {
    CompletableFuture<String> first = pending("a");
    CompletableFuture<String> second = pending("b");
    offer("a", "b");
    time.pass(Duration.ofSeconds(3));
    first.complete("yes");
    time.pass(Duration.ofSeconds(3));
    assertThat(done).containsExactly("a yes");
    second.complete("yes");
    time.runDue();
    assertThat(done).containsExactly("a yes", "b yes");
  }

  @Test
  void delay_keepsTheOrder() {
    List<String> order = new ArrayList<>();
    RequestQueue[] slow = new RequestQueue[1];
    slow[0] =
        new RequestQueue(
            request -> {
              if (name(request).equals("slow")) {
                slow[0].delay(Duration.ofSeconds(1), () -> order.add("slow"));
              } else {
                order.add(name(request));
              }
            },
            100,
            time,
            time);
    offer(slow[0], "slow", 1);
    offer(slow[0], "fast", 1);
    time.pass(Duration.ofMillis(999));
    assertThat(order).isEmpty();
    time.pass(Duration.ofMillis(1));
    assertThat(order).containsExactly("slow", "fast");
  }

  @Test
  void handler_thatThrows_concernsItsRequestAlone() {
    RequestQueue fragile =
        new RequestQueue(
            request -> {
              if (name(request).equals("bad")) {
                throw new IllegalStateException("bad");
              }
              done.add(name(request));
            },
            100,
            time,
            time);
    offer(fragile, "bad", 1);
    offer(fragile, "good", 1);
    assertThat(done).containsExactly("good");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void messages_thatWait_areLimited(int count, boolean taken) {
    limited(2, 1_000, count, taken);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void units_thatWait_areLimited(int count, boolean taken) {
    limited(1_000, 20, count, taken);
  }

  private void limited(int maxMessages, long maxUnits, int count, boolean taken) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    RequestQueue[] small = new RequestQueue[1];
    small[0] =
        new RequestQueue(
            request -> small[0].await(() -> answer, done::add, failure -> {}),
            maxMessages,
            time,
            time);
    ClientMessage request = AuthRequest.of("waits");
    assertThat(small[0].offer(request, 5_000, maxUnits)).as("it is its turn").isTrue();
    boolean last = true;
    for (int i = 0; i < count; i++) {
      assertThat(last).isTrue();
      last = small[0].offer(request, 10, maxUnits);
    }
    assertThat(last).isEqualTo(taken);
    answer.complete("yes");
    time.runDue();
    assertThat(done).hasSize(taken ? 1 + count : count);
    assertThat(small[0].offer(request, 10, maxUnits)).as("there is room again").isTrue();
  }

  @Test
  void end_forgetsWhatWaitsAndRunsItsTaskOnce() {
    CompletableFuture<String> answer = pending("a");
    offer("a", "b");
    queue.end(() -> done.add("end"));
    queue.end(() -> done.add("end"));
    answer.complete("yes");
    offer("c");
    time.pass(Duration.ofMinutes(1));
    assertThat(done).containsExactly("end");
    assertThat(queue.size()).isZero();
  }

  @Test
  void end_whileARequestIsHandled_runsItsTaskBehind() {
    RequestQueue[] ending = new RequestQueue[1];
    ending[0] =
        new RequestQueue(
            request -> {
              ending[0].end(() -> done.add("end"));
              done.add(name(request));
            },
            100,
            time,
            time);
    offer(ending[0], "a", 1);
    assertThat(done).containsExactly("a", "end");
  }

  @Test
  void poolAndScheduler_thatRefuse_holdNothingUp() {
    RequestQueue[] orphaned = new RequestQueue[1];
    CompletableFuture<String> answer = new CompletableFuture<>();
    orphaned[0] =
        new RequestQueue(
            request -> orphaned[0].await(() -> answer, done::add, failure -> done.add("none")),
            100,
            (delay, task) -> {
              throw new RejectedExecutionException();
            },
            task -> {
              throw new RejectedExecutionException();
            });
    offer(orphaned[0], "a", 1);
    assertThat(done).containsExactly("none");
  }

  @Test
  void requests_ofManyAnswersOnManyThreads_areHandledOneAtATimeInOrder() throws Exception {
    int requests = 20_000;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Integer> handled = new ArrayList<>(); // confined: the queue must make it safe
    AtomicInteger inside = new AtomicInteger();
    CompletableFuture<Integer> most = new CompletableFuture<>();
    RequestQueue[] busy = new RequestQueue[1];
    busy[0] =
        new RequestQueue(
            request -> {
              int number = Integer.parseInt(name(request));
              Runnable step =
                  () -> {
                    int others = inside.getAndIncrement();
                    handled.add(number);
                    inside.decrementAndGet();
                    if (others > 0) {
                      most.completeExceptionally(new AssertionError("two at a time"));
                    } else if (handled.size() == requests) {
                      most.complete(handled.size());
                    }
                  };
              if (number % 3 == 0) {
                step.run();
              } else {
                busy[0].await(
                    () ->
                        number % 3 == 1
                            ? CompletableFuture.completedFuture(number)
                            : CompletableFuture.supplyAsync(() -> number, threads),
                    answer -> step.run(),
                    failure -> most.completeExceptionally(failure));
              }
            },
            requests,
            (delay, task) -> {}, // nothing takes long
            threads);
    try {
      for (int i = 0; i < requests; i++) {
        offer(busy[0], String.valueOf(i), 1);
      }
      assertThat(most.get(1, TimeUnit.MINUTES)).isEqualTo(requests);
      assertThat(handled).isSorted().doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
  }
}
