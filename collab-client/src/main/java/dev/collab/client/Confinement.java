package dev.collab.client;

import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where all state of a client lives: runs tasks one after the other, in the order in which they
 * came, on the threads of another executor. A task that adds a task never runs it itself. Behind
 * each task the listeners are told what it caused.
 *
 * <p>Thread-safe.
 */
final class Confinement implements Executor {

  private static final Logger LOGGER = System.getLogger(Confinement.class.getName());

  private final Executor executor;
  private final Scheduler scheduler;

  /** Whether no thread but those of the executor's tasks may touch the state. */
  private final boolean exclusive;

  private final Notifier notifier = new Notifier();
  private final Object lock = new Object();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;
  private volatile @Nullable Thread worker;

  Confinement(Executor executor, Scheduler scheduler, boolean exclusive) {
    this.executor = executor;
    this.scheduler = scheduler;
    this.exclusive = exclusive;
  }

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException if the executor does
   */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      waiting.add(task);
      if (busy) {
        return;
      }
      busy = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException refused) {
      synchronized (lock) {
        waiting.clear();
        busy = false;
      }
      throw refused;
    }
  }

  /** Runs a task, unless the executor is shut down: then nobody is interested any more. */
  void offer(Runnable task) {
    try {
      execute(task);
    } catch (RejectedExecutionException refused) {
      LOGGER.log(Level.DEBUG, "the executor takes no more tasks", refused);
    }
  }

  /**
   * Runs a task that completes a stage, which fails with what the task throws, or with {@link
   * ClientException#CLIENT_CLOSED} if the executor is shut down.
   */
  <T> CompletionStage<T> call(Consumer<CompletableFuture<T>> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      execute(
          () -> {
            try {
              task.accept(result);
            } catch (RuntimeException e) {
              notifier.tell(() -> result.completeExceptionally(e));
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new ClientException(ClientException.CLIENT_CLOSED, "the client is closed", e));
    }
    return result;
  }

  /** Returns a stage that ends as another one does, with the very same failure. */
  static <T> CompletableFuture<T> copy(CompletableFuture<T> stage) {
    CompletableFuture<T> copy = new CompletableFuture<>();
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                copy.complete(value);
              } else {
                copy.completeExceptionally(failure);
              }
            });
    return copy;
  }

  /** Runs a task later; the task looks for itself whether it is still wanted. */
  void later(Duration delay, Runnable task) {
    try {
      scheduler.schedule(delay, () -> offer(task));
    } catch (RejectedExecutionException refused) {
      LOGGER.log(Level.DEBUG, "the scheduler takes no more tasks", refused);
    }
  }

  /** Returns what tells the listeners. */
  Notifier notifier() {
    return notifier;
  }

  /**
   * Checks that the current thread may touch the state, as far as this can be told.
   *
   * @throws IllegalStateException if it may not
   */
  void check() {
    Thread current = worker;
    if (current != Thread.currentThread() && (exclusive || current != null)) {
      throw new IllegalStateException(
          "called outside the client's executor: use SharedDocument.update or CollabClient.execute");
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      worker = Thread.currentThread();
      try {
        runThenTell(task);
      } finally {
        worker = null;
      }
    }
  }

  private void runThenTell(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOGGER.log(Level.ERROR, "a task of the client failed; the next one runs", failure);
    }
    notifier.flush();
  }

  private @Nullable Runnable next() {
    synchronized (lock) {
      Runnable task = waiting.poll();
      busy = task != null;
      return task;
    }
  }
}
