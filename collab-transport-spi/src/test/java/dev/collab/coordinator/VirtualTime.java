package dev.collab.coordinator;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Time that passes only when nothing else is left to do. One thread. */
final class VirtualTime implements Scheduler, InstantSource {

  private record Task(Instant due, long number, Runnable work) {}

  private final Queue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
  private Instant now = Instant.EPOCH;
  private long scheduled;

  @Override
  public void schedule(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), scheduled++, task));
  }

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Runs until nothing is scheduled. */
  void runAll() {
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      now = task.due().isAfter(now) ? task.due() : now;
      task.work().run();
    }
  }
}
