package dev.collab.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubmissionTableTest {

  private static ClientId client(int number) {
    return new ClientId("client" + number);
  }

  private static LastSubmission row(long revision) {
    return new LastSubmission(revision, revision, false);
  }

  private static SubmissionTable tableOf(int rows) {
    SubmissionTable table = SubmissionTable.EMPTY;
    for (int i = 1; i <= rows; i++) {
      table = table.with(client(i), row(i));
    }
    return table;
  }

  @Test
  void with_manyVersions_eachHoldsWhatAMapHeldThen() {
    Random random = new Random(1);
    SubmissionTable table = SubmissionTable.EMPTY;
    Map<ClientId, LastSubmission> expected = new HashMap<>();
    List<SubmissionTable> versions = new ArrayList<>();
    List<Map<ClientId, LastSubmission>> maps = new ArrayList<>();
    for (int revision = 1; revision <= 5000; revision++) {
      ClientId client = client(random.nextInt(2000));
      table = table.with(client, row(revision));
      expected.put(client, row(revision));
      assertThat(table.get(client)).contains(row(revision));
      if (revision % 333 == 0) {
        versions.add(table);
        maps.add(new HashMap<>(expected));
      }
    }
    for (int i = 0; i < versions.size(); i++) {
      assertThat(versions.get(i).rows()).isEqualTo(maps.get(i));
      for (int number = 0; number < 2000; number += 17) {
        LastSubmission row = maps.get(i).get(client(number));
        assertThat(versions.get(i).get(client(number)).orElse(null)).isEqualTo(row);
      }
    }
  }

  @Test
  void with_twiceOnOneTable_theTwoDoNotSeeEachOther() {
    for (int size : new int[] {0, 1, 62, 63, 64, 65}) {
      SubmissionTable table = tableOf(size);
      SubmissionTable one = table.with(client(1), row(101));
      SubmissionTable other = table.with(client(1), row(102));

      assertThat(one.get(client(1))).contains(row(101));
      assertThat(other.get(client(1))).contains(row(102));
      assertThat(table.get(client(1)).isPresent()).isEqualTo(size > 0);
      assertThat(one.rows().get(client(1))).isEqualTo(row(101));
    }
  }

  @Test
  void evict_rowsAroundTheLimit_forgetsOnlyWhatIsTooMany() {
    SubmissionTable table = tableOf(10);

    assertThat(table.evict(10, 11)).isSameAs(table);
    assertThat(table.evict(10, 10)).isSameAs(table);
    SubmissionTable nine = table.evict(10, 9);
    assertThat(nine.rows()).hasSize(9).doesNotContainKey(client(1));
    assertThat(nine.evictedUpTo()).isEqualTo(1);
    assertThat(nine.get(client(1))).isEmpty();
    assertThat(table.rows()).hasSize(10);
  }

  @Test
  void evict_rowsAboveTheBase_stay() {
    SubmissionTable table = tableOf(10);

    assertThat(table.evict(0, 0)).matches(all -> all.rows().size() == 10);
    assertThat(table.evict(0, 0).evictedUpTo()).isZero();
    SubmissionTable evicted = table.evict(4, 0);
    assertThat(evicted.rows().keySet()).contains(client(5), client(10)).hasSize(6);
    assertThat(evicted.evictedUpTo()).isEqualTo(4);
  }

  @Test
  void evict_clientThatCameAgain_countsByItsNewestRow() {
    SubmissionTable table = tableOf(10).with(client(1), row(11));

    SubmissionTable evicted = table.evict(11, 9);

    assertThat(evicted.get(client(1))).contains(row(11));
    assertThat(evicted.get(client(2))).isEmpty();
    assertThat(evicted.evictedUpTo()).isEqualTo(2);
    assertThat(evicted.with(client(2), row(12)).evictedUpTo()).isEqualTo(2);
  }

  @Test
  void of_rowsOfASnapshot_holdsThem() {
    Map<ClientId, LastSubmission> rows = new HashMap<>(Map.of(client(1), row(5)));
    SubmissionTable table = SubmissionTable.of(rows, 3);
    rows.clear();

    assertThat(table.get(client(1))).contains(row(5));
    assertThat(table.evictedUpTo()).isEqualTo(3);
  }
}
