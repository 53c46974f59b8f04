package dev.collab.server.log;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogEntry;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes into one append.
 *
 * <p>Immutable.
 *
 * @param items how many submissions it decides
 * @param entries the entries that these decisions need
 */
record Batch(int items, List<LogEntry> entries) {

  private static final int MAX_ITEMS = 128;
  private static final int MAX_BYTES = 64 * 1024;

  /** Takes submissions in order, at least one and as many as the limits allow. */
  static Batch of(List<? extends PipelineItem<?>> waiting) {
    List<LogEntry> entries = new ArrayList<>();
    long bytes = 0;
    int items = 0;
    for (PipelineItem<?> item : waiting) {
      List<LogEntry> needed = item.entries().stream().map(Batch::logEntry).toList();
      long size = needed.stream().mapToLong(entry -> entry.payload().length()).sum();
      if (items == MAX_ITEMS || (items > 0 && size > 0 && bytes + size > MAX_BYTES)) {
        break;
      }
      bytes += size;
      items++;
      entries.addAll(needed);
    }
    return new Batch(items, List.copyOf(entries));
  }

  private static LogEntry logEntry(Decision.Accepted accepted) {
    Document next = accepted.next();
    return new LogEntry(
        next.revision(), Bytes.copyOf(next.hash().toByteArray()), Bytes.copyOf(accepted.encoded()));
  }
}
