package dev.collab.conflict;

import static dev.collab.conflict.LastWriteWins.LAST_WRITE_WINS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Side;
import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every pair of edits of a short text, against a slow definition that knows each character. */
class LastWriteWinsLawTest {

  private static final String TEXT = "abc";
  private static final String EARLIER = "pqrs";
  private static final String LATER = "PQRS";

  /** Which units are deleted, and at which points something is inserted. */
  private record Edit(int deletes, int inserts) {

    boolean deletes(int unit) {
      return unit >= 0 && unit < TEXT.length() && (deletes >> unit & 1) == 1;
    }

    boolean inserts(int point) {
      return (inserts >> point & 1) == 1;
    }

    TextOperation operation(String letters) {
      TextOperation.Builder builder = TextOperation.builder();
      for (int at = 0; at <= TEXT.length(); at++) {
        if (inserts(at)) {
          builder.insert(letters.substring(at, at + 1));
        }
        if (deletes(at)) {
          builder.delete(1);
        } else if (at < TEXT.length()) {
          builder.retain(1);
        }
      }
      return builder.build();
    }

    /** Returns the changes, each a set of units {@code u} as 2u + 1 and of points as 2p. */
    List<Set<Integer>> changes() {
      List<Set<Integer>> changes = new ArrayList<>();
      Set<Integer> open = new HashSet<>();
      for (int at = 0; at <= TEXT.length(); at++) {
        if (inserts(at)) {
          open.add(2 * at);
        }
        if (deletes(at)) {
          open.add(2 * at + 1);
        } else if (!open.isEmpty()) {
          changes.add(open);
          open = new HashSet<>();
        }
      }
      return changes;
    }

    boolean deletesAround(int point) {
      return deletes(point - 1) && deletes(point);
    }
  }

  private static boolean touches(Set<Integer> change, Edit other) {
    return change.stream()
        .anyMatch(
            at ->
                at % 2 == 1
                    ? other.deletes(at / 2)
                    : other.inserts(at / 2) || other.deletesAround(at / 2));
  }

  private static boolean goesInside(Edit other, Set<Integer> change) {
    for (int point = 0; point <= TEXT.length(); point++) {
      if (other.inserts(point)
          && change.contains(2 * point - 1)
          && change.contains(2 * point + 1)) {
        return true;
      }
    }
    return false;
  }

  private static List<Edit> all() {
    List<Edit> all = new ArrayList<>();
    for (int deletes = 0; deletes < 8; deletes++) {
      for (int inserts = 0; inserts < 16; inserts++) {
        all.add(new Edit(deletes, inserts));
      }
    }
    return all;
  }

  private static String expected(Edit earlier, Edit later) {
    TextOperation one = earlier.operation(EARLIER);
    TextOperation other = later.operation(LATER).transform(one, Side.LEFT);
    String plain = other.applyTo(one.applyTo(TEXT));
    Set<Character> touched = new HashSet<>();
    for (Set<Integer> change : earlier.changes()) {
      if (touches(change, later) || goesInside(later, change)) {
        change.stream()
            .filter(at -> at % 2 == 0)
            .forEach(at -> touched.add(EARLIER.charAt(at / 2)));
      }
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < plain.length()) {
      int end = at;
      boolean isTouched = false;
      while (end < plain.length() && EARLIER.indexOf(plain.charAt(end)) >= 0) {
        isTouched |= touched.contains(plain.charAt(end++));
      }
      if (!isTouched) {
        result.append(plain, at, end);
      }
      if (end < plain.length()) {
        result.append(plain.charAt(end));
      }
      at = end + 1;
    }
    return result.toString();
  }

  @Test
  void settle_everyPairOfEdits_isPlainMergingWithoutWhatTheEarlierOneHasPutWhereBothTouch() {
    int corrected = 0;
    for (Edit earlier : all()) {
      for (Edit later : all()) {
        TextOperation operation = later.operation(LATER);
        Contest contest = new Contest(TEXT, LAST_WRITE_WINS);
        contest.edit("ann", 1, earlier.operation(EARLIER));
        corrected += contest.edit("bob", 1, operation).correction().isPresent() ? 1 : 0;

        assertThat(contest.text())
            .as("%s then %s", earlier.operation(EARLIER), operation)
            .isEqualTo(expected(earlier, later));
      }
    }
    assertThat(corrected).isGreaterThan(1_000);
  }
}
