package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

abstract class AppendRules extends CoordinatorRules {

  AppendRules(CoordinatorContract contract) {
    super(contract);
  }

  @Test
  void required_C3_1_append_atTheHead_commits() {
    String key = emptyLog();
    assertThat(commit(key, START, entries("a", 1, 1))).isEqualTo(head("a", 1));
    assertThat(commit(key, head("a", 1), entries("a", 2, 2))).isEqualTo(head("a", 2));
    assertThat(headOf(key)).isEqualTo(head("a", 2));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 2));
  }

  @Test
  void required_C3_1_append_ofManyEntries_commitsAllInOrder() {
    String key = emptyLog();
    assertThat(commit(key, START, entries("a", 1, 128))).isEqualTo(head("a", 128));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 128));
  }

  @Test
  void required_C3_2_append_afterAnother_conflictsWithTheMissingEntries() {
    String key = logOf(3);
    AppendResult result = await(logs.append(key, head("a", 1), entries("b", 2, 3)));
    assertThat(result).isEqualTo(new AppendResult.Conflict(head("a", 3), entries("a", 2, 3)));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 3));
  }

  @Test
  void required_C3_2_append_farBehind_conflictsWithEntriesThatFollow() {
    String key = logOf(1000);
    AppendResult result = await(logs.append(key, START, entries("b", 1, 1)));
    assertThat(result).isInstanceOf(AppendResult.Conflict.class);
    AppendResult.Conflict conflict = (AppendResult.Conflict) result;
    assertThat(conflict.head()).isEqualTo(head("a", 1000));
    assertThat(conflict.missing()).isEqualTo(entries("a", 1, conflict.missing().size()));
  }

  @Test
  void required_C3_3_append_again_isCommittedOnce() {
    String key = logOf(3);
    assertThat(commit(key, START, entries("a", 1, 3))).isEqualTo(head("a", 3));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 3));
  }

  @Test
  void required_C3_3_append_againAfterOthers_namesThePlaceOfItsLastEntry() {
    String key = logOf(5);
    assertThat(commit(key, START, entries("a", 1, 3))).isEqualTo(head("a", 3));
    assertThat(headOf(key)).isEqualTo(head("a", 5));
  }

  @Test
  void required_C3_4_append_ofWhichAPartStands_conflictsAndChangesNothing() {
    String key = logOf(2);
    AppendResult result = await(logs.append(key, START, entries("a", 1, 4)));
    assertThat(result).isEqualTo(new AppendResult.Conflict(head("a", 2), entries("a", 1, 2)));
    assertThat(headOf(key)).isEqualTo(head("a", 2));
    commit(key, head("a", 2), entries("a", 3, 4));
    assertThat(read(key, 0)).isEqualTo(entries("a", 1, 4));
  }

  @Test
  void required_C3_5_append_beyondTheHead_isBehind() {
    String key = logOf(2);
    assertThat(await(logs.append(key, head("a", 4), entries("a", 5, 5))))
        .isEqualTo(new AppendResult.Behind(head("a", 2)));
    assertThat(headOf(key)).isEqualTo(head("a", 2));
  }

  @Test
  void required_C3_5_append_whenTheLogIsBehind_canRepairIt() {
    String key = logOf(2);
    commit(key, head("a", 2), entries("a", 3, 4));
    assertThat(commit(key, head("a", 4), entries("a", 5, 5))).isEqualTo(head("a", 5));
  }

  @Test
  void required_C3_6_append_onAnotherHashAtTheHead_isForked() {
    String key = logOf(2);
    assertThat(await(logs.append(key, head("b", 2), entries("b", 3, 3))))
        .isEqualTo(new AppendResult.Forked(head("a", 2)));
    assertThat(headOf(key)).isEqualTo(head("a", 2));
  }

  @Test
  void required_C3_6_append_onAnotherHashInThePast_isForked() {
    String key = logOf(4);
    assertThat(await(logs.append(key, head("b", 2), entries("b", 3, 3))))
        .isEqualTo(new AppendResult.Forked(head("a", 4)));
  }

  @Test
  void required_C3_6_append_onAnotherStart_isForked() {
    String key = emptyLog();
    LogHead other = new LogHead(EPOCH, 0, Bytes.ofUtf8("other"));
    assertThat(await(logs.append(key, other, entries("b", 1, 1))))
        .isEqualTo(new AppendResult.Forked(START));
  }

  @Test
  void required_C3_7_append_ofAnotherEpoch_isOtherEpoch() {
    String key = logOf(1);
    LogHead other = new LogHead(EPOCH + 1, 1, head("a", 1).hash());
    assertThat(await(logs.append(key, other, entries("a", 2, 2))))
        .isEqualTo(new AppendResult.OtherEpoch(head("a", 1)));
  }

  @Test
  void required_C3_7_append_againOfAnotherEpoch_isOtherEpochToo() {
    String key = logOf(1);
    LogHead other = new LogHead(EPOCH + 1, 0, START.hash());
    assertThat(await(logs.append(key, other, entries("a", 1, 1))))
        .isEqualTo(new AppendResult.OtherEpoch(head("a", 1)));
  }

  @Test
  void required_C3_8_append_behindTheTrimmedPart_isTrimmed() {
    String key = logOf(5);
    await(logs.saveSnapshot(key, snapshot(head("a", 4))));
    await(logs.trim(key, 3));
    assertThat(await(logs.append(key, head("a", 1), entries("b", 2, 2))))
        .isEqualTo(new AppendResult.Trimmed(3, head("a", 5)));
  }

  @Test
  void required_C3_8_append_exactlyAtTheBase_isNotTrimmed() {
    String key = logOf(5);
    await(logs.saveSnapshot(key, snapshot(head("a", 4))));
    await(logs.trim(key, 3));
    assertThat(await(logs.append(key, head("a", 3), entries("b", 4, 4))))
        .isEqualTo(new AppendResult.Conflict(head("a", 5), entries("a", 4, 5)));
  }

  @Test
  void required_C3_9_append_toNoLog_isMissing() {
    String key = name("none");
    assertThat(await(logs.append(key, START, entries("a", 1, 1))))
        .isEqualTo(new AppendResult.Missing());
    assertThat(await(logs.head(key))).isEmpty();
  }

  @Test
  void required_C3_10_append_ofNoEntry_isRefusedAtOnce() {
    String key = logOf(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logs.append(key, head("a", 1), List.of()));
  }

  @Test
  void required_C3_10_append_withAHole_isRefusedAtOnce() {
    String key = logOf(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logs.append(key, head("a", 1), entries("a", 3, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logs.append(key, head("a", 1), List.of(entry("a", 2), entry("a", 4))));
    assertThat(headOf(key)).isEqualTo(head("a", 1));
  }

  @Test
  void required_C3_11_logs_doNotTouchEachOther() {
    String first = logOf(2);
    String second = name("second");
    await(logs.create(second, START));
    commit(second, START, entries("b", 1, 1));
    assertThat(read(first, 0)).isEqualTo(entries("a", 1, 2));
    assertThat(read(second, 0)).isEqualTo(entries("b", 1, 1));
  }

  @Test
  void required_C3_12_append_by32ThreadsOnTwoNodes_keepsOneChain() throws Exception {
    int threads = 32;
    int appends = 20;
    String key = emptyLog();
    List<Coordinator> nodes = List.of(node, contract.node());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      var writers = new ArrayList<Callable<List<LogEntry>>>();
      for (int i = 0; i < threads; i++) {
        String writer = "writer" + i + " ";
        Coordinator own = nodes.get(i % 2);
        writers.add(() -> appendAll(own, key, writer, appends));
      }
      var committed = new ArrayList<LogEntry>();
      for (Future<List<LogEntry>> done : pool.invokeAll(writers)) {
        committed.addAll(done.get());
      }
      assertThat(committed).hasSize(threads * appends);
      assertThat(read(key, 0)).containsExactlyInAnyOrderElementsOf(committed);
      assertThat(headOf(key).revision()).isEqualTo((long) threads * appends);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Appends a number of entries one by one behind whatever the others append. */
  private List<LogEntry> appendAll(Coordinator own, String key, String writer, int count) {
    var committed = new ArrayList<LogEntry>();
    LogHead head = START;
    while (committed.size() < count) {
      LogEntry entry = entry(writer, head.revision() + 1);
      AppendResult result = await(own.logs().append(key, head, List.of(entry)));
      if (result instanceof AppendResult.Committed) {
        committed.add(entry);
        head = new LogHead(EPOCH, entry.revision(), entry.hash());
      } else {
        assertThat(result).isInstanceOf(AppendResult.Conflict.class);
        head = ((AppendResult.Conflict) result).head();
      }
    }
    return committed;
  }
}
