package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Refuses calls of {@link Logs} that no log could answer. */
final class LogArguments {

  private LogArguments() {}

  static void append(String key, LogHead expected, List<LogEntry> entries) {
    requireNonNull(key, "key");
    requireNonNull(expected, "expected");
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("there is no entry to append");
    }
    long revision = expected.revision();
    for (LogEntry entry : entries) {
      revision++;
      if (entry.revision() != revision) {
        throw new IllegalArgumentException(
            "entry " + entry.revision() + " stands where entry " + revision + " belongs");
      }
    }
  }

  static void read(String key, long after, int limit) {
    requireNonNull(key, "key");
    if (after < 0) {
      throw new IllegalArgumentException("revision " + after + " is negative");
    }
    limit(limit);
  }

  static void keys(String prefix, String after, int limit) {
    requireNonNull(prefix, "prefix");
    requireNonNull(after, "after");
    limit(limit);
  }

  static void replace(String key, LogHead expected, LogSnapshot snapshot) {
    requireNonNull(key, "key");
    LogHead head = snapshot.head();
    if (head.epoch() == expected.epoch()) {
      throw new IllegalArgumentException("epoch " + head.epoch() + " is the one to be replaced");
    }
    if (head.revision() <= expected.revision()) {
      throw new IllegalArgumentException(
          "revision " + head.revision() + " is not above " + expected.revision());
    }
  }

  private static void limit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
  }
}
