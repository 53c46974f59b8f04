package dev.collab.coordinator;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what goes wrong in a {@link HostileCoordinator}, and does it.
 *
 * <p>Thread-safe.
 */
final class Faults {

  private final HostileCoordinator.Builder settings;
  private final RandomGenerator random;
  private final Scheduler scheduler;
  private final Object lock = new Object();
  private volatile boolean hostile = true;

  Faults(HostileCoordinator.Builder settings) {
    this.settings = settings;
    random = settings.random;
    scheduler = settings.scheduler;
  }

  void setHostile(boolean hostile) {
    this.hostile = hostile;
  }

  HostileCoordinator.Builder settings() {
    return settings;
  }

  /** Makes a call that only reads. */
  <T> CompletionStage<T> read(Supplier<CompletionStage<T>> call) {
    return faulty(call, 0, 0, settings.failedReads);
  }

  /** Makes a call that is not to take effect after it failed. */
  <T> CompletionStage<T> write(Supplier<CompletionStage<T>> call) {
    return faulty(call, settings.lostRequests, 0, settings.lostReplies);
  }

  /** Makes a call that may take effect at any time, because it is harmless when it comes late. */
  <T> CompletionStage<T> idempotentWrite(Supplier<CompletionStage<T>> call) {
    return faulty(call, settings.lostRequests, settings.lateRequests, settings.lostReplies);
  }

  private <T> CompletionStage<T> faulty(
      Supplier<CompletionStage<T>> call, double lost, double late, double unanswered) {
    if (!hostile) {
      return call.get();
    }
    var answer = new CompletableFuture<T>();
    Duration there = delay(settings.delayed);
    Duration back = delay(settings.delayed);
    double fate = draw();
    if (fate < lost + late) {
      after(there, () -> fail(answer));
      if (fate >= lost) {
        scheduler.schedule(
            there.plus(delay(1)),
            () -> {
              // Nobody waits for this answer any more.
              var unused = call.get();
            });
      }
      return answer;
    }
    boolean replyLost = fate < lost + late + unanswered;
    after(
        there,
        () ->
            call.get()
                .whenComplete(
                    (value, failure) ->
                        after(back, () -> reply(answer, replyLost, value, failure))));
    return answer;
  }

  private static <T> void reply(
      CompletableFuture<T> answer, boolean lost, T value, @Nullable Throwable failure) {
    if (lost) {
      fail(answer);
    } else if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(value);
    }
  }

  /** Tells whether something with a probability happens now. */
  boolean happens(double probability) {
    return hostile && draw() < probability;
  }

  /** Returns a whole number from 0 to below a bound. */
  int below(int bound) {
    synchronized (lock) {
      return random.nextInt(bound);
    }
  }

  /** Returns a time above zero, or zero if the improbable does not happen. */
  Duration delay(double probability) {
    synchronized (lock) {
      boolean happens = random.nextDouble() < probability;
      long nanos = random.nextLong(settings.longestDelay.toNanos()) + 1;
      return happens ? Duration.ofNanos(nanos) : Duration.ZERO;
    }
  }

  void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      task.run();
    } else {
      scheduler.schedule(delay, task);
    }
  }

  private double draw() {
    synchronized (lock) {
      return random.nextDouble();
    }
  }

  private static void fail(CompletableFuture<?> answer) {
    answer.completeExceptionally(new CoordinatorException("no answer"));
  }
}
