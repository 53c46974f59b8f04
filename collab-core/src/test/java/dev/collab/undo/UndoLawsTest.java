package dev.collab.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What undo keeps, for random histories in which no character occurs twice. */
class UndoLawsTest {

  enum Act {
    EDIT,
    JOIN,
    OTHER,
    UNDO,
    REDO,
    SUBMIT,
    ACKNOWLEDGE
  }

  /** A place as a fraction of the text, how many characters go and how many come. */
  record Deed(Act act, double place, int removed, int added) {}

  @Provide
  Arbitrary<List<Deed>> deeds() {
    return Combinators.combine(
            Arbitraries.of(Act.class),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3))
        .as(Deed::new)
        .list()
        .ofMaxSize(25);
  }

  /** A text of characters that are all different, every second of them a surrogate pair. */
  private static final class History {

    final Page page;
    final Set<Integer> kept = new HashSet<>();
    private final List<int[]> states = new ArrayList<>();
    private int made;

    History(int length) {
      String base = fresh(length);
      base.codePoints().forEach(kept::add);
      page = new Page(base);
      note();
    }

    private String fresh(int count) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        made++;
        text.appendCodePoint(made % 2 == 0 ? 0x4E00 + made : 0x20000 + made);
      }
      return text.toString();
    }

    void run(Deed deed) {
      switch (deed.act()) {
        case EDIT -> page.edit(operation(deed));
        case JOIN -> page.editOn(operation(deed));
        case OTHER -> other(deed);
        case UNDO -> page.undo();
        case REDO -> page.redo();
        case SUBMIT -> page.undo.submitted(true);
        case ACKNOWLEDGE -> page.undo.acknowledged();
      }
      note();
    }

    void other(Deed deed) {
      TextOperation operation = operation(deed);
      String before = page.text();
      page.other(operation);
      Set<Integer> after = setOf(page.text());
      Set<Integer> was = setOf(before);
      after.stream().filter(character -> !was.contains(character)).forEach(kept::add);
      was.stream().filter(character -> !after.contains(character)).forEach(kept::remove);
      note();
    }

    TextOperation operation(Deed deed) {
      String text = page.text();
      int count = text.codePointCount(0, text.length());
      int from = (int) (deed.place() * count);
      int to = Math.min(count, from + deed.removed());
      int at = text.offsetByCodePoints(0, from);
      return TextOperation.replace(at, text.offsetByCodePoints(0, to) - at, fresh(deed.added()));
    }

    private void note() {
      states.add(page.text().codePoints().toArray());
    }

    /** Whether any two characters that ever stood together still stand in that order. */
    void checkOrder() {
      int[] last = page.text().codePoints().toArray();
      for (int[] state : states) {
        assertThat(common(last, state)).isEqualTo(common(state, last));
      }
    }

    private static List<Integer> common(int[] of, int[] with) {
      Set<Integer> others = new HashSet<>();
      for (int character : with) {
        others.add(character);
      }
      List<Integer> common = new ArrayList<>();
      for (int character : of) {
        if (others.contains(character)) {
          common.add(character);
        }
      }
      return common;
    }

    static Set<Integer> setOf(String text) {
      Set<Integer> set = new HashSet<>();
      text.codePoints().forEach(set::add);
      assertThat(set).hasSize(text.codePointCount(0, text.length()));
      return set;
    }
  }

  @Property(tries = 2_000)
  void undoAll_anyHistory_leavesBaseAndOthersInTheirOrder(@ForAll("deeds") List<Deed> deeds) {
    History history = new History(6);
    deeds.forEach(history::run);
    history.page.undoAll();
    assertThat(History.setOf(history.page.text())).isEqualTo(history.kept);
    assertThat(history.page.shown().isWellFormed()).isTrue();
    history.checkOrder();
  }

  @Property(tries = 1_000)
  void redoAll_afterUndoAll_bringsBackTheState(@ForAll("deeds") List<Deed> deeds) {
    History history = new History(6);
    deeds.forEach(history::run);
    history.page.redoAll();
    String before = history.page.text();
    assertThat(history.page.undoAll().redoAll().text()).isEqualTo(before);
  }

  @Property(tries = 1_000)
  void redoAll_withOthersInBetween_differsByTheirsOnly(
      @ForAll("deeds") List<Deed> deeds, @ForAll("deeds") List<Deed> others) {
    History history = new History(6);
    deeds.forEach(history::run);
    history.page.redoAll();
    Set<Integer> expected = History.setOf(history.page.text());
    history.page.undoAll();
    for (Deed deed : others) {
      Set<Integer> before = History.setOf(history.page.text());
      history.other(deed);
      Set<Integer> after = History.setOf(history.page.text());
      after.stream().filter(character -> !before.contains(character)).forEach(expected::add);
      before.stream().filter(character -> !after.contains(character)).forEach(expected::remove);
    }
    history.page.redoAll();
    assertThat(History.setOf(history.page.text())).isEqualTo(expected);
    history.checkOrder();
  }

  @Property(tries = 1_000)
  void undo_ofADeletion_restoresItWhole(
      @ForAll("deeds") List<Deed> earlier,
      @ForAll("deeds") List<Deed> others,
      @ForAll double fraction) {
    History history = new History(12);
    earlier.forEach(history::run);
    double place = Double.isFinite(fraction) ? Math.abs(fraction % 1) : 0;
    TextOperation deletion = history.operation(new Deed(Act.EDIT, place, 5, 0));
    String deleted =
        history
            .page
            .text()
            .substring(
                deletion.minimumBaseLength() - deletion.deletedLength(),
                deletion.minimumBaseLength());
    history.page.edit(deletion);
    others.forEach(history::other);
    assertThat(history.page.undo().text()).contains(deleted);
  }
}
