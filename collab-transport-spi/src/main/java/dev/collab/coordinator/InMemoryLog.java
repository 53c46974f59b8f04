package dev.collab.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One log: the entries behind its base, and the newest snapshot.
 *
 * <p>Confined: callers must serialise calls.
 */
final class InMemoryLog {

  private long epoch;

  /** The last revision that is gone, and the hash behind it. */
  private long base;

  private Bytes baseHash;
  private final List<LogEntry> entries = new ArrayList<>();
  private @Nullable LogSnapshot snapshot;

  InMemoryLog(LogHead start) {
    epoch = start.epoch();
    base = start.revision();
    baseHash = start.hash();
  }

  LogHead head() {
    long revision = base + entries.size();
    return new LogHead(epoch, revision, hashAt(revision));
  }

  AppendResult append(LogHead expected, List<LogEntry> added, int conflictLimit) {
    LogHead head = head();
    if (expected.epoch() != epoch) {
      return new AppendResult.OtherEpoch(head);
    }
    LogEntry last = added.get(added.size() - 1);
    LogHead behindLast = new LogHead(epoch, last.revision(), last.hash());
    if (has(behindLast)) {
      return new AppendResult.Committed(behindLast);
    }
    if (expected.revision() > head.revision()) {
      return new AppendResult.Behind(head);
    }
    if (expected.revision() < base) {
      return new AppendResult.Trimmed(base, head);
    }
    if (!has(expected)) {
      return new AppendResult.Forked(head);
    }
    if (expected.revision() < head.revision()) {
      return new AppendResult.Conflict(head, after(expected.revision(), conflictLimit));
    }
    entries.addAll(added);
    return new AppendResult.Committed(behindLast);
  }

  ReadResult read(long after, int limit) {
    return after < base
        ? new ReadResult.Trimmed(base, head())
        : new ReadResult.Entries(head(), after(after, limit));
  }

  void save(LogSnapshot saved) {
    boolean goesBack = snapshot != null && saved.head().revision() < snapshot.head().revision();
    if (!goesBack && has(saved.head())) {
      snapshot = saved;
    }
  }

  Optional<LogSnapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  long trim(long upTo) {
    long floor = snapshot == null ? base : Math.min(upTo, snapshot.head().revision());
    if (floor > base) {
      baseHash = hashAt(floor);
      entries.subList(0, (int) (floor - base)).clear();
      base = floor;
    }
    return base;
  }

  /** Begins anew if the log ends where it is expected to. */
  boolean replace(LogHead expected, LogSnapshot beginning) {
    if (!head().equals(expected)) {
      return false;
    }
    epoch = beginning.head().epoch();
    base = beginning.head().revision();
    baseHash = beginning.head().hash();
    entries.clear();
    snapshot = beginning;
    return true;
  }

  /** Tells whether this history led through a head, as far as it is still known. */
  private boolean has(LogHead head) {
    long revision = head.revision();
    return head.epoch() == epoch
        && revision >= base
        && revision <= base + entries.size()
        && hashAt(revision).equals(head.hash());
  }

  private Bytes hashAt(long revision) {
    return revision == base ? baseHash : entries.get((int) (revision - base) - 1).hash();
  }

  private List<LogEntry> after(long revision, int limit) {
    int from = (int) Math.min(revision - base, entries.size());
    int to = from + Math.min(limit, entries.size() - from);
    return List.copyOf(entries.subList(from, to));
  }
}
