package dev.collab.text;

import static dev.collab.text.TextScope.check;
import static dev.collab.text.TextScope.checkEqual;
import static dev.collab.text.TextScope.documents;
import static dev.collab.text.TextScope.form;
import static dev.collab.text.TextScope.isWellFormed;
import static dev.collab.text.TextScope.operations;
import static dev.collab.text.TextScope.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Side;
import dev.collab.operation.TransformPair;
import dev.collab.text.NaiveOperation.Kind;
import dev.collab.text.TextScope.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every law for every small case: documents up to four code units for pairs and three for triples,
 * operations with any deletions and at most two one-letter insertions, each author with letters of
 * its own. Each test states how many cases it expects, so that it cannot shrink unnoticed.
 */
class TextExhaustiveTest {

  private static final TextType TYPE = TextType.TEXT;

  @Test
  void transform_allConcurrentPairs_convergeAsTheOraclesSay() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 4; length++) {
      List<Case> ours = operations(length, "a", "A");
      List<Case> theirs = operations(length, "b", "B");
      List<String> documents = documents(length);
      cases +=
          sum(
              ours,
              our -> {
                for (Case their : theirs) {
                  checkPair(our, their, documents);
                  checkPair(their, our, documents);
                }
                return (long) theirs.size() * documents.size();
              });
      ours.forEach(Case::checkUnchanged);
      theirs.forEach(Case::checkUnchanged);
      int operations = SlottedOperation.count(length);
      expected += (long) operations * operations * documents.size();
    }
    report("concurrent pairs", cases, expected, 498_137);
  }

  private static void checkPair(Case left, Case right, List<String> documents) {
    Supplier<String> where = () -> left.form() + "against " + right.form();
    TextOperation newLeft = left.operation().transform(right.operation(), Side.LEFT);
    TextOperation newRight = right.operation().transform(left.operation(), Side.RIGHT);
    checkEqual(form(newLeft), left.naive().transform(right.naive(), Side.LEFT).toString(), where);
    checkEqual(form(newRight), right.naive().transform(left.naive(), Side.RIGHT).toString(), where);
    checkEqual(
        TYPE.transformPair(left.operation(), right.operation()),
        new TransformPair<>(newLeft, newRight),
        where);
    for (String document : documents) {
      String merged = left.slots().mergeWith(right.slots(), document);
      String rightFirst = newLeft.applyTo(right.operation().applyTo(document));
      String leftFirst = newRight.applyTo(left.operation().applyTo(document));
      checkEqual(rightFirst, merged, where);
      checkEqual(leftFirst, merged, where);
    }
  }

  @Test
  void applyAndInvert_allOperations_restoreTheDocument() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 4; length++) {
      for (String document : documents(length)) {
        for (Case given : operations(length, "a", "A")) {
          checkApplyAndInvert(given, document);
          cases++;
        }
        expected += SlottedOperation.count(length);
      }
    }
    report("inverses", cases, expected, 1_799);
  }

  private static void checkApplyAndInvert(Case given, String document) {
    Supplier<String> where = () -> given.form() + "on " + document;
    TextOperation operation = given.operation();
    Text before = Text.of(document);
    String after = given.slots().applyTo(document);
    checkEqual(given.naive().applyTo(document), after, where);
    checkEqual(operation.applyTo(document), after, where);
    Text afterText = operation.applyTo(before);
    checkEqual(afterText, Text.of(after), where);
    checkEqual(before.toString(), document, where);
    TextBuffer buffer = before.toBuffer();
    operation.applyTo(buffer);
    checkEqual(buffer.freeze(), afterText, where);
    TextOperation inverse = operation.invert(before);
    checkEqual(form(inverse), given.naive().invert(document).toString(), where);
    checkEqual(inverse.applyTo(after), document, where);
    checkEqual(operation.compose(inverse).applyTo(document), document, where);
    checkEqual(inverse.invert(afterText).applyTo(document), after, where);
    given.checkUnchanged();
  }

  /** Insertions of halves included; the letters come in every combination. */
  @Test
  void admit_allOperations_keepsTheEffectAndCutsNoPairOrRefuses() {
    long cases = 0;
    for (String document :
        List.of("", "k", "kl", "😀", "klm", "k😀", "😀k", "klmn", "kl😀", "k😀l", "😀kl", "😀😁")) {
      for (String first : List.of("a", "\uD83D", "\uDE01")) {
        for (String second : List.of("a", "\uD83D", "\uDE01")) {
          for (SlottedOperation given :
              SlottedOperation.all(document.length(), List.of(first, second))) {
            checkAdmitted(given.toOperation(), document, given.applyTo(document));
            cases++;
          }
        }
      }
      for (Case tooLong : operations(document.length() + 1, "a", "A")) {
        checkTooLong(tooLong, document);
      }
    }
    report("admissions", cases, 9 * (3 + 12 + 2 * 40 + 3 * 120 + 5 * 336), 19_215);
  }

  private static void checkAdmitted(TextOperation given, String document, String after) {
    Supplier<String> where = () -> given + " on " + TextOperation.insert(0, document);
    Text state = Text.of(document);
    if (!isWellFormed(after)) {
      assertThatThrownBy(() -> TYPE.admit(state, given))
          .as(where)
          .isInstanceOf(InvalidOperationException.class);
      return;
    }
    TextOperation admitted = TYPE.admit(state, given);
    form(admitted);
    checkEqual(admitted.applyTo(document), after, where);
    check(!TextScope.cutsAPair(admitted, document), where);
    if (!TextScope.cutsAPair(given, document)) {
      checkEqual(admitted, given, where);
    }
  }

  private static void checkTooLong(Case given, String document) {
    long span = given.naive().steps().stream().filter(s -> s.kind() != Kind.INSERT).count();
    if (span > document.length()) {
      assertThatThrownBy(() -> TYPE.admit(Text.of(document), given.operation()))
          .as(given::form)
          .isInstanceOf(InvalidOperationException.class);
    }
  }

  @Test
  void transformPosition_everywhere_agreesWithAMarker() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 4; length++) {
      for (Case given : operations(length, "a", "A")) {
        for (int position = 0; position <= length; position++) {
          checkPosition(given, position, length);
          cases++;
        }
      }
      expected += (long) SlottedOperation.count(length) * (length + 1);
    }
    report("positions", cases, expected, 2_307);
  }

  private static void checkPosition(Case given, int position, int length) {
    Supplier<String> where = () -> "position " + position + " over " + given.form();
    TextOperation operation = given.operation();
    TextOperation marker = TextOperation.builder().retain(position).insert("|").build();
    String after = given.slots().applyTo("klmn".substring(0, length));
    for (Bias bias : Bias.values()) {
      Side side = bias == Bias.BEFORE ? Side.LEFT : Side.RIGHT;
      String marked = marker.transform(operation, side).applyTo(after);
      int moved = operation.transformPosition(position, bias);
      checkEqual(moved, marked.indexOf('|'), where);
      checkEqual(moved, given.slots().transformPosition(position, bias), where);
    }
  }

  @Test
  void compose_allConsecutivePairs_hasTheEffectOfBoth() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 3; length++) {
      List<String> documents = documents(length);
      List<List<Case>> second = operationsUpTo(length + 2, "b", "B");
      List<Case> firsts = operations(length, "a", "A");
      cases +=
          sum(
              firsts,
              first -> {
                List<Case> seconds = second.get(first.slots().targetLength());
                seconds.forEach(then -> checkComposed(first, then, documents));
                return (long) seconds.size() * documents.size();
              });
      firsts.forEach(Case::checkUnchanged);
      second.forEach(list -> list.forEach(Case::checkUnchanged));
      expected += consecutivePairs(length) * documents.size();
    }
    report("consecutive pairs", cases, expected, 89_345);
  }

  private static void checkComposed(Case first, Case second, List<String> documents) {
    Supplier<String> where = () -> first.form() + "then " + second.form();
    TextOperation composed = first.operation().compose(second.operation());
    checkEqual(form(composed), first.naive().compose(second.naive()).toString(), where);
    for (String document : documents) {
      String expected = second.slots().applyTo(first.slots().applyTo(document));
      checkEqual(composed.applyTo(document), expected, where);
    }
  }

  @Test
  void compose_allConsecutiveTriples_isAssociative() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 3; length++) {
      List<List<Case>> second = operationsUpTo(length + 2, "b", "B");
      List<List<Case>> third = operationsUpTo(length + 4, "c", "C");
      cases +=
          sum(
              operations(length, "a", "A"),
              first -> {
                long count = 0;
                for (Case then : second.get(first.slots().targetLength())) {
                  List<Case> thirds = third.get(then.slots().targetLength());
                  TextOperation head = first.operation().compose(then.operation());
                  for (Case last : thirds) {
                    checkAssociative(head, first.operation(), then.operation(), last.operation());
                  }
                  count += thirds.size();
                }
                return count;
              });
      expected += consecutiveTriples(length);
    }
    report("consecutive triples", cases, expected, 14_639_081);
  }

  private static void checkAssociative(
      TextOperation head, TextOperation first, TextOperation second, TextOperation third) {
    checkEqual(
        head.compose(third),
        first.compose(second.compose(third)),
        () -> form(first) + "then " + form(second) + "then " + form(third));
  }

  @Test
  void transform_oneAgainstTwo_convergesAndPastIsStepByStep() {
    long cases = 0;
    long expected = 0;
    for (int length = 0; length <= 3; length++) {
      String document = documents(length).get(documents(length).size() - 1);
      List<Case> ours = operations(length, "a", "A");
      List<List<Case>> second = operationsUpTo(length + 2, "c", "C");
      cases +=
          sum(
              operations(length, "b", "B"),
              first -> {
                List<Case> seconds = second.get(first.slots().targetLength());
                String middle = first.slots().applyTo(document);
                for (Case our : ours) {
                  Diamond upper = Diamond.of(our.operation(), first.operation());
                  String mine = upper.newRight.applyTo(our.slots().applyTo(document));
                  for (Case then : seconds) {
                    String server = then.slots().applyTo(middle);
                    checkDiamonds(our, first, then, upper, mine, server);
                  }
                }
                return (long) seconds.size() * ours.size();
              });
      expected += consecutivePairs(length) * SlottedOperation.count(length);
    }
    report("one against two", cases, expected, 3_379_033);
  }

  private record Diamond(TextOperation newLeft, TextOperation newRight) {
    static Diamond of(TextOperation left, TextOperation right) {
      return new Diamond(left.transform(right, Side.LEFT), right.transform(left, Side.RIGHT));
    }
  }

  private static void checkDiamonds(
      Case our, Case first, Case second, Diamond upper, String mine, String server) {
    Supplier<String> where = () -> our.form() + "against " + first.form() + "then " + second.form();
    Diamond lower = Diamond.of(upper.newLeft, second.operation());
    checkEqual(lower.newLeft.applyTo(server), lower.newRight.applyTo(mine), where);
    List<TextOperation> history = List.of(first.operation(), second.operation());
    checkEqual(TYPE.transformPast(our.operation(), history, Side.LEFT), lower.newLeft, where);
    checkEqual(
        TYPE.transformPast(our.operation(), history, Side.RIGHT),
        our.operation()
            .transform(first.operation(), Side.RIGHT)
            .transform(second.operation(), Side.RIGHT),
        where);
  }

  private static List<List<Case>> operationsUpTo(int length, String first, String second) {
    List<List<Case>> result = new ArrayList<>();
    for (int i = 0; i <= length; i++) {
      result.add(operations(i, first, second));
    }
    return result;
  }

  private static long consecutivePairs(int length) {
    return targetLengths(length).stream().mapToLong(SlottedOperation::count).sum();
  }

  private static long consecutiveTriples(int length) {
    return targetLengths(length).stream().mapToLong(TextExhaustiveTest::consecutivePairs).sum();
  }

  /** The lengths of all documents that one operation leads to, computed from binomials alone. */
  private static List<Integer> targetLengths(int length) {
    int[] waysToInsert = {1, length + 1, (length + 1) * (length + 2) / 2};
    int waysToDelete = 1;
    List<Integer> result = new ArrayList<>();
    for (int deleted = 0; deleted <= length; deleted++) {
      for (int inserted = 0; inserted <= 2; inserted++) {
        for (int i = 0; i < waysToDelete * waysToInsert[inserted]; i++) {
          result.add(length - deleted + inserted);
        }
      }
      waysToDelete = waysToDelete * (length - deleted) / (deleted + 1);
    }
    return result;
  }

  private static void report(String what, long cases, long expected, long pinned) {
    System.out.println("TextExhaustiveTest: " + cases + " " + what);
    assertThat(cases).isEqualTo(expected).isEqualTo(pinned);
  }
}
