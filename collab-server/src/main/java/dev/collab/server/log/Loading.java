package dev.collab.server.log;

import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.runtime.Retry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for a log, and the attempts to load it for them: as soon as there is room
 * among the {@link Residents}, and again after a while if it fails.
 *
 * <p>Confined: to the host's executor.
 *
 * @param <A> the audience of the log
 */
final class Loading<A extends Audience> {

  private static final Logger LOGGER = System.getLogger(Loading.class.getName());

  /** After this many failures to load, readers are told; they may ask again. */
  private static final int ATTEMPTS_FOR_READERS = 4;

  /** Submissions wait longer, since some clients throw away what is answered with an error. */
  private static final int ATTEMPTS_FOR_AUTHORS = 10;

  /** When whoever was refused for want of room may ask again. */
  private static final Duration FULL = Duration.ofSeconds(5);

  private final LogHost<A> host;
  private final String key;
  private final Residents residents;
  private final Executor executor;
  private final Retry retry;
  private final Owner owner;
  private final Queue<LogRequest<A>> requests = new ArrayDeque<>();
  private boolean begun;
  private boolean ended;

  Loading(
      LogHost<A> host,
      String key,
      Residents residents,
      Executor executor,
      Retry retry,
      Owner owner) {
    this.host = host;
    this.key = key;
    this.residents = residents;
    this.executor = executor;
    this.retry = retry;
    this.owner = owner;
  }

  /** Whose log is loaded. */
  interface Owner {

    /** Begins one attempt; completes on the executor. */
    CompletionStage<DocumentLoader.Result> attempt();

    /** The first attempt is about to begin. */
    void loading();

    /** The log is there; the requests wait to be taken. */
    void loaded(DocumentLoader.Result result);

    /** It is not tried any longer; the requests that still wait are answered behind this call. */
    void notLoaded(WireError error);
  }

  /** Adds a request that waits; the first one has the log loaded. */
  void add(LogRequest<A> request) {
    requests.add(request);
    if (!begun) {
      begun = true;
      owner.loading();
      enter();
    }
  }

  boolean isUnderWay() {
    return begun && !ended;
  }

  int waiting() {
    return requests.size();
  }

  /** Returns the next request that waited. */
  Optional<LogRequest<A>> next() {
    return Optional.ofNullable(requests.poll());
  }

  private void enter() {
    if (ended) {
      return;
    }
    if (residents.admit(host)) {
      load(owner::attempt);
    } else {
      residents.makeRoom(made -> executor.execute(made ? this::enter : this::full));
    }
  }

  private void full() {
    if (!ended) {
      again(
          new WireError(ErrorCodes.UNAVAILABLE, "too many others are in use").withRetryAfter(FULL),
          new IllegalStateException("there is no room for " + key));
    }
  }

  private void load(Supplier<CompletionStage<DocumentLoader.Result>> attempt) {
    attempt
        .get()
        .whenComplete((result, failure) -> executor.execute(() -> attempted(result, failure)));
  }

  private void attempted(DocumentLoader.Result result, @Nullable Throwable failure) {
    if (ended) {
      return;
    }
    if (failure == null) {
      ended = true;
      owner.loaded(result);
      return;
    }
    Optional<CollabException> broken = broken(failure);
    if (broken.isPresent()) {
      giveUp(new WireError(broken.get().code(), "it cannot be read"), failure);
    } else {
      again(new WireError(ErrorCodes.UNAVAILABLE, "it cannot be loaded now"), failure);
    }
  }

  private void again(WireError error, Throwable failure) {
    if (retry.failures() < ATTEMPTS_FOR_AUTHORS) {
      if (retry.failures() >= ATTEMPTS_FOR_READERS) {
        fail(false, error);
      }
      if (!requests.isEmpty()) {
        retry.failed(() -> executor.execute(this::enter));
        return;
      }
    }
    giveUp(error, failure);
  }

  private void giveUp(WireError error, Throwable failure) {
    LOGGER.log(Level.ERROR, key + " cannot be loaded", failure);
    owner.notLoaded(error);
    end(error);
  }

  /** Ends the attempts and answers whoever waits. */
  void end(WireError error) {
    ended = true;
    fail(true, error);
  }

  private void fail(boolean alsoPatient, WireError error) {
    List<LogRequest<A>> failed =
        requests.stream().filter(request -> alsoPatient || !request.isPatient()).toList();
    requests.removeAll(failed);
    failed.forEach(request -> request.fail(error));
  }

  /** Returns why what is stored cannot be right, so that trying again is of no use. */
  private static Optional<CollabException> broken(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof CollabException e) {
        return Optional.of(e);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
