package dev.collab.coordinator;

import java.util.List;

/**
 * What became of an append. In every case but {@link Committed} the log is as it was. Where several
 * cases fit, the answer is the first of: missing, other epoch, committed, behind, trimmed, forked,
 * conflict.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface AppendResult {

  /**
   * The entries stand in the log, by this call or by an earlier one: the last entry's hash is the
   * one at its revision.
   *
   * @param head the place of the last of them: its revision and hash, even where the log has grown
   *     further since
   */
  record Committed(LogHead head) implements AppendResult {}

  /**
   * Somebody else was first. Also the answer where the log holds some of the entries already, but
   * not the last: the missing ones begin with those.
   *
   * @param head the log's head
   * @param missing entries that follow the expected head, in order; may end before {@code head}
   */
  record Conflict(LogHead head, List<LogEntry> missing) implements AppendResult {

    /**
     * Copies the entries.
     *
     * @param head the log's head
     * @param missing entries that follow the expected head
     */
    public Conflict {
      missing = List.copyOf(missing);
    }
  }

  /**
   * The log ends before the expected head: it has lost a suffix.
   *
   * @param head the log's head
   */
  record Behind(LogHead head) implements AppendResult {}

  /**
   * The log has another hash at the expected revision: its history is a different one.
   *
   * @param head the log's head
   */
  record Forked(LogHead head) implements AppendResult {}

  /**
   * The history was replaced.
   *
   * @param head the log's head
   */
  record OtherEpoch(LogHead head) implements AppendResult {}

  /**
   * The expected revision is so old that the entries behind it are gone.
   *
   * @param base the last revision that is gone
   * @param head the log's head
   */
  record Trimmed(long base, LogHead head) implements AppendResult {}

  /** There is no such log. */
  record Missing() implements AppendResult {}
}
