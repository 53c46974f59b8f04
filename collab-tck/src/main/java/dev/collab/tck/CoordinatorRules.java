package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the rules of a coordinator have in common: one node, keys of their own, logs to begin with.
 */
abstract class CoordinatorRules {

  static final long EPOCH = 7;
  static final LogHead START = new LogHead(EPOCH, 0, Bytes.ofUtf8("start"));

  final CoordinatorContract contract;
  final Coordinator node;
  final Logs logs;
  private final String prefix = UUID.randomUUID() + "/";

  CoordinatorRules(CoordinatorContract contract) {
    this.contract = contract;
    node = contract.node();
    logs = node.logs();
  }

  /** Returns a name that no other test uses. */
  String name(String word) {
    return prefix + word;
  }

  String emptyLog() {
    String key = name("log");
    assertThat(await(logs.create(key, START))).isEqualTo(START);
    return key;
  }

  /** Creates a log with the entries 1 to {@code count} of branch a. */
  String logOf(int count) {
    String key = emptyLog();
    if (count > 0) {
      commit(key, START, entries("a", 1, count));
    }
    return key;
  }

  LogHead commit(String key, LogHead expected, List<LogEntry> entries) {
    AppendResult result = await(logs.append(key, expected, entries));
    assertThat(result).isInstanceOf(AppendResult.Committed.class);
    return ((AppendResult.Committed) result).head();
  }

  LogHead headOf(String key) {
    return await(logs.head(key)).orElseThrow();
  }

  List<LogEntry> read(String key, long after) {
    ReadResult result = await(logs.read(key, after, 10_000));
    assertThat(result).isInstanceOf(ReadResult.Entries.class);
    return ((ReadResult.Entries) result).entries();
  }

  static LogEntry entry(String branch, long revision) {
    return new LogEntry(
        revision,
        Bytes.ofUtf8("hash " + branch + revision),
        Bytes.ofUtf8("payload " + branch + revision));
  }

  /** Returns the entries from one revision to another one, both included. */
  static List<LogEntry> entries(String branch, long from, long to) {
    var entries = new ArrayList<LogEntry>();
    for (long revision = from; revision <= to; revision++) {
      entries.add(entry(branch, revision));
    }
    return entries;
  }

  /** Returns the head behind an entry of a branch, or the start. */
  static LogHead head(String branch, long revision) {
    return revision == 0 ? START : new LogHead(EPOCH, revision, entry(branch, revision).hash());
  }

  static LogSnapshot snapshot(LogHead head) {
    return new LogSnapshot(head, Bytes.ofUtf8("state at " + head.revision()));
  }
}
