package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks later. Everything that waits takes one of these, so that a test can put virtual time
 * in its place. There is no way to cancel: a task looks whether it is still wanted when it runs.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Scheduler {

  /**
   * Runs a task once, on a thread of the scheduler, never within this call. Of two tasks that are
   * due at different times the earlier one begins first; tasks must be short.
   *
   * @param delay how long from now, at least zero
   * @param task what to run
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler was shut down
   */
  void schedule(Duration delay, Runnable task);

  /**
   * Returns a scheduler on an executor of the JDK, which remains the caller's to shut down.
   *
   * @param executor runs the tasks
   * @return the scheduler
   */
  static Scheduler on(ScheduledExecutorService executor) {
    requireNonNull(executor, "executor");
    return (delay, task) -> {
      // The result is not wanted: a task reports its own failures.
      var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
