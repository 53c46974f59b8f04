package dev.collab.server.runtime;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Calls of what may come from anybody: one that throws, or returns nothing to wait for, is one that
 * failed.
 */
public final class Calls {

  private Calls() {}

  public static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> call) {
    try {
      return requireNonNull(call.get(), "a stage");
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
