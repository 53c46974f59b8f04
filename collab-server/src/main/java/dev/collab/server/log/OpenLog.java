package dev.collab.server.log;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.document.Document;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a host has of its log while it is loaded: the pipeline, and what follows from its entries.
 * It ends when the host gives it up, or by itself when the log turns out to be another one.
 *
 * <p>Confined: to the host's executor.
 *
 * @param <A> who hears of entries
 */
final class OpenLog<A extends Audience> {

  private static final Logger LOGGER = System.getLogger(OpenLog.class.getName());

  private final ServedLog<A> log;
  private final ServerContext context;
  private final Executor executor;
  private final Owner<A> owner;
  private final Attachments attachments;
  private final KeptWeight kept;
  private final SnapshotPolicy snapshots;
  private final CommitPipeline<A> pipeline;
  private @Nullable HistoryReplacement<A> replacement;
  private boolean ended;

  OpenLog(
      ServedLog<A> log,
      ServerContext context,
      Executor executor,
      Owner<A> owner,
      DocumentLoader.Result loaded) {
    this.log = log;
    this.context = context;
    this.executor = executor;
    this.owner = owner;
    this.attachments = new Attachments(log.key());
    this.kept = KeptWeight.of(loaded.document());
    this.snapshots = new SnapshotPolicy(log, context, executor, loaded, this::trimmed);
    this.pipeline =
        new CommitPipeline<>(
            log.key(),
            context,
            executor,
            new Commits<>(log, attachments, kept, snapshots, this::lost),
            loaded.document());
  }

  /** Where a log is open. */
  interface Owner<A extends Audience> {

    /** Takes a request that this log can no longer serve. */
    void whenLoaded(LogRequest<A> request);

    /**
     * The log is not the one that was known and has ended; what was undecided is to be handed in
     * anew.
     */
    void lost(DocumentUnloaded.Reason reason, List<LogRequest<A>> undecided);
  }

  /** Begins what waited for everything to be in place. */
  void begin() {
    snapshots.begin();
  }

  Document document() {
    return pipeline.committed();
  }

  CommitPipeline<A> pipeline() {
    return pipeline;
  }

  A audience() {
    return log.audience();
  }

  Executor executor() {
    return executor;
  }

  <T extends Attachment> T attachment(Class<T> type, Supplier<T> make) {
    return attachments.get(type, make);
  }

  /** Runs a request, unless it has to wait for the history to be replaced. */
  void take(LogRequest<A> request) {
    if (replacement != null) {
      replacement.await(request);
    } else {
      run(request, false);
    }
  }

  /** Runs a request when the log was read to its end, as often as that takes. */
  void catchUp(LogRequest<A> request) {
    pipeline.catchUp(
        caughtUp -> {
          if (ended || !caughtUp) {
            owner.whenLoaded(request);
          } else if (replacement != null) {
            replacement.await(request);
          } else {
            run(request, true);
          }
        });
  }

  private void run(LogRequest<A> request, boolean caughtUp) {
    try {
      request.run(new Loaded<>(this, request, caughtUp));
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a request about " + log.key() + " failed", e);
      request.fail(failure());
    }
  }

  static WireError failure() {
    return new WireError(ErrorCodes.UNKNOWN, "the server failed to handle the message");
  }

  void announced(LogHead head, List<LogEntry> entries) {
    if (replacement == null) {
      pipeline.announced(head, entries);
    }
  }

  void polled(Optional<LogHead> head, LogHead known) {
    if (replacement == null) {
      pipeline.polled(head, known);
    }
  }

  /** Tells whether somebody listens, or something is under way that has to be brought to an end. */
  boolean isInUse() {
    return !log.audience().isEmpty()
        || attachments.isInUse()
        || !pipeline.isIdle()
        || replacement != null
        || snapshots.hasToForget();
  }

  /** Returns about how many bytes it takes up. */
  long memory() {
    return Footprint.of(log.key(), document(), kept.units()).memory();
  }

  /** Returns how it is served now. */
  HostStatus status(HostStatus.Use use) {
    kept.trimmedTo(document().base());
    return HostStatus.served(pipeline, log.audience().size(), kept, use);
  }

  private void trimmed(long base) {
    if (!ended) {
      pipeline.trim(base);
    }
  }

  /** Replaces the history, once the log was read to its end. */
  void replaceHistory(LogRequest<A> request, CompletableFuture<Void> done) {
    if (document().revision() == document().epochStart()) {
      done.complete(null); // there is nothing before it
    } else {
      replacement =
          new HistoryReplacement<>(log.key(), context, executor, pipeline, new Replaced(done));
      replacement.await(request); // for the case that it ends some other way
      replacement.whenAtRest();
    }
  }

  private final class Replaced implements HistoryReplacement.Owner {

    private final CompletableFuture<Void> done;

    Replaced(CompletableFuture<Void> done) {
      this.done = done;
    }

    @Override
    public void replaced(long epoch) {
      List<LogRequest<A>> waiting = endReplacement();
      lost("it was asked to", Optional.of(epoch), waiting.subList(1, waiting.size()));
      done.complete(null);
    }

    @Override
    public void gaveUp(WireError error) {
      List<LogRequest<A>> waiting = endReplacement();
      done.completeExceptionally(new ProtocolException(error.code(), error.message()));
      waiting.subList(1, waiting.size()).forEach(owner::whenLoaded);
    }
  }

  private List<LogRequest<A>> endReplacement() {
    HistoryReplacement<A> open = replacement;
    replacement = null;
    return open == null ? List.of() : open.end();
  }

  private void lost(String reason, Optional<Long> epoch) {
    lost(reason, epoch, endReplacement());
  }

  private void lost(String reason, Optional<Long> epoch, List<LogRequest<A>> waiting) {
    DocumentUnloaded.Reason why = DocumentUnloaded.Reason.LOST;
    if (epoch.isPresent()) {
      why = DocumentUnloaded.Reason.PURGED;
      LOGGER.log(Level.INFO, "{0} goes on in epoch {1}: {2}", log.key(), epoch.get(), reason);
    } else {
      LOGGER.log(Level.ERROR, "{0} has to be loaded again: {1}", log.key(), reason);
    }
    List<LogRequest<A>> undecided = end();
    undecided.addAll(waiting);
    owner.lost(why, undecided);
    epoch.ifPresent(current -> log.listener().replaced(document().epoch(), current));
    log.audience().restart(why);
  }

  /** Nobody uses the log: makes the next time short. */
  void saveForLater() {
    snapshots.unloaded();
  }

  /** Ends everything and returns what waits for its decision. */
  List<LogRequest<A>> end() {
    ended = true;
    snapshots.end();
    attachments.end();
    List<LogRequest<A>> undecided = new ArrayList<>();
    pipeline.close().forEach(each -> undecided.add(LogRequests.submission(each)));
    undecided.addAll(endReplacement());
    return undecided;
  }
}
