package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.ReadResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ReadRules extends CoordinatorRules {

  ReadRules(CoordinatorContract contract) {
    super(contract);
  }

  @Test
  void required_C4_1_read_returnsTheEntriesBehindARevisionWithTheHead() {
    String key = logOf(5);
    assertThat(await(logs.read(key, 2, 100)))
        .isEqualTo(new ReadResult.Entries(head("a", 5), entries("a", 3, 5)));
  }

  @Test
  void required_C4_1_read_fromTheMiddleOfABatch_startsThere() {
    String key = logOf(0);
    commit(key, START, entries("a", 1, 4));
    commit(key, head("a", 4), entries("a", 5, 8));
    assertThat(read(key, 2)).isEqualTo(entries("a", 3, 8));
    assertThat(read(key, 6)).isEqualTo(entries("a", 7, 8));
  }

  @Test
  void required_C4_2_read_returnsNoMoreThanItsLimit() {
    String key = logOf(5);
    assertThat(await(logs.read(key, 1, 2)))
        .isEqualTo(new ReadResult.Entries(head("a", 5), entries("a", 2, 3)));
    assertThat(await(logs.read(key, 0, 1)))
        .isEqualTo(new ReadResult.Entries(head("a", 5), entries("a", 1, 1)));
  }

  @Test
  void required_C4_3_read_atOrBeyondTheHead_findsNoEntries() {
    String key = logOf(2);
    assertThat(await(logs.read(key, 2, 10)))
        .isEqualTo(new ReadResult.Entries(head("a", 2), List.of()));
    assertThat(await(logs.read(key, 1L << 40, 10)))
        .isEqualTo(new ReadResult.Entries(head("a", 2), List.of()));
  }

  @Test
  void required_C4_4_read_behindTheBase_isTrimmed() {
    String key = logOf(5);
    await(logs.saveSnapshot(key, snapshot(head("a", 5))));
    await(logs.trim(key, 3));
    assertThat(await(logs.read(key, 2, 10))).isEqualTo(new ReadResult.Trimmed(3, head("a", 5)));
    assertThat(read(key, 3)).isEqualTo(entries("a", 4, 5));
  }

  @Test
  void required_C4_5_read_ofNoLog_isMissing() {
    assertThat(await(logs.read(name("none"), 0, 10))).isEqualTo(new ReadResult.Missing());
  }

  @Test
  void required_C4_6_read_withImpossibleArguments_isRefusedAtOnce() {
    String key = logOf(1);
    assertThatIllegalArgumentException().isThrownBy(() -> logs.read(key, -1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> logs.read(key, 0, 0));
  }

  @Test
  void required_C4_7_read_onAnotherNode_seesWhatIsCommitted() {
    String key = logOf(3);
    Coordinator other = contract.node();
    assertThat(await(other.logs().head(key))).contains(head("a", 3));
    assertThat(await(other.logs().read(key, 0, 10)))
        .isEqualTo(new ReadResult.Entries(head("a", 3), entries("a", 1, 3)));
  }

  @Test
  void required_C5_1_keys_areListedInTheOrderOfTheirCodeUnits() {
    // In UTF-8 the last two would stand the other way round.
    List<String> keys =
        List.of(name("B"), name("a"), name("aa"), name("\ud83d\ude00"), name("\uff5e"));
    for (int i = keys.size() - 1; i >= 0; i--) {
      await(logs.create(keys.get(i), START));
    }
    assertThat(allKeys(name(""), 100)).isEqualTo(keys);
  }

  @Test
  void required_C5_2_keys_arePagedWithoutLossOrRepetition() {
    var keys = new ArrayList<String>();
    for (int i = 100; i < 125; i++) {
      keys.add(name("key" + i));
      await(logs.create(name("key" + i), START));
    }
    assertThat(allKeys(name(""), 10)).isEqualTo(keys);
    assertThat(allKeys(name(""), 25)).isEqualTo(keys);
    assertThat(allKeys(name(""), 1)).isEqualTo(keys);
  }

  @Test
  void required_C5_3_keys_beginWithThePrefix() {
    for (String word : List.of("a", "b", "b1", "b2", "c")) {
      await(logs.create(name(word), START));
    }
    assertThat(allKeys(name("b"), 10)).containsExactly(name("b"), name("b1"), name("b2"));
    assertThat(allKeys(name("x"), 10)).isEmpty();
  }

  @Test
  void required_C5_4_keys_withImpossibleLimit_areRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> logs.keys("", "", 0));
  }

  /** Lists all pages. */
  private List<String> allKeys(String prefix, int limit) {
    var keys = new ArrayList<String>();
    List<String> page = await(logs.keys(prefix, "", limit));
    keys.addAll(page);
    while (page.size() == limit) {
      page = await(logs.keys(prefix, keys.get(keys.size() - 1), limit));
      keys.addAll(page);
    }
    return keys;
  }
}
