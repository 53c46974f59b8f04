package dev.collab.simulation;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Executor, scheduler and clock of one world: nothing runs but when told to, and time passes only
 * when nothing is left to do before.
 */
final class VirtualTime implements Executor, Scheduler, InstantSource {

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

  @Override
  public void execute(Runnable task) {
    at(now, task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    at(now + delay.toNanos(), task);
  }

  /** Runs a task at a time in nanoseconds, or now if that has passed. */
  void at(long nanos, Runnable task) {
    tasks.add(new Task(Math.max(now, nanos), number++, task));
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(now / 1_000_000_000, now % 1_000_000_000);
  }

  /** Returns the nanoseconds since the beginning of the world. */
  long now() {
    return now;
  }

  /** Lets time pass and runs what becomes due. */
  void pass(long nanos) {
    long end = now + nanos;
    for (Task task = tasks.peek(); task != null && task.due() <= end; task = tasks.peek()) {
      tasks.remove();
      now = task.due();
      task.body().run();
    }
    now = end;
  }
}
