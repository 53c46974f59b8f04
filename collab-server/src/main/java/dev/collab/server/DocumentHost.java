package dev.collab.server;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Subscription;
import dev.collab.document.CommittedOperation;
import dev.collab.document.CorruptLogException;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Refusal;
import dev.collab.document.Snapshot;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves one document: loads it, answers reads, takes submissions through the {@link
 * CommitPipeline} and tells the subscribers. Everything happens on one serial executor.
 *
 * <p>Thread-safe: the methods that are not private put a task on the executor.
 */
final class DocumentHost implements CommitPipeline.Listener {

  private static final Logger LOGGER = System.getLogger(DocumentHost.class.getName());
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int LOAD_ATTEMPTS = 4;

  private final DocumentId id;
  private final String key;
  private final ServerContext context;
  private final HostDirectory directory;
  private final SerialExecutor executor;
  private final Retry loading;
  private final Map<Session, Long> subscribers = new LinkedHashMap<>();
  private final Queue<Request> requests = new ArrayDeque<>();

  private @Nullable CommitPipeline pipeline;
  private @Nullable SnapshotPolicy snapshots;
  private @Nullable Subscription announcements;
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
  DocumentHost(DocumentId id, ServerContext context, HostDirectory directory) {
    this.id = id;
    this.directory = directory;
    this.key = LogKeys.of(id);
    this.context = context;
    this.executor = new SerialExecutor(context.pool());
    this.loading = new Retry(context.scheduler(), context.random());
  }

  /** Something that waits for the document. */
  private interface Request {

    void run(CommitPipeline loaded);

    void fail(WireError error);
  }

  /** What a read or subscription came to. */
  sealed interface ReadOutcome {

    /** The document as it is now. */
    record State(Document document) implements ReadOutcome {}

    /** The entries that the reader lacked were sent to it; this is the document as it is now. */
    record CaughtUp(Document document) implements ReadOutcome {}

    /** The entries that the reader lacks are gone; this is the document as it is now. */
    record TooFarBehind(Document document) implements ReadOutcome {}

    /** It cannot be read. */
    record Failed(WireError error) implements ReadOutcome {}
  }

  /**
   * Reads the document for a session, which may stay subscribed.
   *
   * @param version the revision the reader has, if any
   * @param subscribe whether the session hears of later entries
   * @param outcome is told on the executor, after entries that the reader lacks were sent
   */
  void read(
      Session session, OptionalLong version, boolean subscribe, Consumer<ReadOutcome> outcome) {
    whenLoaded(
        new Request() {
          @Override
          public void run(CommitPipeline loaded) {
            outcome.accept(readNow(session, version, subscribe, loaded.committed()));
          }

          @Override
          public void fail(WireError error) {
            outcome.accept(new ReadOutcome.Failed(error));
          }
        });
  }

  private ReadOutcome readNow(
      Session session, OptionalLong version, boolean subscribe, Document document) {
    if (version.isEmpty()) {
      subscribe(session, subscribe, document.revision());
      return new ReadOutcome.State(document);
    }
    long from = version.getAsLong();
    if (from > document.revision()) {
      return new ReadOutcome.Failed(
          new WireError(
              Refusal.REVISION_FROM_THE_FUTURE,
              "revision " + from + " is above the document's revision " + document.revision()));
    }
    if (from < document.base()) {
      return new ReadOutcome.TooFarBehind(document);
    }
    sendEntries(session, document, from, document.revision());
    subscribe(session, subscribe, from);
    return new ReadOutcome.CaughtUp(document);
  }

  /** Reads the document as it stands in the log. */
  CompletionStage<Snapshot> snapshot() {
    CompletableFuture<Snapshot> result = new CompletableFuture<>();
    whenLoaded(
        new Request() {
          @Override
          public void run(CommitPipeline loaded) {
            result.complete(loaded.committed().snapshot());
          }

          @Override
          public void fail(WireError error) {
            result.completeExceptionally(new ProtocolException(error.code(), error.message()));
          }
        });
    return result;
  }

  private void subscribe(Session session, boolean subscribe, long from) {
    if (subscribe && !session.isClosed()) {
      subscribers.merge(session, from, Math::min);
    }
  }

  /** Ends a session's subscription, if there is one. */
  void unsubscribe(Session session) {
    executor.execute(() -> subscribers.remove(session));
  }

  /** Takes a submission; whoever made it is answered when it is decided. */
  void submit(PendingSubmission submission) {
    whenLoaded(
        new Request() {
          @Override
          public void run(CommitPipeline loaded) {
            loaded.submit(submission);
          }

          @Override
          public void fail(WireError error) {
            submission.failed(error);
          }
        });
  }

  @Override
  public void committed(CommittedOperation entry, Optional<Session> origin) {
    EntryFrame frame = new EntryFrame(id, entry);
    for (Session subscriber : subscribers.keySet()) {
      if (origin.isEmpty() || subscriber != origin.get()) {
        subscriber.broadcast(frame);
      }
    }
    if (snapshots != null && pipeline != null) {
      snapshots.committed(pipeline);
    }
  }

  @Override
  public void decided(CommitPipeline.Item item) {
    Document document = loadedPipeline().committed();
    PendingSubmission request = item.request();
    Decision decision = item.decision();
    if (decision instanceof Decision.Accepted accepted) {
      acknowledge(request, accepted.entry().baseRevision(), document);
    } else if (decision instanceof Decision.Duplicate duplicate) {
      acknowledge(request, duplicate.baseRevision(), document);
    } else if (decision instanceof Decision.Refused refused) {
      request.failed(new WireError(refused.code(), refused.message()));
    } else if (decision instanceof Decision.Stale stale) {
      request.stale(stale.fate(), document);
    }
  }

  /** Acknowledges; before that, the session gets the entries it may lack. */
  private void acknowledge(PendingSubmission request, long baseRevision, Document document) {
    long base = request.submission().baseRevision();
    if (base != Submission.HEAD) {
      Long subscribedFrom = subscribers.get(request.session());
      long has = subscribedFrom == null ? Long.MAX_VALUE : subscribedFrom;
      sendEntries(
          request.session(),
          document,
          Math.max(base, document.base()),
          Math.min(baseRevision, has));
    }
    request.acknowledged(baseRevision);
  }

  private void sendEntries(Session session, Document document, long from, long to) {
    if (from < to) {
      for (CommittedOperation entry : document.since(from).subList(0, Math.toIntExact(to - from))) {
        session.broadcast(new EntryFrame(id, entry));
      }
    }
  }

  @Override
  public void lost(String reason) {
    LOGGER.log(Level.ERROR, "{0} has to be loaded again: {1}", id, reason);
    WireError error = new WireError(ErrorCodes.UNAVAILABLE, "the document is being recovered");
    List<PendingSubmission> undecided = loadedPipeline().close();
    pipeline = null;
    undecided.forEach(submission -> submission.failed(error));
    // what the subscribers have may not be what the log says: they come back and compare
    List.copyOf(subscribers.keySet()).forEach(Session::restart);
    subscribers.clear();
  }

  private void whenLoaded(Request request) {
    executor.execute(
        () -> {
          usedSincePoll = true;
          if (retired) {
            directory.host(id).whenLoaded(request);
          } else if (closed) {
            request.fail(new WireError(ErrorCodes.UNAVAILABLE, "the server is closing"));
          } else if (pipeline != null) {
            request.run(pipeline);
          } else {
            requests.add(request);
            if (!isLoading) {
              isLoading = true;
              load();
            }
          }
        });
  }

  private void load() {
    if (closed) {
      return;
    }
    context
        .coordinator()
        .logs()
        .subscribe(key, this::announced)
        .thenCompose(
            subscription -> {
              executor.execute(() -> listen(subscription));
              return new DocumentLoader(key, context, executor).load();
            })
        .whenComplete((document, failure) -> executor.execute(() -> loaded(document, failure)));
  }

  private void listen(Subscription subscription) {
    if (announcements != null) {
      announcements.close();
    }
    announcements = subscription;
    if (closed) {
      subscription.close();
    }
  }

  private void loaded(Document document, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure == null) {
      loading.succeeded();
      isLoading = false;
      pipeline = new CommitPipeline(key, context, executor, this, document);
      snapshots = new SnapshotPolicy(key, context, executor, document.revision());
      poll(pipeline);
      for (Request request = requests.poll(); request != null; request = requests.poll()) {
        if (pipeline == null) {
          request.fail(new WireError(ErrorCodes.UNAVAILABLE, "the document is being recovered"));
        } else {
          request.run(pipeline);
        }
      }
    } else if (loading.failures() < LOAD_ATTEMPTS && !isCorrupt(failure)) {
      loading.failed(() -> executor.execute(this::load));
    } else {
      LOGGER.log(Level.ERROR, id + " cannot be loaded", failure);
      loading.succeeded();
      isLoading = false;
      WireError error =
          isCorrupt(failure)
              ? new WireError(CorruptLogException.CODE, "the document cannot be read")
              : new WireError(ErrorCodes.UNAVAILABLE, "the document cannot be loaded now");
      retire(); // the next request begins anew
      for (Request request = requests.poll(); request != null; request = requests.poll()) {
        request.fail(error);
      }
    }
  }

  private static boolean isCorrupt(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof CorruptLogException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private void announced(LogHead head, List<LogEntry> entries) {
    executor.execute(
        () -> {
          if (pipeline != null) {
            pipeline.announced(head, entries);
          }
        });
  }

  /** Looks now and then whether an announcement was lost. */
  private void poll(CommitPipeline polled) {
    long jitter = context.random().nextLong(POLL.toNanos() / 2);
    context
        .scheduler()
        .schedule(
            POLL.plusNanos(jitter),
            () ->
                context
                    .coordinator()
                    .logs()
                    .head(key)
                    .whenComplete(
                        (head, failure) ->
                            executor.execute(
                                () -> {
                                  if (closed || pipeline != polled) {
                                    return;
                                  }
                                  if (failure == null && head.isPresent()) {
                                    polled.announced(head.get(), List.of());
                                  }
                                  if (!retireIfIdle(polled)) {
                                    poll(polled);
                                  }
                                })));
  }

  /** Gives the document up if nobody has used it since the last poll. */
  private boolean retireIfIdle(CommitPipeline polled) {
    boolean idle = !usedSincePoll && subscribers.isEmpty() && polled.isIdle();
    usedSincePoll = false;
    if (idle) {
      retire();
    }
    return idle;
  }

  private void retire() {
    retired = true;
    directory.retire(id, this);
    release();
  }

  private void release() {
    closed = true;
    pipeline = null;
    if (announcements != null) {
      announcements.close();
    }
  }

  private CommitPipeline loadedPipeline() {
    if (pipeline == null) {
      throw new IllegalStateException(id + " is not loaded");
    }
    return pipeline;
  }

  /** Stops serving; what is undecided is answered with an error. */
  void close() {
    executor.execute(
        () -> {
          closed = true;
          WireError error = new WireError(ErrorCodes.UNAVAILABLE, "the server is closing");
          if (pipeline != null) {
            pipeline.close().forEach(submission -> submission.failed(error));
          }
          for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.fail(error);
          }
          release();
          subscribers.clear();
        });
  }
}
