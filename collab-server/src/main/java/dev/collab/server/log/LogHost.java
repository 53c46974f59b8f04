package dev.collab.server.log;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.document.Document;
import dev.collab.document.Snapshot;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentStatus.State;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.SerialExecutor;
import dev.collab.server.runtime.ServerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves one log: loads it, runs requests, takes submissions through the {@link CommitPipeline} and
 * tells the {@link Audience} and the {@link Attachment}s. Everything happens on one serial
 * executor. A host that nobody uses, that cannot load or whose log turned out to be another one is
 * given up; what still comes to it goes to the log's next host.
 *
 * <p>Thread-safe: the public methods put a task on the executor.
 *
 * @param <A> who hears of entries
 */
public final class LogHost<A extends Audience> {

  private final ServedLog<A> log;
  private final ServerContext context;
  private final Residents residents;
  private final Succession<A> succession;
  private final SerialExecutor executor;
  private final Retry retry;
  private final HeadWatch watch;
  private final Loading<A> loading;

  private @Nullable OpenLog<A> open;
  private volatile HostStatus status;
  private boolean closed;
  private boolean retired;
  private Instant usedAt;

  /** Creates a host that loads its log when it is first asked. */
  LogHost(ServedLog<A> log, ServerContext context, Residents residents, Succession<A> succession) {
    this.log = log;
    this.context = context;
    this.residents = residents;
    this.succession = succession;
    this.executor = new SerialExecutor(context.pool(), this::publish);
    this.retry = new Retry(context.scheduler(), context.random());
    this.watch = new HeadWatch(log.key(), context, executor, new Heads());
    this.loading = new Loading<>(this, log.key(), residents, executor, retry, new Loader());
    this.usedAt = context.clock().instant();
    this.status = HostStatus.notServed(State.NEW, 0, usedAt);
  }

  /** Where a host is given up, and the one after it is found. */
  interface Succession<A extends Audience> {

    /** Returns the host that serves the log when this one does no longer. */
    LogHost<A> next();

    /** Forgets a host that serves its log no longer. */
    void retired(LogHost<A> host);
  }

  /** Runs a request as soon as the log is loaded, after those that came before. */
  public void whenLoaded(LogRequest<A> request) {
    executor.execute(
        () -> {
          usedAt = context.clock().instant();
          if (retired) {
            succession.next().whenLoaded(request);
          } else if (closed) {
            request.fail(closing());
          } else if (open == null) {
            loading.add(request);
          } else {
            open.take(request);
          }
        });
  }

  /**
   * Looks at the document as it stands in the log, on the executor, in order with what the audience
   * is told.
   *
   * @param revision the least revision that is wanted; the log is read if it is not known here
   * @param looked is given the document, which may be at a lower revision if the log is
   * @param failed is told why it cannot be read
   */
  public void look(long revision, Consumer<Document> looked, Consumer<WireError> failed) {
    whenLoaded(LogRequests.look(revision, looked, failed));
  }

  /** Reads the document as it stands in the log, also if another server has just written it. */
  public CompletionStage<Snapshot> snapshot() {
    CompletableFuture<Snapshot> result = new CompletableFuture<>();
    look(
        Long.MAX_VALUE,
        document -> result.complete(document.snapshot()),
        error ->
            result.completeExceptionally(new ProtocolException(error.code(), error.message())));
    return result;
  }

  /** Takes a submission; whoever made it is answered when it is decided. */
  public void submit(PendingSubmission<A> submission) {
    whenLoaded(LogRequests.submission(submission));
  }

  /** Runs a task on the executor with those who hear of entries, be the log loaded or not. */
  public void execute(Consumer<A> task) {
    executor.execute(() -> task.accept(log.audience()));
  }

  /** Returns how the log was served at the end of the executor's last turn. */
  public HostStatus status() {
    return status;
  }

  private void publish() {
    if (open != null) {
      status = open.status(new HostStatus.Use(usedAt, open.isInUse()));
    } else if (closed) {
      status = HostStatus.notServed(State.CLOSED, 0, usedAt);
    } else if (loading.isUnderWay()) {
      status = HostStatus.notServed(State.LOADING, loading.waiting(), usedAt);
    }
  }

  private final class Loader implements Loading.Owner {

    @Override
    public void loading() {
      log.listener().loading();
    }

    @Override
    public CompletionStage<DocumentLoader.Result> attempt() {
      return watch
          .listen()
          .thenCompose(
              listening -> new DocumentLoader(log, context.coordinator().logs(), executor).load());
    }

    @Override
    public void loaded(DocumentLoader.Result result) {
      open = new OpenLog<>(log, context, executor, new Log(), result);
      open.begin();
      watch.schedulePoll();
      log.listener().loaded(result.document());
      for (Optional<LogRequest<A>> request = loading.next();
          request.isPresent();
          request = loading.next()) {
        if (open != null) {
          open.take(request.get());
        } else {
          whenLoaded(request.get());
        }
      }
      weigh();
    }

    @Override
    public void notLoaded(WireError error) {
      retire(DocumentUnloaded.Reason.LOST); // the next request begins anew
      log.listener().notLoaded(error);
    }
  }

  private void weigh() {
    if (open != null) {
      residents.weigh(this, open.memory());
    }
  }

  private final class Log implements OpenLog.Owner<A> {

    @Override
    public void whenLoaded(LogRequest<A> request) {
      LogHost.this.whenLoaded(request);
    }

    @Override
    public void lost(DocumentUnloaded.Reason reason, List<LogRequest<A>> undecided) {
      retire(reason);
      Runnable goOn = () -> undecided.forEach(this::whenLoaded);
      if (reason == DocumentUnloaded.Reason.LOST) {
        retry.failed(goOn);
      } else {
        goOn.run();
      }
    }
  }

  private final class Heads implements HeadWatch.Listener {

    @Override
    public void announced(LogHead head, List<LogEntry> entries) {
      if (open != null) {
        open.announced(head, entries);
      }
    }

    @Override
    public void pollDue() {
      if (open == null) {
        return;
      }
      LogHead known = CommitPipeline.head(open.document());
      watch
          .poll()
          .whenComplete((head, failure) -> executor.execute(() -> polled(head, known, failure)));
    }
  }

  private void polled(Optional<LogHead> head, LogHead known, @Nullable Throwable failure) {
    if (open != null && failure == null) {
      open.polled(head, known);
    }
    if (open == null) {
      return;
    }
    weigh();
    Instant now = context.clock().instant();
    if (open.isInUse()) {
      usedAt = now;
    } else if (Duration.between(usedAt, now).compareTo(residents.policy().idle()) >= 0) {
      unload();
      return;
    }
    watch.schedulePoll();
  }

  /**
   * Gives the log up if nobody uses it.
   *
   * @param then runs when that is done, or turned out not to be possible
   */
  void unload(Runnable then) {
    executor.execute(
        () -> {
          if (open != null && !open.isInUse()) {
            unload();
          }
          then.run();
        });
  }

  private void unload() {
    if (open != null) {
      open.saveForLater();
    }
    retire(DocumentUnloaded.Reason.IDLE);
  }

  /**
   * Replaces the log's history by what it amounts to, in a new epoch, and goes on with the next
   * host.
   *
   * @return completes when everything before is gone; fails with a {@link ProtocolException} if
   *     that cannot be done now
   */
  public CompletionStage<Void> replaceHistory() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    whenLoaded(
        LogRequests.replacement(
            done,
            error ->
                done.completeExceptionally(new ProtocolException(error.code(), error.message()))));
    return done;
  }

  private void retire(DocumentUnloaded.Reason reason) {
    retired = true;
    succession.retired(this);
    release(reason).forEach(this::whenLoaded);
  }

  /** Returns the requests that were under way, if the log was open. */
  private List<LogRequest<A>> release(DocumentUnloaded.Reason reason) {
    OpenLog<A> given = open;
    closed = true;
    open = null;
    residents.left(this);
    watch.close();
    if (given == null) {
      return List.of();
    }
    List<LogRequest<A>> undecided = given.end();
    log.listener().unloaded(given.document(), reason);
    return undecided;
  }

  private static WireError closing() {
    return new WireError(ErrorCodes.UNAVAILABLE, "the server is closing");
  }

  /** Stops serving; what is undecided is answered with an error. */
  void close() {
    executor.mayEnd();
    executor.execute(
        () -> {
          if (!closed) {
            release(DocumentUnloaded.Reason.CLOSING).forEach(request -> request.fail(closing()));
            loading.end(closing());
          }
        });
  }
}
