package dev.collab.conflict;

import static dev.collab.conflict.LastWriteWins.LAST_WRITE_WINS;
import static dev.collab.text.TextOperation.delete;
import static dev.collab.text.TextOperation.insert;
import static dev.collab.text.TextOperation.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Payload;
import dev.collab.document.Submission;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastWriteWinsTest {

  private static Contest over(String text) {
    return new Contest(text, LAST_WRITE_WINS);
  }

  @Test
  void settle_theSameWordReplacedAtOnce_leavesTheLaterOne() {
    Contest contest = over("a cat sat");
    contest.edit("ann", 1, replace(2, 3, "dog"));
    contest.edit("bob", 1, replace(2, 3, "cow"));

    assertThat(contest.text()).isEqualTo("a cow sat");
    assertThat(contest.conflicts())
        .containsExactly(
            new ReportedConflict(
                Set.of(new ClientId("ann")),
                JsonValue.of("dog"),
                new ClientId("bob"),
                JsonValue.of("cow"),
                Outcome.LATER,
                JsonValue.of("cow")));
    assertThat(contest.conflicts().get(0).toString()).doesNotContain("dog", "cow");
  }

  @Test
  void settle_theReplicaHasTransformedTheEdit_leavesTheLaterOneToo() {
    Contest contest = over("a cat sat");
    contest.edit("ann", 1, replace(2, 3, "dog"));
    contest.edit("bob", 2, 1, insert(2, "cow"));

    assertThat(contest.text()).isEqualTo("a cow sat");
  }

  @Test
  void settle_theSameTextButSeen_keepsIt() {
    Contest contest = over("a cat sat");
    contest.edit("ann", 1, replace(2, 3, "dog"));
    contest.edit("bob", 2, insert(2, "cow"));

    assertThat(contest.text()).isEqualTo("a cowdog sat");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_anEditBesideAReplacedWord_keepsBoth() {
    for (long base = 1; base <= 2; base++) {
      Contest contest = over("a cat sat");
      contest.edit("ann", 1, replace(2, 3, "dog"));
      contest.edit("bob", base, 1, insert(5, "!"));

      assertThat(contest.text()).isEqualTo("a dog! sat");
      assertThat(contest.conflicts()).isEmpty();
    }
  }

  @Test
  void settle_threeAtOnce_leavesTheLast() {
    Contest contest = over("cat");
    contest.edit("ann", 1, replace(0, 3, "dog"));
    contest.edit("bob", 1, replace(0, 3, "cow"));
    contest.edit("cid", 1, replace(0, 3, "pig"));

    assertThat(contest.text()).isEqualTo("pig");
    assertThat(contest.conflicts()).hasSize(2);
  }

  @Test
  void settle_whatSomebodyTypesLetterByLetter_isOnePiece() {
    Contest contest = over("");
    for (int i = 0; i < 5; i++) {
      contest.edit("ann", 1 + i, insert(i, "hello".substring(i, i + 1)));
    }
    contest.edit("bob", 1, insert(0, "X"));

    assertThat(contest.text()).isEqualTo("X");
    assertThat(contest.conflicts())
        .extracting(ReportedConflict::earlier)
        .containsExactly(
            JsonValue.of("h"),
            JsonValue.of("e"),
            JsonValue.of("l"),
            JsonValue.of("l"),
            JsonValue.of("o"));
  }

  @Test
  void settle_aDeletionAroundAnInsertion_takesItOut() {
    Contest contest = over("abcd");
    contest.edit("ann", 1, insert(2, "x"));
    contest.edit("bob", 1, delete(0, 4));

    assertThat(contest.text()).isEmpty();
    assertThat(contest.conflicts().get(0).later()).isEqualTo(JsonValue.of(""));
  }

  @Test
  void settle_anInsertionIntoADeletion_stays() {
    Contest contest = over("abcd");
    contest.edit("ann", 1, delete(0, 4));
    contest.edit("bob", 1, insert(2, "x"));

    assertThat(contest.text()).isEqualTo("x");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_whatTheAuthorHasChangedItself_wasSeen() {
    Contest contest = over("");
    contest.edit("ann", 1, insert(0, "dog"));
    contest.edit("bob", 2, 1, replace(0, 1, "f"));

    assertThat(contest.text()).isEqualTo("fog");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_theAuthorsOwnEditUnderWay_isNoConflict() {
    Contest contest = over("");
    contest.edit("ann", 1, insert(0, "b"));
    contest.edit("ann", 2, 1, insert(0, "a"));

    assertThat(contest.text()).isEqualTo("ab");
  }

  @Test
  void settle_twoProposalsOfOneAuthorAtTheSameRevision_isOne() {
    Contest contest = over("cat");
    contest.edit("robot", 1, replace(0, 3, "dog"));
    contest.edit("robot", 1, replace(0, 3, "cow"));

    assertThat(contest.text()).isEqualTo("cow");
  }

  @Test
  void settle_seenBelowTheLogsBase_looksAtWhatIsThere() {
    Contest contest = over("cat");
    contest.edit("ann", 1, insert(3, "!"));
    contest.edit("ann", 2, replace(0, 3, "dog"));
    contest.trimTo(2);
    contest.edit("bob", 3, 0, insert(0, "cow"));

    assertThat(contest.text()).isEqualTo("cow!");
  }

  @Test
  void settle_atTheHead_keepsAll() {
    Contest contest = over("cat");
    contest.edit("ann", 1, replace(0, 3, "dog"));
    contest.edit("bob", Submission.HEAD, replace(0, 3, "cow"));

    assertThat(contest.text()).isEqualTo("cow");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_halvesOfSurrogatePairs_areNeverCut() {
    Contest contest = over("\ud83d\ude00");
    contest.edit("ann", 1, replace(1, 1, "\ude01"));
    contest.edit("bob", 1, replace(0, 2, "\ud83d\ude02"));

    assertThat(contest.text()).isEqualTo("\ud83d\ude02");
  }

  @Test
  void settle_furtherBehindThanIsLookedAt_isTheSameFromThereOn() {
    Contest contest = over("cat");
    contest.edit("ann", 1, replace(0, 3, "dog"));
    for (int i = 0; i < LastWriteWins.MOST_ENTRIES - 1; i++) {
      contest.edit("eve", contest.revision(), insert(3 + i, "."));
    }
    Contest further = over("cat");
    further.edit("ann", 1, replace(0, 3, "dog"));
    for (int i = 0; i < LastWriteWins.MOST_ENTRIES; i++) {
      further.edit("eve", further.revision(), insert(3 + i, "."));
    }
    contest.edit("bob", 1, replace(0, 3, "cow"));
    further.edit("bob", 1, replace(0, 3, "cow"));

    assertThat(contest.text()).isEqualTo("cow");
    assertThat(further.text()).startsWith("cowdog.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void settle_manyAtRandom_takesOutOnlyWhatOthersPutThereUnseen(long seed) {
    Random random = new Random(seed);
    Contest contest = over("a😀b😀c");
    for (int i = 0; i < 150; i++) {
      long base = contest.revision();
      long seen = Math.max(1, base - random.nextInt(8));
      String before = contest.text();
      int start = boundary(before, random.nextInt(before.length() + 1));
      int end = boundary(before, Math.min(before.length(), start + random.nextInt(4)));
      String token = "<" + i + "😁>";
      TextOperation operation = replace(start, end - start, token);
      var accepted = contest.edit("c" + random.nextInt(4), base, seen, operation);

      assertThat(contest.text()).contains(token);
      assertThat(contest.state().isWellFormed()).isTrue();
      accepted
          .correction()
          .ifPresent(correction -> assertThat(inserted(correction.entry())).isZero());
      String plain = before.substring(0, start) + token + before.substring(end);
      int reported =
          contest.conflicts().stream()
              .mapToInt(conflict -> ((JsonValue.JsonString) conflict.earlier()).value().length())
              .sum();
      assertThat(plain.length() - contest.text().length()).isEqualTo(reported);
      contest.conflicts().clear();
    }
  }

  private static int inserted(CommittedOperation entry) {
    return ((TextOperation) ((Payload.Edit<?>) entry.payload()).operation()).insertedLength();
  }

  private static int boundary(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
