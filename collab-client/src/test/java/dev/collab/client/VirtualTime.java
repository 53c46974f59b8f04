package dev.collab.client;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * An executor, scheduler and clock in one thread: nothing runs but when told to, and time passes
 * only when it is let pass.
 */
final class VirtualTime implements Executor, Scheduler, InstantSource {

  private record Task(long dueNanos, long number, Runnable body) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          (a, b) ->
              a.dueNanos() != b.dueNanos()
                  ? Long.compare(a.dueNanos(), b.dueNanos())
                  : Long.compare(a.number(), b.number()));
  private long nowNanos;
  private long number;

  @Override
  public void execute(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    tasks.add(new Task(nowNanos + delay.toNanos(), number++, task));
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nowNanos);
  }

  /** Runs what is due now, and what that makes due now. */
  void runDue() {
    pass(Duration.ZERO);
  }

  /** Lets time pass and runs what becomes due. */
  void pass(Duration duration) {
    long end = nowNanos + duration.toNanos();
    for (Task task = tasks.peek(); task != null && task.dueNanos() <= end; task = tasks.peek()) {
      tasks.remove();
      nowNanos = Math.max(nowNanos, task.dueNanos());
      task.body().run();
    }
    nowNanos = end;
  }
}
