package dev.collab.server.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A call of a coordinator that may be made again when it fails, which it is a few times before the
 * failure counts.
 *
 * <p>Thread-safe.
 */
public final class Repetition<T> {

  private static final int ATTEMPTS = 6;

  private final ServerContext context;
  private final Supplier<CompletionStage<T>> call;
  private final Retry retry;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Makes the call. */
  public Repetition(ServerContext context, Supplier<CompletionStage<T>> call) {
    this.context = context;
    this.call = call;
    this.retry = new Retry(context.scheduler(), context.random());
    attempt();
  }

  /** Returns the outcome, which comes on the pool of the server. */
  public CompletionStage<T> result() {
    return result.minimalCompletionStage();
  }

  private void attempt() {
    Calls.attempt(call)
        .whenComplete(
            (value, failure) ->
                context
                    .pool()
                    .execute(
                        () -> {
                          if (failure == null) {
                            result.complete(value);
                          } else if (retry.failures() + 1 < ATTEMPTS) {
                            retry.failed(this::attempt);
                          } else {
                            result.completeExceptionally(failure);
                          }
                        }));
  }
}
