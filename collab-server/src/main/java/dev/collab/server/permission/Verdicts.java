package dev.collab.server.permission;

import static java.util.Objects.requireNonNull;

import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Verdict;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks interceptors one after the other; each sees what those before it have made of it. */
final class Verdicts {

  /** What an interceptor is asked. */
  @FunctionalInterface
  interface Question<T, A> {
    CompletionStage<Verdict<A>> ask(Interceptor interceptor, T value);
  }

  private Verdicts() {}

  /**
   * Asks all, until one refuses.
   *
   * @param value what is asked for
   * @param question asks one of them
   * @param amended returns what somebody has made of it
   * @return completes with what is left of it, or the first refusal; fails if one of them does
   */
  static <T, A> CompletionStage<Verdict<T>> of(
      List<Interceptor> interceptors, T value, Question<T, A> question, Amended<T, A> amended) {
    return next(interceptors.iterator(), value, question, amended);
  }

  /** What becomes of something that is amended. */
  @FunctionalInterface
  interface Amended<T, A> {
    T with(T value, A amendment);
  }

  /** The amendment itself takes the place. */
  static <T> Amended<T, T> replaced() {
    return (value, amendment) -> amendment;
  }

  private static <T, A> CompletionStage<Verdict<T>> next(
      Iterator<Interceptor> remaining, T value, Question<T, A> question, Amended<T, A> amended) {
    if (!remaining.hasNext()) {
      return Verdict.amend(value).now();
    }
    return asked(remaining.next(), value, question)
        .thenCompose(
            verdict ->
                switch (verdict.kind()) {
                  case ALLOW -> next(remaining, value, question, amended);
                  case AMEND ->
                      next(
                          remaining,
                          amended.with(value, ((Verdict.Amend<A>) verdict).value()),
                          question,
                          amended);
                  case REFUSE -> {
                    Verdict.Refuse<A> refusal = (Verdict.Refuse<A>) verdict;
                    yield Verdict.<T>refuse(refusal.code(), refusal.message()).now();
                  }
                });
  }

  private static <T, A> CompletionStage<Verdict<A>> asked(
      Interceptor interceptor, T value, Question<T, A> question) {
    try {
      return requireNonNull(question.ask(interceptor, value), "no answer");
    } catch (RuntimeException | Error e) { // of the application
      return CompletableFuture.failedStage(e);
    }
  }
}
