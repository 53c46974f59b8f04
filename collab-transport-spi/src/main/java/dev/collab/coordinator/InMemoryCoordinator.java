package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.SerialExecutor;
import dev.collab.transport.internal.DaemonPool;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A coordinator in the heap, for one JVM: one server node, or several that share the instance. Logs
 * live as long as the coordinator.
 *
 * <p>A call takes effect before it returns, under a lock that is never held across foreign code;
 * its stage completes on the executor, and listeners are called there, each serially. With an
 * executor that runs tasks in the caller's thread, stages are complete when they are returned and a
 * listener may run within the call that it hears of, but never within itself.
 *
 * <p>Memory: a log keeps its entries until they are trimmed; a slow listener of a log is given the
 * newest head and misses those between; a slow listener of a topic misses the oldest messages.
 *
 * <p>Whoever created the coordinator closes it, after the nodes that use it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class InMemoryCoordinator implements Coordinator {

  private final Executor executor;
  private final InMemoryLogs logs;
  private final InMemoryBroadcasts broadcasts;
  private final InMemoryLeases leases;
  private volatile boolean closed;

  private InMemoryCoordinator(Builder builder) {
    executor = builder.executor;
    logs = new InMemoryLogs(this, builder.conflictLimit);
    broadcasts = new InMemoryBroadcasts(this, builder.messageLimit);
    leases = new InMemoryLeases(this, builder.clock);
  }

  /**
   * Returns a coordinator with the defaults of {@link #builder}.
   *
   * @return an empty coordinator
   */
  public static InMemoryCoordinator create() {
    return builder().build();
  }

  /**
   * Begins a coordinator.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Logs logs() {
    return logs;
  }

  @Override
  public Broadcasts broadcasts() {
    return broadcasts;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  /** Ends all subscriptions and forgets everything; later calls fail. */
  @Override
  public void close() {
    closed = true;
    logs.clear();
    broadcasts.clear();
    leases.clear();
  }

  /** Lets an effect happen now and completes the stage with its result on the executor. */
  <T> CompletionStage<T> answer(Supplier<T> effect) {
    if (closed) {
      return CompletableFuture.failedFuture(new CoordinatorException("the coordinator is closed"));
    }
    T result = effect.get();
    var stage = new CompletableFuture<T>();
    try {
      executor.execute(() -> stage.complete(result));
    } catch (RejectedExecutionException refused) {
      stage.completeExceptionally(new CoordinatorException("the executor is shut down", refused));
    }
    return stage;
  }

  /** Returns an executor for the calls of one listener. */
  Executor serial() {
    return SerialExecutor.on(executor);
  }

  /**
   * Configures a coordinator.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    private Executor executor = DaemonPool.create("collab-coordinator");
    private InstantSource clock = InstantSource.system();
    private int conflictLimit = 256;
    private int messageLimit = 1024;

    private Builder() {}

    /**
     * Sets what completes stages and calls listeners. Default: as many daemon threads of the
     * coordinator's own as there are processors, at least four, started when they are needed and
     * ended when they have had nothing to do for five seconds. Where more listeners than that
     * block, give an executor with threads enough for them.
     *
     * @param executor lends its threads
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets the clock of the leases. Default: the system's.
     *
     * @param clock tells the time
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how many missing entries a conflict is answered with. Default: 256.
     *
     * @param entries the most, at least 0
     * @return this builder
     * @throws IllegalArgumentException if {@code entries} is negative
     */
    public Builder conflictLimit(int entries) {
      if (entries < 0) {
        throw new IllegalArgumentException("conflict limit " + entries + " is negative");
      }
      conflictLimit = entries;
      return this;
    }

    /**
     * Sets how many messages wait for a slow listener of a topic before the oldest is dropped.
     * Default: 1,024.
     *
     * @param messages the most, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code messages} is below 1
     */
    public Builder messageLimit(int messages) {
      if (messages < 1) {
        throw new IllegalArgumentException("message limit " + messages + " is below 1");
      }
      messageLimit = messages;
      return this;
    }

    /**
     * Returns the coordinator.
     *
     * @return a new, empty coordinator
     */
    public InMemoryCoordinator build() {
      return new InMemoryCoordinator(this);
    }
  }
}
