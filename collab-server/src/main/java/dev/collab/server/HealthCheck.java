package dev.collab.server;

import dev.collab.server.observe.Health;
import dev.collab.server.observe.Health.Check;
import dev.collab.server.observe.Health.Status;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.Observers;
import dev.collab.server.runtime.ServerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Looks whether a server can do its work: whether the executor runs a task and the coordinator
 * answers a question, both before a deadline that the scheduler keeps.
 */
final class HealthCheck {

  /** The log whose head is asked for. There is none: that is an answer. */
  private static final String KEY = "health";

  private final ServerContext context;
  private final Duration deadline;

  HealthCheck(ServerContext context, Duration deadline) {
    this.context = context;
    this.deadline = deadline;
  }

  /** Returns a stage that never fails. */
  CompletionStage<Health> run(boolean closed) {
    if (closed) {
      return CompletableFuture.completedStage(
          Health.of(List.of(new Check("server", Status.DOWN, "closed"))));
    }
    CompletableFuture<Check> executor = new CompletableFuture<>();
    CompletableFuture<Check> coordinator = new CompletableFuture<>();
    Check scheduler = keepDeadline(executor, coordinator);
    askExecutor(executor);
    askCoordinator(coordinator);
    if (scheduler.status() == Status.DOWN) { // nobody would end the wait
      complete(executor, "executor", Status.DOWN, "not answered at once");
      complete(coordinator, "coordinator", Status.DOWN, "not answered at once");
    }
    return executor.thenCombine(
        coordinator,
        (first, second) -> {
          List<Check> checks = new ArrayList<>();
          checks.add(new Check("server", Status.UP, "open"));
          checks.add(first);
          checks.add(scheduler);
          checks.add(second);
          return Health.of(checks);
        });
  }

  private Check keepDeadline(
      CompletableFuture<Check> executor, CompletableFuture<Check> coordinator) {
    String late = "no answer within " + deadline.toMillis() + " ms";
    try {
      context
          .scheduler()
          .schedule(
              deadline,
              () -> {
                complete(executor, "executor", Status.DOWN, late);
                complete(coordinator, "coordinator", Status.DOWN, late);
              });
      return new Check("scheduler", Status.UP, "takes tasks");
    } catch (RuntimeException e) {
      return new Check("scheduler", Status.DOWN, reason(e));
    }
  }

  private void askExecutor(CompletableFuture<Check> answer) {
    Instant start = context.clock().instant();
    try {
      context.pool().execute(() -> complete(answer, "executor", Status.UP, took(start)));
    } catch (RuntimeException e) {
      complete(answer, "executor", Status.DOWN, reason(e));
    }
  }

  private void askCoordinator(CompletableFuture<Check> answer) {
    Instant start = context.clock().instant();
    Calls.attempt(() -> context.coordinator().logs().head(KEY))
        .whenComplete(
            (head, failure) -> {
              if (failure == null) {
                complete(answer, "coordinator", Status.UP, took(start));
              } else {
                complete(answer, "coordinator", Status.DOWN, reason(failure));
              }
            });
  }

  private static void complete(
      CompletableFuture<Check> answer, String name, Status status, String detail) {
    answer.complete(new Check(name, status, detail));
  }

  private String took(Instant start) {
    return "answered within " + Observers.since(start, context.clock()).toMillis() + " ms";
  }

  /** The class alone: messages of others may hold addresses and secrets. */
  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof CompletionException && cause != null ? cause : failure;
    return told.getClass().getSimpleName();
  }
}
