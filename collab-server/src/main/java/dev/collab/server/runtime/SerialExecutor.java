package dev.collab.server.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after the other, in the order of their arrival, on a shared pool. After a number
 * of tasks it goes to the back of the pool's queue, so that a busy document does not starve others.
 * If the pool refuses to work, the tasks wait until the next one comes.
 *
 * <p>Thread-safe.
 */
public final class SerialExecutor implements Executor {

  private static final Logger LOGGER = System.getLogger(SerialExecutor.class.getName());
  private static final int TASKS_PER_TURN = 64;

  private final Executor pool;
  private final Runnable afterTurn;
  private final Object lock = new Object();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean scheduled;
  private volatile boolean mayEnd;

  public SerialExecutor(Executor pool) {
    this(pool, () -> {});
  }

  /**
   * Creates an executor.
   *
   * @param pool where the tasks run
   * @param afterTurn runs after the tasks of a turn, like one of them
   */
  public SerialExecutor(Executor pool, Runnable afterTurn) {
    this.pool = pool;
    this.afterTurn = afterTurn;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      tasks.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    try {
      pool.execute(this::turn);
    } catch (RejectedExecutionException e) {
      LOGGER.log(mayEnd ? Level.DEBUG : Level.WARNING, "the pool refuses; tasks wait", e);
      synchronized (lock) {
        scheduled = false;
      }
    }
  }

  /** Says that the pool may be shut down from now on, so that its refusal is no surprise. */
  public void mayEnd() {
    mayEnd = true;
  }

  private void turn() {
    while (!done()) {
      try {
        pool.execute(this::turn);
        return;
      } catch (RejectedExecutionException e) {
        LOGGER.log(Level.DEBUG, "the pool refuses to work; this thread goes on", e);
      }
    }
  }

  /** Runs some tasks; returns whether there are no more. */
  private boolean done() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task;
      synchronized (lock) {
        task = tasks.poll();
      }
      if (task == null) {
        break;
      }
      run(task);
    }
    run(afterTurn);
    synchronized (lock) {
      scheduled = !tasks.isEmpty();
      return !scheduled;
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a task failed; the ones behind it go on", e);
    }
  }
}
