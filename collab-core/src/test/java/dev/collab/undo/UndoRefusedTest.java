package dev.collab.undo;

import static dev.collab.text.TextOperation.delete;
import static dev.collab.text.TextOperation.insert;
import static dev.collab.text.TextOperation.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.TextOperation;
import org.junit.jupiter.api.Test;

/** Edits that the authority refuses leave the stack. */
class UndoRefusedTest {

  @Test
  void refusal_ofADeletion_leavesNothingToUndo() {
    Page page = new Page("abc").edit(delete(0, 3));
    page.undo.submitted(true);
    page.refused(insert(0, "abc"));
    assertThat(page.undo.canUndo()).isFalse();
    assertThat(page.text()).isEqualTo("abc");
  }

  @Test
  void refusal_insideAStep_takesThatEditOut() {
    Page page = new Page("abcdef").edit(delete(0, 1));
    page.undo.submitted(true);
    page.editOn(delete(1, 1)); // bdef
    page.undo.acknowledged();
    page.undo.submitted(true);
    page.editOn(delete(2, 1)); // bdf
    page.refused(insert(1, "c"));
    assertThat(page.text()).isEqualTo("bcdf");
    assertThat(page.undo().text()).isEqualTo("abcdef");
    assertThat(page.undo.canUndo()).isFalse();
    assertThat(page.redo().text()).isEqualTo("bcdf");
  }

  @Test
  void refusal_ofAReplacementOthersTypedInto_keepsOlderStepsInPlace() {
    Page page = new Page("123 abc 789").edit(insert(11, "!")).edit(delete(1, 1));
    page.undo.submitted(true);
    page.undo.acknowledged();
    page.edit(delete(3, 3)); // 13 / 789!
    page.undo.submitted(true);
    page.other(insert(3, "X")); // they typed it between a and b
    TextOperation around =
        TextOperation.builder().retain(3).insert("a").retain(1).insert("bc").build();
    page.refused(around);
    assertThat(page.text()).isEqualTo("13 aXbc 789!");
    assertThat(page.undo().text()).isEqualTo("123 aXbc 789!");
    assertThat(page.undo().text()).isEqualTo("123 aXbc 789");
    assertThat(page.undo.canUndo()).isFalse();
    assertThat(page.redoAll().text()).isEqualTo("13 aXbc 789!");
  }

  @Test
  void refusal_ofAnUndo_letsItBeDoneAgain() {
    Page page = new Page("").edit(insert(0, "a")).edit(insert(1, "b"));
    page.undo.submitted(true);
    page.undo.acknowledged();
    page.undo();
    page.undo.submitted(true);
    page.refused(insert(1, "b"));
    assertThat(page.undo.canRedo()).isFalse();
    assertThat(page.undo().text()).isEqualTo("a");
    assertThat(page.undo().text()).isEmpty();
  }

  @Test
  void refusal_ofARedo_leavesTheStack() {
    Page page = new Page("ab").edit(delete(0, 1));
    page.undo.submitted(true);
    page.undo.acknowledged();
    page.undo();
    page.undo.submitted(true);
    page.undo.acknowledged();
    page.redo();
    page.undo.submitted(true);
    page.refused(insert(0, "a"));
    assertThat(page.text()).isEqualTo("ab");
    assertThat(page.undo.canUndo()).isFalse();
  }

  @Test
  void refusal_ofWhatWasUndone_leavesOnlyRedo() {
    Page page = new Page("").edit(insert(0, "a"));
    page.undo.submitted(true);
    page.undo().refused(TextOperation.noop());
    assertThat(page.undo.canUndo()).isFalse();
    assertThat(page.redo().text()).isEqualTo("a");
  }

  @Test
  void refusal_ofEditsMadeBefore_isAChangeOfSomebodyElse() {
    Page page = new Page("abc");
    page.undo.submitted(true);
    page.edit(insert(3, "d")).refused(replace(0, 1, "zz"));
    assertThat(page.undo().text()).isEqualTo("zzbc");
  }

  @Test
  void refusal_ofALaterPart_leavesTheStack() {
    Page page = new Page("abcd").edit(delete(0, 4));
    page.undo.submitted(false);
    page.undo.acknowledged();
    page.undo.submitted(true);
    page.refused(insert(0, "ab"));
    assertThat(page.undo.canUndo()).isFalse();
  }

  @Test
  void refusal_afterSendingAgain_concernsWhatWasSentThen() {
    Page page = new Page("").edit(insert(0, "a"));
    page.undo.submitted(true);
    page.undo.resubmitted();
    page.edit(insert(1, "b"));
    page.undo.submitted(true);
    page.refused(delete(0, 2));
    assertThat(page.text()).isEmpty();
    assertThat(page.undo.canUndo()).isFalse();
  }
}
