package dev.collab.server.document;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentStatus;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.Resync;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.SerialExecutor;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves one document: loads it, answers reads, takes submissions through the {@link
 * CommitPipeline} and tells the {@link Audience}. Everything happens on one serial executor. A host
 * that nobody uses, that cannot load or whose log turned out to be another one is given up; what
 * still comes to it goes to the document's next host.
 *
 * <p>Thread-safe: the methods that are not private put a task on the executor.
 */
public final class DocumentHost implements CommitPipeline.Listener, HeadWatch.Listener {

  private static final Logger LOGGER = System.getLogger(DocumentHost.class.getName());

  /** After this many failures to load, readers are told; they may ask again. */
  private static final int ATTEMPTS_FOR_READERS = 4;

  /** Submissions wait longer, since some clients throw away what is answered with an error. */
  private static final int ATTEMPTS_FOR_AUTHORS = 10;

  private final DocumentId id;
  private final String key;
  private final ServerContext context;
  private final HostDirectory directory;
  private final SerialExecutor executor;
  private final Retry retry;
  private final HeadWatch watch;
  private final Audience audience;
  private final HostEvents events;
  private final HostStatus status;
  private final Queue<Request> requests = new ArrayDeque<>();

  private @Nullable CommitPipeline pipeline;
  private @Nullable SnapshotPolicy snapshots;
  private boolean isLoading;
  private boolean closed;
  private boolean retired;
  private boolean usedSincePoll;

  /**
   * Creates a host that loads its document when it is first asked.
   *
   * @param id the document
   * @param context what the parts of the server share
   * @param directory where other hosts of the document are found and this one is given up
   */
  public DocumentHost(DocumentId id, ServerContext context, HostDirectory directory) {
    this.id = id;
    this.directory = directory;
    this.key = LogKeys.of(id);
    this.context = context;
    this.executor = new SerialExecutor(context.pool(), this::publish);
    this.retry = new Retry(context.scheduler(), context.random());
    this.watch = new HeadWatch(key, context, executor, this);
    this.audience = new Audience(id);
    this.status = new HostStatus(id);
    this.events = new HostEvents(id, context.observers(), context.clock());
  }

  /**
   * Reads the document for a session, which may stay subscribed.
   *
   * @param version the revision the reader has, if any
   * @param subscribe whether the session hears of later entries
   * @param outcome is told on the executor, after entries that the reader lacks were sent
   */
  void read(
      DocumentSession session,
      OptionalLong version,
      boolean subscribe,
      Consumer<ReadOutcome> outcome) {
    whenLoaded(
        new Request() {
          @Override
          void run(DocumentHost host, CommitPipeline loaded, boolean caughtUp) {
            if (!caughtUp && version.orElse(0) > loaded.committed().revision()) {
              host.catchUp(this, loaded);
            } else {
              ReadOutcome read =
                  host.audience.read(session, version, subscribe, loaded.committed());
              outcome.accept(read);
              if (read instanceof ReadOutcome.TooFarBehind) {
                host.events.resync(session, Resync.Reason.TOO_FAR_BEHIND);
              }
            }
          }

          @Override
          void fail(WireError error) {
            outcome.accept(new ReadOutcome.Failed(error));
          }
        });
  }

  /** Reads the document as it stands in the log, also if another server has just written it. */
  public CompletionStage<Snapshot> snapshot() {
    CompletableFuture<Snapshot> result = new CompletableFuture<>();
    whenLoaded(
        new Request() {
          @Override
          void run(DocumentHost host, CommitPipeline loaded, boolean caughtUp) {
            if (caughtUp) {
              result.complete(loaded.committed().snapshot());
            } else {
              host.catchUp(this, loaded);
            }
          }

          @Override
          void fail(WireError error) {
            result.completeExceptionally(new ProtocolException(error.code(), error.message()));
          }
        });
    return result;
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
        new Request() {
          @Override
          void run(DocumentHost host, CommitPipeline loaded, boolean caughtUp) {
            if (!caughtUp && revision > loaded.committed().revision()) {
              host.catchUp(this, loaded);
            } else {
              looked.accept(loaded.committed());
            }
          }

          @Override
          void fail(WireError error) {
            failed.accept(error);
          }
        });
  }

  /** Returns how the document was served at the end of the executor's last turn. */
  public DocumentStatus status() {
    return status.now();
  }

  private void publish() {
    if (pipeline != null) {
      status.publish(pipeline, audience.size());
    } else if (closed) {
      status.publish(DocumentStatus.State.CLOSED, 0);
    } else if (isLoading) {
      status.publish(DocumentStatus.State.LOADING, requests.size());
    }
  }

  /** Ends a session's subscription, if there is one. */
  void unsubscribe(DocumentSession session) {
    executor.execute(() -> audience.remove(session));
  }

  /** Takes a submission; whoever made it is answered when it is decided. */
  void submit(PendingSubmission submission) {
    whenLoaded(
        new Request() {
          @Override
          void run(DocumentHost host, CommitPipeline loaded, boolean caughtUp) {
            if (!caughtUp && submission.submission().baseRevision() > loaded.preparedRevision()) {
              // another node may have told the client of entries that are not yet known here
              host.catchUp(this, loaded);
            } else {
              loaded.submit(submission);
            }
          }

          @Override
          void fail(WireError error) {
            submission.failed(error);
          }

          @Override
          boolean isPatient() {
            return true;
          }
        });
  }

  @Override
  public void committed(CommittedOperation entry, Optional<DocumentSession> origin) {
    try {
      status.committed(entry);
      audience.tell(entry, origin);
      if (snapshots != null && pipeline != null) {
        snapshots.committed(pipeline);
      }
    } catch (RuntimeException | Error e) { // the log goes on; who misses the entry will notice
      LOGGER.log(Level.ERROR, "entry " + entry.revision() + " of " + key + " was not passed on", e);
    }
  }

  @Override
  public void decided(PipelineItem item) {
    try {
      boolean resyncs = audience.answer(item, loadedPipeline().committed());
      events.decided(item, resyncs);
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a submission to " + key + " could not be answered", e);
      item.request().failed(failure());
    }
  }

  @Override
  public void lost(String reason) {
    LOGGER.log(Level.ERROR, "{0} has to be loaded again: {1}", key, reason);
    CommitPipeline lost = loadedPipeline();
    retire(DocumentUnloaded.Reason.LOST);
    List<PendingSubmission> undecided = lost.close();
    audience.restart().forEach(session -> events.resync(session, Resync.Reason.LOG_LOST));
    retry.failed(() -> undecided.forEach(this::submit));
  }

  private void whenLoaded(Request request) {
    executor.execute(
        () -> {
          usedSincePoll = true;
          if (retired) {
            directory.host(id).whenLoaded(request);
          } else if (closed) {
            request.fail(closing());
          } else if (pipeline != null) {
            run(request, pipeline, false);
          } else {
            requests.add(request);
            if (!isLoading) {
              isLoading = true;
              events.loading();
              load();
            }
          }
        });
  }

  /** Runs a request when the log was read to its end, as often as that takes. */
  private void catchUp(Request request, CommitPipeline loaded) {
    loaded.catchUp(
        caughtUp -> {
          if (caughtUp && pipeline == loaded) {
            run(request, loaded, true);
          } else {
            whenLoaded(request);
          }
        });
  }

  private void run(Request request, CommitPipeline loaded, boolean caughtUp) {
    try {
      request.run(this, loaded, caughtUp);
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a request about " + key + " failed", e);
      request.fail(failure());
    }
  }

  private void load() {
    if (closed) {
      return;
    }
    watch
        .listen()
        .thenCompose(listening -> new DocumentLoader(key, context, executor).load())
        .whenComplete((document, failure) -> executor.execute(() -> loaded(document, failure)));
  }

  private void loaded(DocumentLoader.Loaded loaded, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null) {
      notLoaded(failure);
      return;
    }
    Document document = loaded.document();
    pipeline = new CommitPipeline(key, context, executor, this, document);
    snapshots = new SnapshotPolicy(key, context, executor, loaded.savedRevision());
    watch.schedulePoll();
    status.loaded(document);
    events.loaded(document);
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
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
        failRequests(false, new WireError(ErrorCodes.UNAVAILABLE, "the document is not at hand"));
      }
      if (!requests.isEmpty()) {
        retry.failed(() -> executor.execute(this::load));
        return;
      }
    }
    LOGGER.log(Level.ERROR, key + " cannot be loaded", failure);
    retire(DocumentUnloaded.Reason.LOST); // the next request begins anew
    WireError error =
        broken
            .map(e -> new WireError(e.code(), "the document cannot be read"))
            .orElseGet(
                () -> new WireError(ErrorCodes.UNAVAILABLE, "the document cannot be loaded now"));
    failRequests(true, error);
    events.notLoaded(error);
  }

  private void failRequests(boolean alsoPatient, WireError error) {
    List<Request> failed =
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

  private void polled(Optional<LogHead> head, LogHead known, @Nullable Throwable failure) {
    if (pipeline != null && failure == null) {
      pipeline.polled(head, known);
    }
    if (pipeline == null) {
      return;
    }
    if (!usedSincePoll && audience.isEmpty() && pipeline.isIdle()) {
      retire(DocumentUnloaded.Reason.IDLE);
    } else {
      usedSincePoll = false;
      watch.schedulePoll();
    }
  }

  private void retire(DocumentUnloaded.Reason reason) {
    retired = true;
    directory.retire(id, this);
    release(reason);
  }

  private void release(DocumentUnloaded.Reason reason) {
    CommitPipeline open = pipeline;
    closed = true;
    pipeline = null;
    watch.close();
    if (open != null) {
      events.unloaded(open.committed(), reason);
    }
  }

  private CommitPipeline loadedPipeline() {
    if (pipeline == null) {
      throw new IllegalStateException("the document is not loaded");
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
  public void close() {
    executor.mayEnd();
    executor.execute(
        () -> {
          if (closed) {
            return;
          }
          CommitPipeline open = pipeline;
          release(DocumentUnloaded.Reason.CLOSING);
          if (open != null) {
            open.close().forEach(submission -> submission.failed(closing()));
          }
          failRequests(true, closing());
        });
  }
}
