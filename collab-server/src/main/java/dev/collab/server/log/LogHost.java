package dev.collab.server.log;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.Snapshot;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentStatus.State;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.SerialExecutor;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  private static final Logger LOGGER = System.getLogger(LogHost.class.getName());

  /** After this many failures to load, readers are told; they may ask again. */
  private static final int ATTEMPTS_FOR_READERS = 4;

  /** Submissions wait longer, since some clients throw away what is answered with an error. */
  private static final int ATTEMPTS_FOR_AUTHORS = 10;

  private final ServedLog<A> log;
  private final ServerContext context;
  private final Succession<A> succession;
  private final SerialExecutor executor;
  private final Retry retry;
  private final HeadWatch watch;
  private final Queue<LogRequest<A>> requests = new ArrayDeque<>();
  private final Map<Class<?>, Attachment> attachments = new LinkedHashMap<>();

  private @Nullable CommitPipeline<A> pipeline;
  private @Nullable SnapshotPolicy snapshots;
  private KeptWeight kept = new KeptWeight();
  private volatile HostStatus status = HostStatus.notServed(State.NEW, 0);
  private boolean isLoading;
  private boolean closed;
  private boolean retired;
  private boolean usedSincePoll;

  /** Creates a host that loads its log when it is first asked. */
  LogHost(ServedLog<A> log, ServerContext context, Succession<A> succession) {
    this.log = log;
    this.context = context;
    this.succession = succession;
    this.executor = new SerialExecutor(context.pool(), this::publish);
    this.retry = new Retry(context.scheduler(), context.random());
    this.watch = new HeadWatch(log.key(), context, executor, new Heads());
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
          usedSincePoll = true;
          if (retired) {
            succession.next().whenLoaded(request);
          } else if (closed) {
            request.fail(closing());
          } else if (pipeline != null) {
            run(request, pipeline, false);
          } else {
            requests.add(request);
            if (!isLoading) {
              isLoading = true;
              log.listener().loading();
              load();
            }
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
    whenLoaded(
        new LogRequest<>() {
          @Override
          public void run(Loaded<A> loaded) {
            if (!loaded.isCaughtUp() && revision > loaded.document().revision()) {
              loaded.catchUp();
            } else {
              looked.accept(loaded.document());
            }
          }

          @Override
          public void fail(WireError error) {
            failed.accept(error);
          }
        });
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
    whenLoaded(
        new LogRequest<>() {
          @Override
          public void run(Loaded<A> loaded) {
            if (!loaded.isCaughtUp()
                && submission.submission().baseRevision() > loaded.preparedRevision()) {
              // another node may have told the client of entries that are not yet known here
              loaded.catchUp();
            } else {
              loaded.submit(submission);
            }
          }

          @Override
          public void fail(WireError error) {
            submission.failed(error);
          }

          @Override
          public boolean isPatient() {
            return true;
          }
        });
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
    if (pipeline != null) {
      kept.trimmedTo(pipeline.committed().base());
      status = HostStatus.served(pipeline, log.audience().size(), kept);
    } else if (closed) {
      status = HostStatus.notServed(State.CLOSED, 0);
    } else if (isLoading) {
      status = HostStatus.notServed(State.LOADING, requests.size());
    }
  }

  A audience() {
    return log.audience();
  }

  Executor executor() {
    return executor;
  }

  <T extends Attachment> T attachment(Class<T> type, Supplier<T> make) {
    return type.cast(attachments.computeIfAbsent(type, missing -> make.get()));
  }

  private final class Commits implements CommitPipeline.Listener<A> {

    @Override
    public void committed(
        CommittedOperation entry, Document before, Document after, Optional<PipelineItem<A>> item) {
      kept.add(entry);
      try {
        log.audience().tell(entry, after, item.flatMap(PipelineItem::origin));
      } catch (RuntimeException | Error e) { // the log goes on; who misses the entry will notice
        notPassedOn(entry, e);
      }
      item.ifPresent(this::decided);
      for (Attachment attachment : List.copyOf(attachments.values())) {
        try {
          attachment.committed(entry, before, after);
        } catch (RuntimeException | Error e) {
          notPassedOn(entry, e);
        }
      }
      try {
        if (snapshots != null && pipeline != null) {
          snapshots.committed(pipeline);
        }
      } catch (RuntimeException | Error e) { // of the document's type
        LOGGER.log(Level.ERROR, "no snapshot of " + log.key() + " could be made", e);
      }
    }

    private void notPassedOn(CommittedOperation entry, Throwable failure) {
      LOGGER.log(
          Level.ERROR,
          "entry " + entry.revision() + " of " + log.key() + " was not passed on",
          failure);
    }

    @Override
    public void decided(PipelineItem<A> item) {
      try {
        answer(item, loadedPipeline().committed());
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.ERROR, "a submission to " + log.key() + " could not be answered", e);
        item.request().failed(failure());
      }
    }

    /** Answers the author of a submission that is decided for good. */
    private void answer(PipelineItem<A> item, Document document) {
      PendingSubmission<A> request = item.request();
      Decision decision = item.decision();
      if (decision instanceof Decision.Accepted accepted) {
        request.committed(accepted.entry(), document, log.audience());
      } else if (decision instanceof Decision.Duplicate duplicate) {
        request.duplicate(duplicate.baseRevision(), document, log.audience());
      } else if (decision instanceof Decision.Refused refused) {
        request.refused(new WireError(refused.code(), refused.message()), log.audience());
      } else if (decision instanceof Decision.Stale stale) {
        request.stale(stale.fate(), document, log.audience());
      }
    }

    @Override
    public void lost(String reason) {
      LOGGER.log(Level.ERROR, "{0} has to be loaded again: {1}", log.key(), reason);
      CommitPipeline<A> lost = loadedPipeline();
      retire(DocumentUnloaded.Reason.LOST);
      List<PendingSubmission<A>> undecided = lost.close();
      log.audience().restart();
      retry.failed(() -> undecided.forEach(LogHost.this::submit));
    }
  }

  /** Runs a request when the log was read to its end, as often as that takes. */
  void catchUp(LogRequest<A> request, CommitPipeline<A> loaded) {
    loaded.catchUp(
        caughtUp -> {
          if (caughtUp && pipeline == loaded) {
            run(request, loaded, true);
          } else {
            whenLoaded(request);
          }
        });
  }

  private void run(LogRequest<A> request, CommitPipeline<A> loaded, boolean caughtUp) {
    try {
      request.run(new Loaded<>(this, loaded, request, caughtUp));
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a request about " + log.key() + " failed", e);
      request.fail(failure());
    }
  }

  private void load() {
    if (closed) {
      return;
    }
    watch
        .listen()
        .thenCompose(
            listening ->
                new DocumentLoader(log.key(), log.rules(), context.coordinator().logs(), executor)
                    .load())
        .whenComplete((document, failure) -> executor.execute(() -> loaded(document, failure)));
  }

  private void loaded(DocumentLoader.Result loaded, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null) {
      notLoaded(failure);
      return;
    }
    Document document = loaded.document();
    pipeline = new CommitPipeline<>(log.key(), context, executor, new Commits(), document);
    snapshots = new SnapshotPolicy(log.key(), context, executor, loaded.savedRevision());
    watch.schedulePoll();
    kept = KeptWeight.of(document);
    log.listener().loaded(document);
    for (LogRequest<A> request = requests.poll(); request != null; request = requests.poll()) {
      if (pipeline != null) {
        run(request, pipeline, false);
      } else {
        whenLoaded(request);
      }
    }
  }

  private void notLoaded(Throwable failure) {
    Optional<CollabException> broken = broken(failure);
    if (broken.isEmpty() && retry.failures() < ATTEMPTS_FOR_AUTHORS) {
      if (retry.failures() >= ATTEMPTS_FOR_READERS) {
        failRequests(false, new WireError(ErrorCodes.UNAVAILABLE, "it is not at hand"));
      }
      if (!requests.isEmpty()) {
        retry.failed(() -> executor.execute(this::load));
        return;
      }
    }
    LOGGER.log(Level.ERROR, log.key() + " cannot be loaded", failure);
    retire(DocumentUnloaded.Reason.LOST); // the next request begins anew
    WireError error =
        broken
            .map(e -> new WireError(e.code(), "it cannot be read"))
            .orElseGet(() -> new WireError(ErrorCodes.UNAVAILABLE, "it cannot be loaded now"));
    failRequests(true, error);
    log.listener().notLoaded(error);
  }

  private void failRequests(boolean alsoPatient, WireError error) {
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

  private final class Heads implements HeadWatch.Listener {

    @Override
    public void announced(LogHead head, List<LogEntry> entries) {
      if (pipeline != null) {
        pipeline.announced(head, entries);
      }
    }

    @Override
    public void pollDue() {
      if (pipeline == null) {
        return;
      }
      LogHead known = CommitPipeline.head(pipeline.committed());
      watch
          .poll()
          .whenComplete((head, failure) -> executor.execute(() -> polled(head, known, failure)));
    }
  }

  private void polled(Optional<LogHead> head, LogHead known, @Nullable Throwable failure) {
    if (pipeline != null && failure == null) {
      pipeline.polled(head, known);
    }
    if (pipeline == null) {
      return;
    }
    if (!usedSincePoll && !isInUse() && pipeline.isIdle()) {
      retire(DocumentUnloaded.Reason.IDLE);
    } else {
      usedSincePoll = false;
      watch.schedulePoll();
    }
  }

  private boolean isInUse() {
    return !log.audience().isEmpty() || attachments.values().stream().anyMatch(Attachment::isInUse);
  }

  private void retire(DocumentUnloaded.Reason reason) {
    retired = true;
    succession.retired(this);
    release(reason);
  }

  private void release(DocumentUnloaded.Reason reason) {
    CommitPipeline<A> open = pipeline;
    closed = true;
    pipeline = null;
    watch.close();
    attachments.values().forEach(this::end);
    attachments.clear();
    if (open != null) {
      log.listener().unloaded(open.committed(), reason);
    }
  }

  private void end(Attachment attachment) {
    try {
      attachment.ended();
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "something that accompanied " + log.key() + " failed to end", e);
    }
  }

  private CommitPipeline<A> loadedPipeline() {
    if (pipeline == null) {
      throw new IllegalStateException("the log is not loaded");
    }
    return pipeline;
  }

  private static WireError closing() {
    return new WireError(ErrorCodes.UNAVAILABLE, "the server is closing");
  }

  private static WireError failure() {
    return new WireError(ErrorCodes.UNKNOWN, "the server failed to handle the message");
  }

  /** Stops serving; what is undecided is answered with an error. */
  void close() {
    executor.mayEnd();
    executor.execute(
        () -> {
          if (closed) {
            return;
          }
          CommitPipeline<A> open = pipeline;
          release(DocumentUnloaded.Reason.CLOSING);
          if (open != null) {
            open.close().forEach(submission -> submission.failed(closing()));
          }
          failRequests(true, closing());
        });
  }
}
