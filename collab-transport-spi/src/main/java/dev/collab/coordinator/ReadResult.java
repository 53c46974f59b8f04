package dev.collab.coordinator;

import java.util.List;

/**
 * What a read found.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ReadResult {

  /**
   * Entries, possibly none.
   *
   * @param head the log's head
   * @param entries consecutive entries from the first one asked for
   */
  record Entries(LogHead head, List<LogEntry> entries) implements ReadResult {

    /**
     * Copies the entries.
     *
     * @param head the log's head
     * @param entries consecutive entries
     */
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /**
   * The first entry asked for is gone.
   *
   * @param base the last revision that is gone
   * @param head the log's head
   */
  record Trimmed(long base, LogHead head) implements ReadResult {}

  /** There is no such log. */
  record Missing() implements ReadResult {}
}
