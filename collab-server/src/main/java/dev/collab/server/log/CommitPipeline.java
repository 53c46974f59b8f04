package dev.collab.server.log;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.EntryCodec;
import dev.collab.protocol.ErrorCodes;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Group commit for one log. Submissions are prepared on the newest prepared state at once; what
 * gathers while an append is under way is the next batch. Answers are given in the order of the
 * submissions, and only when everything they rest on stands in the log.
 *
 * <p>A failed append means <em>unknown</em>: the same append is repeated until the log answers. One
 * call of the log is under way at a time.
 *
 * <p>Confined: callers must serialise calls; completions come back through the given executor.
 */
final class CommitPipeline<A extends Audience> {

  private static final Logger LOGGER = System.getLogger(CommitPipeline.class.getName());
  private static final int READ_LIMIT = 1_000;
  private static final int CONFLICTS_BEFORE_WAITING = 3;

  private final String key;
  private final EntryCodec codec;
  private final ServerContext context;
  private final Executor executor;
  private final Listener<A> listener;
  private final Retry retry;

  private Document committed;
  private Document prepared;
  private List<PipelineItem<A>> inFlight = List.of();
  private List<PipelineItem<A>> waiting = new ArrayList<>();
  private List<Consumer<Boolean>> afterCatchUp = new ArrayList<>();
  private List<Consumer<Boolean>> catchingUp = List.of();
  private long announced;
  private long floor;
  private boolean busy;
  private boolean hasJustRead;
  private int conflicts;
  private boolean closed;

  CommitPipeline(
      String key,
      ServerContext context,
      Executor executor,
      Listener<A> listener,
      Document document) {
    this.key = key;
    this.codec = document.rules().codec();
    this.context = context;
    this.executor = executor;
    this.listener = listener;
    this.retry = new Retry(context.scheduler(), context.random());
    this.committed = document;
    this.prepared = document;
  }

  /** Is told of what happens, in the order of the log. Must not throw. */
  interface Listener<A extends Audience> {

    /**
     * An entry stands in the log.
     *
     * @param before the document that it was committed to
     * @param after the document that it leads to
     * @param item the submission that is decided for good by it, if it was made here
     */
    void committed(
        CommittedOperation entry, Document before, Document after, Optional<PipelineItem<A>> item);

    /**
     * A submission is decided for good without an entry.
     *
     * @param document what the log amounts to
     */
    void decided(PipelineItem<A> item, Document document);

    /** The log is not the one that was known: nothing here can go on. */
    void lost(String reason);

    /** The log's history was replaced by one of another epoch: nothing here can go on. */
    void replaced(long epoch);
  }

  /** Returns the document as far as it stands in the log. */
  Document committed() {
    return committed;
  }

  /** Returns the revision up to which submissions are prepared. */
  long preparedRevision() {
    return prepared.revision();
  }

  /** Tells whether nothing is under way. */
  boolean isIdle() {
    return !busy && waiting.isEmpty() && afterCatchUp.isEmpty();
  }

  /** Returns how many entries the log is known to be ahead. */
  long lag() {
    return Math.max(0, announced - committed.revision());
  }

  /** Returns how many submissions are not decided. */
  int waitingSubmissions() {
    return inFlight.size() + waiting.size();
  }

  void submit(PendingSubmission<A> request) {
    waiting.add(prepare(request));
    pump();
  }

  /**
   * Takes in what the log has more, asking it after this call.
   *
   * @param then is told whether that is done; it is not if the pipeline was closed meanwhile
   */
  void catchUp(Consumer<Boolean> then) {
    afterCatchUp.add(then);
    pump();
  }

  private PipelineItem<A> prepare(PendingSubmission<A> request) {
    try {
      PipelineItem<A> item =
          new PipelineItem<>(
              request,
              prepared.prepare(
                  request.submission(), request.correction(), context.clock().instant()));
      item.entries().forEach(accepted -> prepared = accepted.next());
      return item;
    } catch (RuntimeException | Error e) { // preparing changes nothing, whatever the type does
      LOGGER.log(Level.ERROR, "a submission to " + key + " could not be decided", e);
      String code = e instanceof OutOfMemoryError ? ErrorCodes.UNAVAILABLE : ErrorCodes.UNKNOWN;
      return new PipelineItem<>(
          request, new Decision.Refused(code, "the server failed to decide about the submission"));
    }
  }

  private void pump() {
    while (!busy && !closed) {
      boolean behind = !afterCatchUp.isEmpty() || announced > committed.revision();
      if (behind && (waiting.isEmpty() || !hasJustRead)) {
        busy = true;
        hasJustRead = true;
        announced = 0;
        catchingUp = afterCatchUp;
        afterCatchUp = new ArrayList<>();
        readMissing();
      } else if (waiting.isEmpty()) {
        return;
      } else {
        hasJustRead = false; // whoever asks again and again must not keep others from writing
        appendNext();
      }
    }
  }

  private void appendNext() {
    Batch batch = Batch.of(waiting);
    inFlight = new ArrayList<>(waiting.subList(0, batch.items()));
    waiting = new ArrayList<>(waiting.subList(batch.items(), waiting.size()));
    if (batch.entries().isEmpty()) {
      settle();
    } else {
      busy = true;
      append(head(committed), batch.entries());
    }
  }

  private void append(LogHead expected, List<LogEntry> entries) {
    if (closed) {
      return;
    }
    Calls.attempt(() -> context.coordinator().logs().append(key, expected, entries))
        .whenComplete(
            (result, failure) ->
                executor.execute(() -> appended(expected, entries, result, failure)));
  }

  private void appended(
      LogHead expected, List<LogEntry> entries, AppendResult result, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null) {
      LOGGER.log(Level.DEBUG, "append to {0} is unknown, it is repeated: {1}", key, failure);
      retry.failed(() -> executor.execute(() -> append(expected, entries)));
    } else if (result instanceof AppendResult.Committed) {
      retry.succeeded();
      conflicts = 0;
      settle();
      resume();
    } else if (result instanceof AppendResult.Conflict conflict) {
      retry.succeeded();
      conflicts++;
      retreat(conflict.missing());
    } else if (result instanceof AppendResult.Missing && expected.revision() == 0) {
      createThenAppend(expected, entries);
    } else if (result instanceof AppendResult.OtherEpoch other) {
      listener.replaced(other.head().epoch());
    } else {
      listener.lost("append answered " + result.getClass().getSimpleName());
    }
  }

  private void createThenAppend(LogHead start, List<LogEntry> entries) {
    Calls.attempt(() -> context.coordinator().logs().create(key, start))
        .whenComplete(
            (head, failure) ->
                executor.execute(
                    () -> {
                      if (failure == null) {
                        append(start, entries);
                      } else {
                        retry.failed(() -> executor.execute(() -> append(start, entries)));
                      }
                    }));
  }

  /** Everything in flight stands in the log: takes effect and is answered, in order. */
  private void settle() {
    List<PipelineItem<A>> settled = inFlight;
    inFlight = List.of();
    for (PipelineItem<A> item : settled) {
      if (item.entries().isEmpty()) {
        listener.decided(item, committed);
      }
      Optional<PipelineItem<A>> decides = Optional.of(item);
      for (Decision.Accepted accepted : item.entries()) {
        Document before = committed;
        committed = accepted.next().trimmedTo(floor);
        listener.committed(accepted.entry(), before, committed, decides);
        decides = Optional.empty(); // a correction goes to everybody, the author included
      }
    }
  }

  /** Somebody else was first: what was prepared is prepared again behind what is missing. */
  private void retreat(List<LogEntry> missing) {
    if (missing.isEmpty()) {
      readMissing();
    } else if (takeIn(missing)) {
      prepareAgain();
    }
  }

  private void prepareAgain() {
    List<PipelineItem<A>> again = undecided();
    inFlight = List.of();
    waiting = new ArrayList<>();
    prepared = committed;
    for (PipelineItem<A> item : again) {
      waiting.add(prepare(item.request()));
    }
    if (conflicts >= CONFLICTS_BEFORE_WAITING) {
      retry.lostRace(conflicts, () -> executor.execute(this::resume));
    } else {
      resume();
    }
  }

  private void resume() {
    busy = false;
    pump();
  }

  private void readMissing() {
    if (closed) {
      return;
    }
    Calls.attempt(() -> context.coordinator().logs().read(key, committed.revision(), READ_LIMIT))
        .whenComplete((result, failure) -> executor.execute(() -> wasRead(result, failure)));
  }

  private void wasRead(ReadResult result, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null) {
      retry.failed(() -> executor.execute(this::readMissing));
      return;
    }
    retry.succeeded();
    if (result instanceof ReadResult.Missing && committed.revision() == 0) {
      caughtUp();
    } else if (result instanceof ReadResult.Entries page && leadsTo(page.head())) {
      if (!takeIn(page.entries())) {
        return;
      }
      if (page.head().revision() <= committed.revision()) {
        caughtUp();
      } else if (page.entries().isEmpty()) {
        listener.lost("entries that the log should have cannot be read");
      } else {
        readMissing();
      }
    } else {
      notFollowed(result);
    }
  }

  private void notFollowed(ReadResult result) {
    LogHead head =
        result instanceof ReadResult.Entries page
            ? page.head()
            : result instanceof ReadResult.Trimmed trimmed ? trimmed.head() : head(committed);
    if (head.epoch() != committed.epoch()) {
      listener.replaced(head.epoch());
    } else {
      listener.lost("the log does not go on from revision " + committed.revision());
    }
  }

  /** Tells whether a head may be one behind what stands. */
  private boolean leadsTo(LogHead head) {
    return head.revision() == committed.revision()
        ? head.equals(head(committed))
        : head.epoch() == committed.epoch() && head.revision() > committed.revision();
  }

  private void caughtUp() {
    List<Consumer<Boolean>> waited = catchingUp;
    catchingUp = List.of();
    prepareAgain();
    waited.forEach(task -> task.accept(true));
  }

  /** Takes in entries that follow; skips those that are known. Returns false if they do not fit. */
  private boolean takeIn(List<LogEntry> entries) {
    for (LogEntry logEntry : entries) {
      if (logEntry.revision() <= committed.revision()) {
        continue;
      }
      CommittedOperation entry;
      Document before = committed;
      try {
        byte[] encoded = logEntry.payload().toByteArray();
        entry = codec.decode(encoded);
        committed = committed.commit(entry, encoded, ChainHash.of(logEntry.hash().toByteArray()));
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.ERROR, "the log " + key + " cannot be followed", e);
        listener.lost("the log cannot be followed");
        return false;
      }
      listener.committed(entry, before, committed, Optional.empty());
    }
    return true;
  }

  /** Another node has appended something, as far as an announcement or a poll can tell. */
  void announced(LogHead head, List<LogEntry> entries) {
    if (closed || head.revision() <= committed.revision()) {
      return;
    }
    announced = Math.max(announced, head.revision());
    if (busy) {
      return; // looked at when what is under way is done
    }
    boolean follows =
        head.epoch() == committed.epoch()
            && !entries.isEmpty()
            && entries.get(0).revision() <= committed.revision() + 1;
    if (!follows || takeIn(entries)) {
      prepared = committed;
      pump();
    }
  }

  /**
   * The log was asked for its head.
   *
   * @param head the answer
   * @param then the head that was known when it was asked
   */
  void polled(Optional<LogHead> head, LogHead then) {
    if (closed || busy) {
      return;
    }
    long revision = head.map(LogHead::revision).orElse(0L);
    boolean shrunk = revision < then.revision();
    if (head.isPresent() && head.get().epoch() != then.epoch()) {
      listener.replaced(head.get().epoch());
      return;
    }
    boolean other = revision == then.revision() && head.isPresent() && !head.get().equals(then);
    if (shrunk || other) {
      listener.lost("the log has lost entries");
    } else if (head.isPresent()) {
      announced(head.get(), List.of());
    }
  }

  /** Forgets entries below a revision that nobody may still base a submission on. */
  void trim(long base) {
    floor = Math.max(floor, base);
    committed = committed.trimmedTo(base);
    prepared = prepared.trimmedTo(base);
  }

  /** Ends the pipeline and returns what was not decided. */
  List<PendingSubmission<A>> close() {
    closed = true;
    List<PendingSubmission<A>> undecided = undecided().stream().map(PipelineItem::request).toList();
    inFlight = List.of();
    waiting = new ArrayList<>();
    List<Consumer<Boolean>> waited = new ArrayList<>(catchingUp);
    waited.addAll(afterCatchUp);
    catchingUp = List.of();
    afterCatchUp = new ArrayList<>();
    waited.forEach(task -> task.accept(false));
    return undecided;
  }

  private List<PipelineItem<A>> undecided() {
    List<PipelineItem<A>> undecided = new ArrayList<>(inFlight);
    undecided.addAll(waiting);
    return undecided;
  }

  static LogHead head(Document document) {
    return new LogHead(
        document.epoch(), document.revision(), Bytes.copyOf(document.hash().toByteArray()));
  }
}
