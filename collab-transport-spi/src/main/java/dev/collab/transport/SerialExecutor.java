package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order in which they came, on the threads of another
 * executor: what an adapter needs to call a listener serially. A task that adds a task never runs
 * it itself, even where the other executor runs everything in the caller's thread, so nothing
 * recurses. After a number of tasks it goes to the back of the other executor's queue, so that one
 * with much to do does not hold up others. A task that throws is logged and the next one runs. When
 * the other executor refuses to begin, waiting tasks are dropped; when it refuses to go on, the
 * thread that is at work does.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class SerialExecutor implements Executor {

  private static final Logger LOGGER = System.getLogger(SerialExecutor.class.getName());

  /** How many tasks run before others get a turn. */
  private static final int TASKS_PER_TURN = 64;

  private final Executor executor;
  private final Object lock = new Object();
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  /** Whether a thread works on the queue or is about to, or the queue is still held. */
  private boolean busy;

  private SerialExecutor(Executor executor, boolean busy) {
    this.executor = requireNonNull(executor, "executor");
    this.busy = busy;
  }

  /**
   * Returns an executor that runs tasks from the beginning.
   *
   * @param executor lends its threads
   * @return the executor
   */
  public static SerialExecutor on(Executor executor) {
    return new SerialExecutor(executor, false);
  }

  /**
   * Returns an executor that keeps its tasks until it is released.
   *
   * @param executor lends its threads
   * @return the executor
   */
  public static SerialExecutor heldOn(Executor executor) {
    return new SerialExecutor(executor, true);
  }

  /** Begins to run tasks. Called once, and only on an executor that is held. */
  public void release() {
    dispatch();
  }

  @Override
  public void execute(Runnable task) {
    requireNonNull(task, "task");
    synchronized (lock) {
      waiting.add(task);
      if (busy) {
        return;
      }
      busy = true;
    }
    dispatch();
  }

  private void dispatch() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException refused) {
      synchronized (lock) {
        waiting.clear();
        busy = false;
      }
      LOGGER.log(Level.DEBUG, "the executor refuses to work; tasks were dropped", refused);
    }
  }

  private void drain() {
    while (!isDoneAfterATurn()) {
      Handover next = new Handover();
      try {
        executor.execute(next);
      } catch (RejectedExecutionException refused) {
        LOGGER.log(Level.DEBUG, "the executor refuses to work; this thread goes on", refused);
        continue;
      }
      if (!next.isUpToThisThread()) {
        return;
      }
    }
  }

  private boolean isDoneAfterATurn() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task = next();
      if (task == null) {
        return true;
      }
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        LOGGER.log(Level.WARNING, "a listener failed; the next event is delivered", failure);
      }
    }
    synchronized (lock) {
      busy = !waiting.isEmpty();
      return !busy;
    }
  }

  private @Nullable Runnable next() {
    synchronized (lock) {
      Runnable task = waiting.poll();
      busy = task != null;
      return task;
    }
  }

  /**
   * The next turn, on its way to the other executor. One that runs everything in the caller's
   * thread gives it back, or turns would be nested.
   */
  private final class Handover implements Runnable {

    private final Thread from = Thread.currentThread();

    // both are touched by that thread alone
    private boolean underWay = true;
    private boolean givenBack;

    @Override
    public void run() {
      if (Thread.currentThread() == from && underWay) {
        givenBack = true;
      } else {
        drain();
      }
    }

    /** Ends the handover; tells whether the thread that began it has to go on itself. */
    boolean isUpToThisThread() {
      underWay = false;
      return givenBack;
    }
  }
}
