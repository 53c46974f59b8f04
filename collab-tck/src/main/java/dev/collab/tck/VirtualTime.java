package dev.collab.tck;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * An executor, scheduler and clock in one thread, for tests that repeat themselves: nothing runs
 * but when told to, and time passes only when it is let pass. Tasks that are due at the same time
 * run in the order in which they came.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public final class VirtualTime implements Executor, Scheduler, InstantSource {

  private record Task(long due, long number, Runnable body) implements Comparable<Task> {

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long number;

  /** Begins at the epoch, with nothing to do. */
  public VirtualTime() {}

  @Override
  public void execute(Runnable task) {
    at(now, task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    at(now + delay.toNanos(), task);
  }

  /**
   * Has a task run at a time, or now if that has passed.
   *
   * @param nanos nanoseconds since the beginning
   * @param task what to run
   */
  public void at(long nanos, Runnable task) {
    tasks.add(new Task(Math.max(now, nanos), number++, task));
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(now);
  }

  /**
   * Returns how much time has passed.
   *
   * @return nanoseconds since the beginning
   */
  public long now() {
    return now;
  }

  /**
   * Returns how many tasks wait for their time.
   *
   * @return the tasks that have not run
   */
  public int waiting() {
    return tasks.size();
  }

  /** Runs what is due now, and what that makes due now. */
  public void runDue() {
    pass(0);
  }

  /**
   * Lets time pass and runs what becomes due.
   *
   * @param duration how long, at least zero
   */
  public void pass(Duration duration) {
    pass(duration.toNanos());
  }

  /**
   * Lets time pass and runs what becomes due.
   *
   * @param nanos how many nanoseconds, at least 0
   */
  public void pass(long nanos) {
    long end = now + nanos;
    for (Task task = tasks.peek(); task != null && task.due() <= end; task = tasks.peek()) {
      tasks.remove();
      now = task.due();
      task.body().run();
    }
    now = end;
  }
}
