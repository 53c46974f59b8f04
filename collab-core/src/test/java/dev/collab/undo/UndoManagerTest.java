package dev.collab.undo;

import static dev.collab.text.TextOperation.delete;
import static dev.collab.text.TextOperation.insert;
import static dev.collab.text.TextOperation.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.collab.operation.InvalidOperationException;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UndoManagerTest {

  @Test
  void undo_ofAnInsertion_leavesWhatOthersInsertedInside() {
    Page page = new Page("()").edit(insert(1, "abc")).other(insert(2, "X"));
    assertThat(page.undo().text()).isEqualTo("(X)");
    assertThat(page.redo().text()).isEqualTo("(aXbc)");
  }

  @Test
  void undo_ofADeletion_restoresItWholeBesideWhatOthersInserted() {
    Page page = new Page("(abc)").edit(delete(1, 3)).other(insert(1, "X")).other(insert(2, "Y"));
    assertThat(page.undo().text()).isEqualTo("(abcXY)");
    assertThat(page.redo().text()).isEqualTo("(XY)");
  }

  @Test
  void undo_ofADeletionInSteps_restoresEachInItsPlace() {
    Page page =
        new Page("(abc)")
            .edit(delete(2, 1))
            .edit(delete(1, 1))
            .other(insert(1, "X"))
            .edit(delete(2, 1));
    assertThat(page.text()).isEqualTo("(X)");
    assertThat(page.undo().text()).isEqualTo("(Xc)");
    assertThat(page.undo().text()).isEqualTo("(aXc)");
    assertThat(page.undo().text()).isEqualTo("(abXc)");
  }

  @Test
  void undo_whereOthersDeletedEverythingAround_restores() {
    Page page = new Page("one two three").edit(delete(4, 3)).other(delete(0, 10));
    assertThat(page.undo().text()).isEqualTo("two");
  }

  @Test
  void undo_ofWhatOthersDeleted_isSkipped() {
    Page page = new Page("").edit(insert(0, "a")).edit(insert(1, "b")).other(delete(1, 1));
    assertThat(page.undo().text()).isEmpty();
    assertThat(page.undo.canUndo()).isFalse();
    assertThat(page.undo.undo(operation -> assertThat(operation).isNull())).isFalse();
  }

  @Test
  void undo_ofReplacedHalfOfAPair_neverInsertsAHalf() {
    TextOperation secondHalf = replace(1, 1, "\ude01");
    Page page = new Page("😀").edit(secondHalf);
    assertThat(page.text()).isEqualTo("😁");
    page.other(delete(0, 2)).undo();
    assertThat(page.text()).isEqualTo("😀");
    assertThat(page.redo().text()).isEmpty();
  }

  @Test
  void edit_afterUndo_endsRedo() {
    Page page = new Page("").edit(insert(0, "a")).undo();
    assertThat(page.undo.canRedo()).isTrue();
    page.edit(insert(0, "b"));
    assertThat(page.undo.canRedo()).isFalse();
    assertThat(page.redo().text()).isEqualTo("b");
    assertThat(page.undo().text()).isEmpty();
  }

  @Test
  void edit_thatDoesNotFit_changesNothing() {
    Page page = new Page("").edit(insert(0, "a")).undo();
    assertThatExceptionOfType(InvalidOperationException.class)
        .isThrownBy(() -> page.undo.edited(delete(0, 1), Text.empty()));
    assertThat(page.redo().text()).isEqualTo("a");
  }

  @Test
  void edits_withoutAPause_areOneStep() {
    Page page = new Page("").edit(insert(0, "a"));
    page.pause(Duration.ofMillis(499));
    page.editOn(insert(1, "b")).other(insert(0, "X"));
    page.pause(Duration.ofMillis(499));
    page.editOn(insert(3, "c"));
    page.pause(Duration.ofMillis(500));
    page.editOn(insert(4, "d"));
    assertThat(page.undo().text()).isEqualTo("Xabc");
    assertThat(page.undo().text()).isEqualTo("X");
    assertThat(page.redo().text()).isEqualTo("Xabc");
    assertThat(page.redo().text()).isEqualTo("Xabcd");
  }

  @Test
  void edit_rightAfterUndoOrEndStep_beginsAStep() {
    Page page = new Page("").edit(insert(0, "a")).editOn(insert(1, "b"));
    page.undo.endStep();
    page.editOn(insert(2, "c")).undo().editOn(insert(2, "d"));
    assertThat(page.undo().text()).isEqualTo("ab");
    assertThat(page.undo().text()).isEmpty();
  }

  @Test
  void group_ofAnyDuration_isOneStepOfItsOwn() {
    Page page = new Page("").edit(insert(0, "a"));
    page.undo.group(
        () -> {
          page.editOn(insert(1, "b"));
          page.pause(Duration.ofDays(1));
          page.undo.group(() -> page.editOn(insert(2, "c")));
          page.editOn(insert(3, "d"));
        });
    page.editOn(insert(4, "e"));
    assertThat(page.undo().text()).isEqualTo("abcd");
    assertThat(page.undo().text()).isEqualTo("a");
    assertThat(page.undo().text()).isEmpty();
    assertThat(page.redoAll().text()).isEqualTo("abcde");
  }

  @Test
  void group_thatCancelsItself_isNoStep() {
    Page page = new Page("");
    page.undo.group(() -> page.editOn(insert(0, "a")).editOn(delete(0, 1)));
    assertThat(page.undo.canUndo()).isFalse();
  }

  @Test
  void group_open_refusesUndoAndEndsOnce() {
    Page page = new Page("").edit(insert(0, "a"));
    page.undo.beginGroup();
    assertThatIllegalStateException().isThrownBy(page::undo);
    assertThatIllegalStateException().isThrownBy(page::redo);
    page.undo.endGroup();
    assertThatIllegalStateException().isThrownBy(page.undo::endGroup);
    assertThat(page.undo().text()).isEmpty();
  }

  @Test
  void undo_whoseEditThrows_canBeDoneAgain() {
    Page page = new Page("").edit(insert(0, "a"));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                page.undo.undo(
                    operation -> {
                      throw new IllegalStateException("read-only");
                    }));
    assertThat(page.undo.canRedo()).isFalse();
    assertThat(page.undo().text()).isEmpty();
  }

  @Test
  void undo_beyondTheDepth_keepsTheOldest() {
    Page page = new Page("", 2);
    for (int i = 0; i < 4; i++) {
      page.edit(insert(i, String.valueOf(i)));
    }
    assertThat(page.undoAll().text()).isEqualTo("01");
    assertThat(page.redoAll().text()).isEqualTo("0123");
  }

  @Test
  void clear_withAnything_forgetsBoth() {
    Page page = new Page("").edit(insert(0, "a")).edit(insert(1, "b")).undo();
    page.undo.clear();
    assertThat(page.undo.canUndo() || page.undo.canRedo()).isFalse();
  }

  @Test
  void arguments_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new UndoManager<>(TextType.TEXT, InstantSource.system(), 0, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new UndoManager<>(TextType.TEXT, InstantSource.system(), 1, Duration.ofNanos(-1)));
  }
}
