package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import dev.collab.server.runtime.Calls;
import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session, which are handled one after the other, in the order in which they
 * came. Whoever handles one may pause the queue, until somebody has answered or some time has
 * passed; what comes meanwhile waits, up to a limit. As long as nothing pauses it, a request is
 * handled by the thread that brings it.
 *
 * <p>Thread-safe.
 */
final class RequestQueue {

  /** How long somebody may take for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOGGER = System.getLogger(RequestQueue.class.getName());

  private record Waiting(ClientMessage request, int length) {}

  private enum State {
    /** Nothing is to be done. */
    IDLE,
    /** A thread is at work, or one of the pool is about to be. */
    RUNNING,
    /** A request is half done; whoever is waited for goes on with it. */
    PAUSED
  }

  private final Consumer<ClientMessage> handler;
  private final Scheduler scheduler;
  private final Executor pool;
  private final int maxMessages;
  private final Object lock = new Object();
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long units;
  private State state = State.IDLE;
  private boolean ended;

  /** What the request that is being handled waits for. */
  private @Nullable Pause pause;

  /** How it goes on, if the answer came before the thread that asked was done. */
  private @Nullable Runnable continuation;

  private @Nullable Runnable last;

  /**
   * Creates an empty queue.
   *
   * @param handler handles a request; what it does after it has paused the queue must not touch
   *     what the next step needs
   * @param maxMessages how many requests may wait for their turn
   * @param scheduler ends pauses
   * @param pool goes on after a pause
   */
  RequestQueue(
      Consumer<ClientMessage> handler, int maxMessages, Scheduler scheduler, Executor pool) {
    this.handler = handler;
    this.scheduler = scheduler;
    this.pool = pool;
    this.maxMessages = maxMessages;
  }

  /**
   * Handles a request, now or when it is its turn.
   *
   * @param length how much of its frame it is, in UTF-16 code units
   * @param maxUnits how long what waits may be together, this request included
   * @return false if too much waits already; then it is not handled
   */
  boolean offer(ClientMessage request, int length, long maxUnits) {
    synchronized (lock) {
      if (ended) {
        return true; // nobody is there to be told otherwise
      }
      if (state != State.IDLE) {
        if (waiting.size() >= maxMessages || units + length > maxUnits) {
          return false;
        }
        waiting.add(new Waiting(request, length));
        units += length;
        return true;
      }
      state = State.RUNNING;
    }
    run(() -> handler.accept(request));
    return true;
  }

  /** Returns how many requests wait for their turn, the one that pauses the queue included. */
  int size() {
    synchronized (lock) {
      return waiting.size() + (state == State.PAUSED ? 1 : 0);
    }
  }

  /**
   * Forgets what waits, and handles nothing any more.
   *
   * @param task runs behind what is being handled, serially like a request
   */
  void end(Runnable task) {
    synchronized (lock) {
      if (ended) {
        return;
      }
      ended = true;
      waiting.clear();
      units = 0;
      pause = null;
      continuation = null;
      if (state == State.RUNNING) {
        last = task;
        return;
      }
      state = State.RUNNING;
    }
    run(task);
  }

  /** Pauses the queue for a time, and then goes on with a step. For the handler. */
  void delay(Duration time, Runnable step) {
    Pause begun = new Pause();
    later(time, () -> begun.end(step));
  }

  /**
   * Pauses the queue until somebody has answered, and then goes on with what follows. For the
   * handler.
   *
   * @param call asks; the answer may come at once, on any thread, or never
   * @param answered goes on with an answer
   * @param failed goes on if there is none, because it failed, is null or took too long
   */
  <T> void await(
      Supplier<CompletionStage<T>> call, Consumer<T> answered, Consumer<Throwable> failed) {
    Pause begun = new Pause();
    Calls.attempt(call)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                begun.end(() -> failed.accept(failure));
              } else if (answer == null) {
                begun.end(() -> failed.accept(new NullPointerException("an answer of null")));
              } else {
                begun.end(() -> answered.accept(answer));
              }
            });
    if (begun.lasts()) {
      later(
          PATIENCE,
          () -> begun.end(() -> failed.accept(new TimeoutException("no answer in " + PATIENCE))));
    }
  }

  private void later(Duration time, Runnable task) {
    try {
      scheduler.schedule(time, task);
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the scheduler refuses; nobody waits", e);
      task.run();
    }
  }

  private void run(Runnable first) {
    for (Runnable step = first; step != null; step = next()) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.ERROR, "a request failed; the ones behind it go on", e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (lock) {
      Runnable step = ended ? last : continuation;
      last = null;
      if (ended) {
        return step;
      }
      if (step != null) {
        continuation = null;
        pause = null;
        return step;
      }
      if (pause != null) {
        state = State.PAUSED;
        return null;
      }
      Waiting oldest = waiting.poll();
      if (oldest == null) {
        state = State.IDLE;
        return null;
      }
      units -= oldest.length();
      return () -> handler.accept(oldest.request());
    }
  }

  /** One time that the queue stands still. It ends once, whoever is first. */
  private final class Pause {

    Pause() {
      synchronized (lock) {
        if (!ended) {
          pause = this;
        }
      }
    }

    boolean lasts() {
      synchronized (lock) {
        return pause == this && continuation == null;
      }
    }

    /** Goes on; never on the calling thread, unless the pool refuses. */
    void end(Runnable step) {
      synchronized (lock) {
        if (!lasts()) {
          return;
        }
        if (state == State.RUNNING) {
          continuation = step; // whoever asked is still at work and goes on with it
          return;
        }
        pause = null;
        state = State.RUNNING;
      }
      try {
        pool.execute(() -> run(step));
      } catch (RejectedExecutionException e) {
        LOGGER.log(Level.DEBUG, "the pool refuses to work; this thread goes on", e);
        run(step);
      }
    }
  }
}
