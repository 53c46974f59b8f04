package dev.collab.coordinator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Append-only logs, one for each key. A log refuses whatever does not extend it, so no owner and no
 * lock is needed for safety. A stage that completes exceptionally means <em>unknown</em>, not
 * failed: the caller repeats the same call, which is idempotent by construction. Calls that are
 * under way at once may take effect in any order.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Logs {

  /**
   * Creates an empty log if there is none.
   *
   * @param key the log's key
   * @param start the head of the empty log: its epoch, first revision and hash
   * @return the head that stands now: {@code start}, or that of the log that existed
   */
  CompletionStage<LogHead> create(String key, LogHead start);

  /**
   * Appends entries if the log's head is the expected one: all of them, or none.
   *
   * @param key the log's key
   * @param expected the head that the entries follow
   * @param entries consecutive entries, at least one, the first at {@code expected.revision() + 1}
   * @return what became of it
   * @throws IllegalArgumentException if there is no entry or one does not follow the one before
   */
  CompletionStage<AppendResult> append(String key, LogHead expected, List<LogEntry> entries);

  /**
   * Reads entries in order.
   *
   * @param key the log's key
   * @param after the revision that the reader has; entries start behind it
   * @param limit the most entries to return, at least 1
   * @return the entries, or why there are none; no entries if {@code after} is the head or beyond
   * @throws IllegalArgumentException if {@code after} is negative or {@code limit} is below 1
   */
  CompletionStage<ReadResult> read(String key, long after, int limit);

  /**
   * Reads the head of a log.
   *
   * @param key the log's key
   * @return the head, or empty if there is no such log
   */
  CompletionStage<Optional<LogHead>> head(String key);

  /**
   * Lists keys in the order of their UTF-16 code units. Eventually complete: a key that was just
   * created may be missing.
   *
   * @param prefix what the keys begin with
   * @param after the last key of the page before, or an empty string to begin
   * @param limit the most keys to return, at least 1
   * @return the keys; fewer than {@code limit} means the end
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  CompletionStage<List<String>> keys(String prefix, String after, int limit);

  /**
   * Hears of new heads of a log. Announcements may be lost, doubled or late, never wrong: a caller
   * compares revisions, reads what it misses, and polls {@link #head} now and then.
   *
   * @param key the log's key; there need not be such a log yet
   * @param listener is told of new heads, serially, on a thread of the coordinator
   * @return completes when announcements of later appends will arrive; closing it ends them
   */
  CompletionStage<Subscription> subscribe(String key, HeadListener listener);

  /**
   * Saves a snapshot of what a log's entries amount to, in place of an older one or one at the same
   * head. It is ignored if one at a later head stands already, and if the log does not lead through
   * its head: there is no log, another epoch, a revision not reached, another hash.
   *
   * @param key the log's key
   * @param snapshot the snapshot
   * @return completes when it is saved or ignored
   */
  CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot);

  /**
   * Reads the newest snapshot.
   *
   * @param key the log's key
   * @return the snapshot, or empty if there is none
   */
  CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key);

  /**
   * Forgets old entries, never beyond the newest snapshot.
   *
   * @param key the log's key
   * @param upTo the last revision to forget
   * @return completes with the revision up to which entries are gone now; 0 if there is no such log
   */
  CompletionStage<Long> trim(String key, long upTo);

  /**
   * Replaces the history of a log: its entries are gone, the snapshot stands in their place. Where
   * there is no such log, it is created in this way.
   *
   * @param key the log's key
   * @param expected the head that is replaced
   * @param snapshot the new beginning, of another epoch and at a higher revision
   * @return the head that stands now: that of {@code snapshot}, or another one if {@code expected}
   *     was not the head
   * @throws IllegalArgumentException if the epoch of {@code snapshot} is that of {@code expected},
   *     or its revision is not higher
   */
  CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot);

  /** Is told of new heads. */
  @FunctionalInterface
  interface HeadListener {

    /**
     * A log has a new head.
     *
     * @param head the head
     * @param entries the newest entries up to {@code head} in order; may be empty or start too late
     */
    void onHead(LogHead head, List<LogEntry> entries);
  }
}
