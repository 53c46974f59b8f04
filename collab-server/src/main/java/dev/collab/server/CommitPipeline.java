package dev.collab.server;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Group commit for one document. Submissions are prepared on the newest prepared state at once;
 * what gathers while an append is under way is the next batch. Answers are given in the order of
 * the submissions, and only when everything they rest on stands in the log.
 *
 * <p>A failed append means <em>unknown</em>: the same append is repeated until the log answers.
 *
 * <p>Confined: callers must serialise calls; completions come back through the given executor.
 */
final class CommitPipeline {

  private static final Logger LOGGER = System.getLogger(CommitPipeline.class.getName());
  private static final int MAX_BATCH = 128;
  private static final int READ_LIMIT = 1_000;
  private static final int CONFLICTS_BEFORE_WAITING = 3;

  private final String key;
  private final ServerContext context;
  private final Executor executor;
  private final Listener listener;
  private final Retry retry;

  private Document committed;
  private Document prepared;
  private List<Item> inFlight = List.of();
  private List<Item> waiting = new ArrayList<>();
  private boolean busy;
  private int conflicts;
  private boolean closed;

  CommitPipeline(
      String key, ServerContext context, Executor executor, Listener listener, Document document) {
    this.key = key;
    this.context = context;
    this.executor = executor;
    this.listener = listener;
    this.retry = new Retry(context.scheduler(), context.random());
    this.committed = document;
    this.prepared = document;
  }

  /** Is told of what happens, in the order of the log. */
  interface Listener {

    /** An entry stands in the log. The origin is who submitted it here, if anybody did. */
    void committed(CommittedOperation entry, Optional<Session> origin);

    /** A submission is decided for good; an accepted one stands in the log. */
    void decided(Item item);

    /** The log is not the one that was known: nothing here can go on. */
    void lost(String reason);
  }

  /**
   * One submission on its way, as it was decided on the newest prepared state.
   *
   * @param request the submission and who waits for the answer
   * @param decision what was decided
   */
  record Item(PendingSubmission request, Decision decision) {

    /** The entry that has to stand in the log before the decision holds. */
    Optional<Decision.Accepted> entry() {
      if (decision instanceof Decision.Accepted accepted) {
        return Optional.of(accepted);
      }
      return decision instanceof Decision.Stale stale ? stale.voiding() : Optional.empty();
    }
  }

  /** Returns the document as far as it stands in the log. */
  Document committed() {
    return committed;
  }

  /** Tells whether nothing is under way. */
  boolean isIdle() {
    return !busy && waiting.isEmpty();
  }

  void submit(PendingSubmission request) {
    waiting.add(prepare(request));
    pump();
  }

  private Item prepare(PendingSubmission request) {
    Item item =
        new Item(request, prepared.prepare(request.submission(), context.clock().instant()));
    item.entry().ifPresent(accepted -> prepared = accepted.next());
    return item;
  }

  private void pump() {
    while (!busy && !waiting.isEmpty() && !closed) {
      int size = Math.min(MAX_BATCH, waiting.size());
      inFlight = new ArrayList<>(waiting.subList(0, size));
      waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
      List<LogEntry> entries = new ArrayList<>();
      for (Item item : inFlight) {
        item.entry().ifPresent(accepted -> entries.add(logEntry(accepted)));
      }
      if (entries.isEmpty()) {
        settle();
      } else {
        busy = true;
        append(head(committed), entries);
      }
    }
  }

  private void append(LogHead expected, List<LogEntry> entries) {
    context
        .coordinator()
        .logs()
        .append(key, expected, entries)
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
      return;
    }
    retry.succeeded();
    if (result instanceof AppendResult.Committed) {
      conflicts = 0;
      busy = false;
      settle();
      pump();
    } else if (result instanceof AppendResult.Conflict conflict) {
      conflicts++;
      retreat(conflict.missing());
    } else if (result instanceof AppendResult.Missing && expected.revision() == 0) {
      createThenAppend(expected, entries);
    } else {
      listener.lost("append to " + key + " answered " + result.getClass().getSimpleName());
    }
  }

  private void createThenAppend(LogHead start, List<LogEntry> entries) {
    context
        .coordinator()
        .logs()
        .create(key, start)
        .whenComplete(
            (head, failure) -> {
              Runnable again = () -> executor.execute(() -> append(start, entries));
              if (failure == null) {
                again.run();
              } else {
                executor.execute(() -> retry.failed(again));
              }
            });
  }

  /** Everything in flight stands in the log: takes effect and is answered, in order. */
  private void settle() {
    List<Item> settled = inFlight;
    inFlight = List.of();
    for (Item item : settled) {
      item.entry()
          .ifPresent(
              accepted -> {
                committed = accepted.next();
                listener.committed(
                    accepted.entry(),
                    item.decision() instanceof Decision.Accepted
                        ? Optional.of(item.request().session())
                        : Optional.empty());
              });
      listener.decided(item);
    }
  }

  /** Somebody else was first: drops what was prepared, takes in what is missing, prepares again. */
  private void retreat(List<LogEntry> missing) {
    if (missing.isEmpty()) {
      readMissing();
      return;
    }
    List<Item> again = new ArrayList<>(inFlight);
    again.addAll(waiting);
    inFlight = List.of();
    waiting = new ArrayList<>();
    if (!takeIn(missing)) {
      return;
    }
    for (Item item : again) {
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
    context
        .coordinator()
        .logs()
        .read(key, committed.revision(), READ_LIMIT)
        .whenComplete(
            (result, failure) ->
                executor.execute(
                    () -> {
                      if (closed) {
                        return;
                      }
                      if (failure != null) {
                        retry.failed(() -> executor.execute(this::readMissing));
                      } else if (result instanceof ReadResult.Entries entries
                          && !entries.entries().isEmpty()) {
                        retry.succeeded();
                        retreat(entries.entries());
                      } else {
                        listener.lost("entries that " + key + " should have cannot be read");
                      }
                    }));
  }

  /** Takes in entries that follow; skips those that are known. Returns false if they do not fit. */
  private boolean takeIn(List<LogEntry> entries) {
    try {
      for (LogEntry logEntry : entries) {
        if (logEntry.revision() <= committed.revision()) {
          continue;
        }
        byte[] encoded = logEntry.payload().toByteArray();
        CommittedOperation entry = context.rules().codec().decode(encoded);
        committed = committed.commit(entry, encoded, ChainHash.of(logEntry.hash().toByteArray()));
        listener.committed(entry, Optional.empty());
      }
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "the log " + key + " cannot be followed", e);
      listener.lost("the log cannot be followed");
      return false;
    }
    prepared = committed;
    return true;
  }

  /** Another node has appended something, as far as an announcement or a poll can tell. */
  void announced(LogHead head, List<LogEntry> entries) {
    if (busy || closed || head.revision() <= committed.revision()) {
      return; // an append that is under way will answer with what is missing
    }
    if (!entries.isEmpty() && entries.get(0).revision() <= committed.revision() + 1) {
      takeIn(entries);
    }
    if (!closed && head.revision() > committed.revision()) {
      busy = true;
      readMissing();
    }
  }

  /** Forgets entries below a revision that nobody may still base a submission on. */
  void trim(long base) {
    committed = committed.trimmedTo(base);
    prepared = prepared.trimmedTo(base);
  }

  /** Ends the pipeline and returns what was not decided. */
  List<PendingSubmission> close() {
    closed = true;
    List<PendingSubmission> undecided = new ArrayList<>();
    inFlight.forEach(item -> undecided.add(item.request()));
    waiting.forEach(item -> undecided.add(item.request()));
    inFlight = List.of();
    waiting = new ArrayList<>();
    return undecided;
  }

  private static LogEntry logEntry(Decision.Accepted accepted) {
    Document next = accepted.next();
    return new LogEntry(next.revision(), hash(next), Bytes.copyOf(accepted.encoded()));
  }

  static LogHead head(Document document) {
    return new LogHead(document.epoch(), document.revision(), hash(document));
  }

  private static Bytes hash(Document document) {
    return Bytes.copyOf(document.hash().toByteArray());
  }
}
