package dev.collab.transport.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The executor of those who were given none: a few daemon threads that are started when there is
 * work and end when there has been none for a while, so that nobody has to close it.
 *
 * <p>Thread-safe.
 */
public final class DaemonPool {

  /** A listener that blocks holds one of them up. */
  private static final int LEAST_THREADS = 4;

  private static final long IDLE_SECONDS = 5;

  private DaemonPool() {}

  /**
   * Creates an executor that has no thread yet.
   *
   * @param name what its threads are called, with a number behind it
   */
  public static Executor create(String name) {
    int threads = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
