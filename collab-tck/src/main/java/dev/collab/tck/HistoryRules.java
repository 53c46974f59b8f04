package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static dev.collab.tck.Awaiting.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.ReadResult;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

abstract class HistoryRules extends CoordinatorRules {

  private static final LogHead REBORN =
      new LogHead(EPOCH + 1, 1L << 32, Bytes.ofUtf8("a new beginning"));

  HistoryRules(CoordinatorContract contract) {
    super(contract);
  }

  @Test
  void required_C7_1_snapshot_isReadAsItWasSaved() {
    String key = logOf(3);
    assertThat(await(logs.loadSnapshot(key))).isEmpty();
    await(logs.saveSnapshot(key, snapshot(head("a", 2))));
    assertThat(await(contract.node().logs().loadSnapshot(key))).contains(snapshot(head("a", 2)));
  }

  @Test
  void required_C7_1_snapshot_ofNoLog_isEmpty() {
    assertThat(await(logs.loadSnapshot(name("none")))).isEmpty();
  }

  @Test
  void required_C7_2_snapshot_neverGoesBack() {
    String key = logOf(3);
    await(logs.saveSnapshot(key, snapshot(head("a", 2))));
    await(logs.saveSnapshot(key, snapshot(head("a", 1))));
    assertThat(await(logs.loadSnapshot(key))).contains(snapshot(head("a", 2)));
    await(logs.saveSnapshot(key, snapshot(head("a", 3))));
    assertThat(await(logs.loadSnapshot(key))).contains(snapshot(head("a", 3)));
  }

  @Test
  void required_C7_3_snapshot_atTheSameHead_isRewritten() {
    String key = logOf(3);
    LogSnapshot rewritten = new LogSnapshot(head("a", 3), Bytes.ofUtf8("without a message"));
    await(logs.saveSnapshot(key, snapshot(head("a", 3))));
    await(logs.saveSnapshot(key, rewritten));
    assertThat(await(logs.loadSnapshot(key))).contains(rewritten);
  }

  @Test
  void required_C7_4_snapshot_ofAnotherHistory_isIgnored() {
    String key = logOf(3);
    await(logs.saveSnapshot(key, snapshot(head("a", 4))));
    await(logs.saveSnapshot(key, snapshot(head("b", 3))));
    await(logs.saveSnapshot(key, snapshot(new LogHead(EPOCH + 1, 3, head("a", 3).hash()))));
    assertThat(await(logs.loadSnapshot(key))).isEmpty();
  }

  @Test
  void required_C7_4_snapshot_forNoLog_isIgnored() {
    String key = name("none");
    await(logs.saveSnapshot(key, snapshot(START)));
    assertThat(await(logs.loadSnapshot(key))).isEmpty();
    assertThat(await(logs.head(key))).isEmpty();
  }

  @Test
  void required_C8_1_trim_forgetsEntriesAndKeepsTheHead() {
    String key = trimmedLog(5, 5, 3);
    assertThat(headOf(key)).isEqualTo(head("a", 5));
    assertThat(read(key, 3)).isEqualTo(entries("a", 4, 5));
    assertThat(await(logs.read(key, 0, 9))).isEqualTo(new ReadResult.Trimmed(3, head("a", 5)));
  }

  @Test
  void required_C8_1_trim_inTheMiddleOfABatch_isExactOrKeepsMore() {
    String key = logOf(0);
    commit(key, START, entries("a", 1, 10));
    await(logs.saveSnapshot(key, snapshot(head("a", 10))));
    long gone = await(logs.trim(key, 4));
    assertThat(gone).isBetween(0L, 4L);
    assertThat(read(key, gone)).isEqualTo(entries("a", gone + 1, 10));
  }

  @Test
  void required_C8_2_trim_neverGoesBeyondTheSnapshot() {
    String key = logOf(5);
    await(logs.saveSnapshot(key, snapshot(head("a", 2))));
    assertThat(await(logs.trim(key, 4))).isEqualTo(2);
    assertThat(read(key, 2)).isEqualTo(entries("a", 3, 5));
  }

  @Test
  void required_C8_2_trim_withoutSnapshot_doesNothing() {
    String key = logOf(5);
    assertThat(await(logs.trim(key, 4))).isZero();
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 5));
  }

  @Test
  void required_C8_3_trim_neverGoesBack() {
    String key = trimmedLog(5, 5, 3);
    assertThat(await(logs.trim(key, 1))).isEqualTo(3);
    assertThat(await(logs.trim(key, 3))).isEqualTo(3);
  }

  @Test
  void required_C8_4_log_withoutEntriesLeft_goesOn() {
    String key = trimmedLog(5, 5, 5);
    assertThat(headOf(key)).isEqualTo(head("a", 5));
    assertThat(await(logs.append(key, head("b", 5), entries("b", 6, 6))))
        .isEqualTo(new AppendResult.Forked(head("a", 5)));
    assertThat(commit(key, head("a", 5), entries("a", 6, 7))).isEqualTo(head("a", 7));
    assertThat(read(key, 5)).isEqualTo(entries("a", 6, 7));
  }

  @Test
  void required_C8_5_trim_ofNoLog_isZero() {
    assertThat(await(logs.trim(name("none"), 4))).isZero();
  }

  @Test
  void required_C9_1_replace_beginsANewHistory() {
    String key = logOf(5);
    assertThat(await(logs.replace(key, head("a", 5), snapshot(REBORN)))).isEqualTo(REBORN);
    assertThat(headOf(key)).isEqualTo(REBORN);
    assertThat(await(logs.loadSnapshot(key))).contains(snapshot(REBORN));
    assertThat(read(key, REBORN.revision())).isEmpty();
    assertThat(await(logs.read(key, 2, 10)))
        .isEqualTo(new ReadResult.Trimmed(REBORN.revision(), REBORN));
  }

  @Test
  void required_C9_1_replacedLog_goesOn() {
    String key = logOf(5);
    await(logs.replace(key, head("a", 5), snapshot(REBORN)));
    LogEntry first = entry("a", REBORN.revision() + 1);
    assertThat(commit(key, REBORN, List.of(first)))
        .isEqualTo(new LogHead(REBORN.epoch(), first.revision(), first.hash()));
    assertThat(read(key, REBORN.revision())).containsExactly(first);
  }

  @Test
  void required_C9_2_replace_atAnotherHead_changesNothing() {
    String key = logOf(5);
    assertThat(await(logs.replace(key, head("a", 4), snapshot(REBORN)))).isEqualTo(head("a", 5));
    assertThat(await(logs.replace(key, head("b", 5), snapshot(REBORN)))).isEqualTo(head("a", 5));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 5));
    assertThat(await(logs.loadSnapshot(key))).isEmpty();
  }

  @Test
  void required_C9_3_replace_again_findsItDone() {
    String key = logOf(5);
    await(logs.replace(key, head("a", 5), snapshot(REBORN)));
    assertThat(await(logs.replace(key, head("a", 5), snapshot(REBORN)))).isEqualTo(REBORN);
  }

  @Test
  void required_C9_4_callsOfTheOldHistory_areOfAnotherEpoch() {
    String key = logOf(5);
    await(logs.replace(key, head("a", 5), snapshot(REBORN)));
    assertThat(await(logs.append(key, head("a", 5), entries("a", 6, 6))))
        .isEqualTo(new AppendResult.OtherEpoch(REBORN));
    await(logs.saveSnapshot(key, snapshot(head("a", 5))));
    assertThat(await(logs.loadSnapshot(key))).contains(snapshot(REBORN));
  }

  @Test
  void required_C9_5_replace_withImpossibleArguments_isRefusedAtOnce() {
    String key = logOf(5);
    LogHead sameEpoch = new LogHead(EPOCH, 9, Bytes.ofUtf8("x"));
    LogHead notHigher = new LogHead(EPOCH + 1, 5, Bytes.ofUtf8("x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logs.replace(key, head("a", 5), snapshot(sameEpoch)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logs.replace(key, head("a", 5), snapshot(notHigher)));
  }

  @Test
  void required_C9_6_replace_ofNoLog_createsIt() {
    String key = name("none");
    assertThat(await(logs.replace(key, head("a", 5), snapshot(REBORN)))).isEqualTo(REBORN);
    assertThat(headOf(key)).isEqualTo(REBORN);
    assertThat(await(logs.loadSnapshot(key))).contains(snapshot(REBORN));
  }

  @Test
  void required_C9_7_replace_isAnnounced() {
    String key = logOf(5);
    var heads = new LinkedBlockingQueue<LogHead>();
    await(logs.subscribe(key, (head, entries) -> heads.add(head)));
    await(logs.replace(key, head("a", 5), snapshot(REBORN)));
    assertThat(next(heads)).isEqualTo(REBORN);
  }

  private String trimmedLog(int entries, int snapshot, int base) {
    String key = name("log");
    await(logs.create(key, START));
    for (int revision = 1; revision <= entries; revision++) {
      commit(key, head("a", revision - 1), entries("a", revision, revision));
    }
    await(logs.saveSnapshot(key, snapshot(head("a", snapshot))));
    assertThat(await(logs.trim(key, base))).isEqualTo(base);
    return key;
  }
}
