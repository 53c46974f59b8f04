package dev.collab.conflict;

import static dev.collab.text.TextOperation.insert;
import static dev.collab.text.TextOperation.replace;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.ClientId;
import dev.collab.operation.Resolution;
import dev.collab.text.Text;
import dev.collab.text.TextDiff;
import dev.collab.text.TextOperation;
import dev.collab.text.TextResolutions;
import dev.collab.value.JsonValue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeStrategyTest {

  private static final String BASE = "one\ntwo words here\nthree\n";

  private static TextOperation to(String from, String to) {
    return TextDiff.diff(Text.of(from), Text.of(to));
  }

  private static Contest over(Resolution<Text> resolution, int gap) {
    return new Contest(BASE, ThreeWayMerge.of(TEXT, resolution).fromGap(gap));
  }

  @Test
  void settle_theSameChangeOnBothSides_isMadeOnce() {
    Contest contest = over(Resolution.ours(), 1);
    contest.edit("ann", 1, to(BASE, "one\ntwo new words here\nthree\n"));
    contest.edit("bob", 1, to(BASE, "one\ntwo new words here\nthree\nfour\n"));

    assertThat(contest.text()).isEqualTo("one\ntwo new words here\nthree\nfour\n");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_contradictingLines_followsTheRule() {
    Contest contest = over(TextResolutions.markers("mine", "theirs"), 1);
    contest.edit("ann", 1, to(BASE, "one\nanother thing\nthree\n"));
    contest.edit("bob", 1, to(BASE, "one\nno such line\nthree\n"));

    assertThat(contest.text())
        .isEqualTo(
            "one\n<<<<<<< mine\nno such line\n=======\nanother thing\n>>>>>>> theirs\nthree\n");
    ReportedConflict conflict = contest.conflicts().get(0);
    assertThat(conflict.earlierAuthors()).isEqualTo(Set.of(new ClientId("ann")));
    assertThat(conflict.earlier()).isEqualTo(JsonValue.of("another thing\n"));
    assertThat(conflict.later()).isEqualTo(JsonValue.of("no such line\n"));
    assertThat(conflict.outcome()).isEqualTo(Outcome.MERGED);
  }

  @Test
  void settle_theReplicaHasTransformedTheEdit_mergesWhatItWas() {
    Contest contest = over(Resolution.ours(), 2);
    contest.edit("ann", 1, insert(0, "zero\n"));
    contest.edit("ann", 2, insert(5 + BASE.length(), "added\n"));
    contest.edit("bob", 3, 1, insert(5 + BASE.length(), "added\n"));

    assertThat(contest.text()).isEqualTo("zero\n" + BASE + "added\n");
  }

  @Test
  void settle_belowTheGap_isPlainMerging() {
    Contest contest = over(Resolution.ours(), 2);
    contest.edit("ann", 1, replace(0, 3, "1"));
    contest.edit("bob", 1, replace(0, 3, "eins"));

    assertThat(contest.text()).startsWith("eins1\n");
    assertThat(contest.conflicts()).isEmpty();
  }

  @Test
  void settle_atTheGap_merges() {
    Contest contest = over(Resolution.theirs(), 2);
    contest.edit("ann", 1, replace(0, 3, "1"));
    contest.edit("ann", 2, insert(1, "."));
    contest.edit("bob", 1, replace(0, 3, "eins"));

    assertThat(contest.text()).startsWith("1.\n");
    assertThat(contest.conflicts()).hasSize(1);
  }

  @Test
  void fromGap_belowOne_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> over(Resolution.ours(), 0));
  }
}
