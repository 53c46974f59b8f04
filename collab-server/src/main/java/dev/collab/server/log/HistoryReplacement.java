package dev.collab.server.log;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.document.ChainHash;
import dev.collab.document.Document;
import dev.collab.document.Snapshot;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the history of a log by what it amounts to, in the next epoch. Requests that come
 * meanwhile wait here, so that the pipeline comes to rest; what other servers append meanwhile is
 * taken in, and the call is made again. A call that fails may have taken effect: made again, it
 * says so.
 *
 * <p>Confined: to the host's executor.
 *
 * @param <A> the audience of the log
 */
final class HistoryReplacement<A extends Audience> {

  private static final Logger LOGGER = System.getLogger(HistoryReplacement.class.getName());
  private static final int ATTEMPTS = 10;

  private final String key;
  private final ServerContext context;
  private final Executor executor;
  private final CommitPipeline<A> pipeline;
  private final Owner owner;
  private final Retry retry;
  private final List<LogRequest<A>> waiting = new ArrayList<>();
  private boolean ended;

  HistoryReplacement(
      String key,
      ServerContext context,
      Executor executor,
      CommitPipeline<A> pipeline,
      Owner owner) {
    this.key = key;
    this.context = context;
    this.executor = executor;
    this.pipeline = pipeline;
    this.owner = owner;
    this.retry = new Retry(context.scheduler(), context.random());
  }

  /** Whose history is replaced. */
  interface Owner {

    /** It was, here or elsewhere. */
    void replaced(long epoch);

    /** It may or may not have been; that will be noticed. The log is served as it was. */
    void gaveUp(WireError error);
  }

  /** Keeps a request until the history is replaced. */
  void await(LogRequest<A> request) {
    waiting.add(request);
  }

  /** Ends it, wherever it stands, and returns the requests that wait. */
  List<LogRequest<A>> end() {
    ended = true;
    return waiting;
  }

  /** Goes on as soon as the pipeline rests at the head of the log. */
  void whenAtRest() {
    if (ended) {
      return;
    }
    if (pipeline.isIdle()) {
      replace();
    } else {
      pipeline.catchUp(caughtUp -> executor.execute(this::whenAtRest));
    }
  }

  private void replace() {
    LogHead expected = CommitPipeline.head(pipeline.committed());
    LogSnapshot beginning;
    try {
      beginning = beginning(pipeline.committed());
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.ERROR, "no snapshot of " + key + " could be made", e);
      owner.gaveUp(new WireError(ErrorCodes.UNKNOWN, "it could not be written"));
      return;
    }
    attempt(expected, beginning);
  }

  private static LogSnapshot beginning(Document document) {
    Snapshot next = document.snapshot().inNextEpoch();
    ChainHash hash = next.hash();
    return new LogSnapshot(
        new LogHead(next.epoch(), next.revision(), Bytes.copyOf(hash.toByteArray())),
        Bytes.copyOf(document.rules().codec().encodeSnapshot(next)));
  }

  private void attempt(LogHead expected, LogSnapshot beginning) {
    Calls.attempt(() -> context.coordinator().logs().replace(key, expected, beginning))
        .whenComplete(
            (head, failure) ->
                executor.execute(() -> answered(expected, beginning, head, failure)));
  }

  private void answered(
      LogHead expected, LogSnapshot beginning, LogHead head, @Nullable Throwable failure) {
    if (ended) {
      return;
    }
    if (failure == null && head.epoch() != expected.epoch()) {
      owner.replaced(head.epoch());
    } else if (failure == null) {
      pipeline.catchUp(caughtUp -> executor.execute(this::whenAtRest)); // somebody was first
    } else if (retry.failures() < ATTEMPTS) {
      retry.failed(
          () ->
              executor.execute(
                  () -> {
                    if (!ended) {
                      attempt(expected, beginning);
                    }
                  }));
    } else {
      LOGGER.log(Level.WARNING, "the history of " + key + " was not replaced", failure);
      owner.gaveUp(new WireError(ErrorCodes.UNAVAILABLE, "the log does not answer"));
    }
  }
}
