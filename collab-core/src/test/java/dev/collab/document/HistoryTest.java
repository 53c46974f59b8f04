package dev.collab.document;

import static dev.collab.document.Authority.id;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static CommittedOperation entry(long baseRevision) {
    return entry(baseRevision, new Payload.None());
  }

  private static CommittedOperation entry(long baseRevision, Payload payload) {
    return new CommittedOperation(
        id("c" + baseRevision % 7, baseRevision + 1), baseRevision, payload, Authority.NOW);
  }

  private static History history(long base, long revision) {
    History history = History.startingAt(base);
    while (history.revision() < revision) {
      history = history.append(entry(history.revision()));
    }
    return history;
  }

  private static void check(History history, List<CommittedOperation> expected) {
    assertThat(history.revision()).isEqualTo(history.base() + expected.size());
    assertThat(history.since(history.base())).isEqualTo(expected);
    assertThat(history.since(history.revision())).isEmpty();
    if (!expected.isEmpty()) {
      long middle = history.base() + expected.size() / 2;
      assertThat(history.since(middle))
          .isEqualTo(expected.subList(expected.size() / 2, expected.size()));
      assertThat(history.find(expected.get(0).id())).contains(expected.get(0));
    }
  }

  @Test
  void appendAndTrim_everySizeAndBaseAroundTheChunks_holdsWhatAListHolds() {
    for (int size : new int[] {0, 1, 63, 64, 65, 127, 128, 129, 200}) {
      History history = history(1000, 1000 + size);
      List<CommittedOperation> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        all.add(entry(1000 + i));
      }
      check(history, all);
      for (int drop = 0; drop <= size; drop++) {
        History trimmed = history.trimmedTo(1000 + drop);
        assertThat(trimmed.base()).isEqualTo(1000 + drop);
        check(trimmed, all.subList(drop, size));
      }
      check(history, all);
    }
  }

  @Test
  void appendAndTrim_atRandom_holdsWhatAListHolds() {
    Random random = new Random(1);
    History history = History.startingAt(0);
    List<CommittedOperation> expected = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      if (random.nextInt(20) == 0) {
        int drop = random.nextInt(expected.size() + 1);
        history = history.trimmedTo(history.base() + drop);
        expected.subList(0, drop).clear();
        check(history, expected);
      } else {
        expected.add(entry(history.revision()));
        history = history.append(expected.get(expected.size() - 1));
      }
    }
    check(history, expected);
  }

  @Test
  void append_twiceToOneHistory_theTwoDoNotSeeEachOther() {
    for (long revision : new long[] {0, 5, 63, 64, 128}) {
      History history = history(0, revision);
      Payload deletion = new Payload.Delete();
      History one = history.append(entry(revision));
      History other = history.append(entry(revision, deletion));

      assertThat(one.entryAt(revision).payload()).isEqualTo(new Payload.None());
      assertThat(other.entryAt(revision).payload()).isEqualTo(deletion);
      assertThat(history.revision()).isEqualTo(revision);
    }
  }

  @Test
  void startingAt_hugeRevision_isAddressedExactly() {
    long start = (1L << 53) - 100;
    History history = history(start, start + 70).trimmedTo(start + 66);

    assertThat(history.entryAt(start + 66)).isEqualTo(entry(start + 66));
    assertThat(history.since(start + 68)).hasSize(2);
  }

  @Test
  void find_unknownOrForgotten_isEmpty() {
    History history = history(0, 100);

    assertThat(history.find(id("stranger", 1))).isEmpty();
    assertThat(history.find(entry(10).id())).contains(entry(10));
    assertThat(history.trimmedTo(11).find(entry(10).id())).isEmpty();
  }

  @Test
  void editsFrom_runOfEdits_endsAtTheFirstOtherEntry() {
    TextOperation operation = TextOperation.insert(0, "x");
    Payload edit = new Payload.Edit<>(TEXT, operation, TextOperation.delete(0, 1));
    History history =
        History.startingAt(5)
            .append(entry(5, edit))
            .append(entry(6, edit))
            .append(entry(7))
            .append(entry(8, edit));

    assertThat(history.editsFrom(5, TextOperation.class)).containsExactly(operation, operation);
    assertThat(history.editsFrom(6, TextOperation.class)).containsExactly(operation);
    assertThat(history.editsFrom(7, TextOperation.class)).isEmpty();
    assertThat(history.editsFrom(8, TextOperation.class)).containsExactly(operation);
    assertThat(history.editsFrom(9, TextOperation.class)).isEmpty();
  }

  @Test
  void since_outsideTheHistory_throws() {
    History history = history(10, 20);

    assertThatThrownBy(() -> history.since(9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> history.since(21)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> history.since(15).get(5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> history.since(15).get(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> history.trimmedTo(21)).isInstanceOf(IllegalArgumentException.class);
  }
}
