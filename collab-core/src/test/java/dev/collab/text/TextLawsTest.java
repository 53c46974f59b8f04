package dev.collab.text;

import static dev.collab.text.TextScope.form;
import static dev.collab.text.TextScope.isWellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.OperationType;
import dev.collab.operation.OperationTypeLaws;
import dev.collab.operation.Side;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** The laws of every type for text, and those that only text has. */
class TextLawsTest extends OperationTypeLaws<Text, TextOperation> {

  private record Edit(int kind, int amount, String inserted) {}

  // Built once: a generator made anew for every state costs more than the properties.
  private static final Arbitrary<List<Edit>> EDITS =
      Arbitraries.frequencyOf(
          Tuple.of(3, edits().list().ofMaxSize(4)), Tuple.of(1, edits().list().ofMaxSize(30)));

  /** A document and an operation that counts in code units, whatever they belong to. */
  private record Crude(String document, TextOperation operation) {}

  @Override
  protected OperationType<Text, TextOperation> type() {
    return TextType.TEXT;
  }

  @Override
  protected Arbitrary<Text> states() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just("")),
            Tuple.of(12, texts(0, 12)),
            Tuple.of(5, texts(0, 120)),
            Tuple.of(1, texts(1, 60).map(part -> part.repeat(400))))
        .map(Text::of);
  }

  @Override
  protected Arbitrary<TextOperation> operationsOn(Text state) {
    String text = state.toString();
    return EDITS.map(list -> operation(text, list));
  }

  /** Counts in code points, so that no surrogate pair is cut. */
  private static TextOperation operation(String text, List<Edit> edits) {
    TextOperation.Builder builder = TextOperation.builder();
    int scale = Math.max(1, text.length() / 40);
    int position = 0;
    for (Edit edit : edits) {
      int count = Math.min(edit.amount * scale, text.codePointCount(position, text.length()));
      int next = text.offsetByCodePoints(position, count);
      switch (edit.kind) {
        case 0 -> {
          builder.retain(next - position);
          position = next;
        }
        case 1 -> {
          builder.delete(next - position);
          position = next;
        }
        default -> builder.insert(edit.inserted);
      }
    }
    return builder.build();
  }

  private static Arbitrary<Edit> edits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, 12),
            Arbitraries.frequencyOf(Tuple.of(9, texts(1, 6)), Tuple.of(1, texts(40, 90))))
        .as(Edit::new);
  }

  private static Arbitrary<String> texts(int minCharacters, int maxCharacters) {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of("😀", "𝒳", "🏽", "\uDBFF\uDFFF")),
            Tuple.of(2, Arbitraries.of("e\u0301", "\u0308", "\u200D", "\uFEFF")),
            Tuple.of(2, Arbitraries.of("\r\n", "\n", "\r", "\u2028", "\0")),
            Tuple.of(2, Arbitraries.of("é", "ÿ", "漢", "\uD7FF", "\uE000")),
            Tuple.of(8, Arbitraries.chars().range('a', 'e').map(String::valueOf)))
        .list()
        .ofMinSize(minCharacters)
        .ofMaxSize(maxCharacters)
        .map(characters -> String.join("", characters));
  }

  @Provide
  Arbitrary<Crude> crude() {
    Arbitrary<List<Edit>> edits =
        Combinators.combine(
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(1, 3),
                Arbitraries.of("\uD83D", "\uDE00", "\uDE01", "😀", "a", "\uDE00\uD83D"))
            .as(Edit::new)
            .list()
            .ofMaxSize(8);
    Arbitrary<String> documents =
        Arbitraries.of("😀", "😁", "𝒳", "a")
            .list()
            .ofMaxSize(5)
            .map(list -> String.join("", list));
    return Combinators.combine(documents, edits)
        .as((document, list) -> new Crude(document, crudeOperation(document, list)))
        .withoutEdgeCases();
  }

  private static TextOperation crudeOperation(String text, List<Edit> edits) {
    TextOperation.Builder builder = TextOperation.builder();
    int position = 0;
    for (Edit edit : edits) {
      int count = Math.min(edit.amount, text.length() - position);
      switch (edit.kind) {
        case 0 -> builder.retain(count);
        case 1 -> builder.delete(count);
        default -> builder.insert(edit.inserted);
      }
      position += edit.kind < 2 ? count : 0;
    }
    return builder.build();
  }

  @Property
  void verbs_largeOperations_equalTheOracle(
      @ForAll("concurrent") Concurrent<Text, TextOperation> given) {
    TextOperation left = given.left();
    TextOperation right = given.right();
    NaiveOperation naiveLeft = NaiveOperation.of(left);
    NaiveOperation naiveRight = NaiveOperation.of(right);
    String document = given.state().toString();
    assertThat(left.applyTo(document)).isEqualTo(naiveLeft.applyTo(document));
    assertThat(form(left.invert(given.state()))).isEqualTo(naiveLeft.invert(document).toString());
    for (Side side : Side.values()) {
      assertThat(form(left.transform(right, side)))
          .isEqualTo(naiveLeft.transform(naiveRight, side).toString());
    }
    TextOperation then = right.transform(left, Side.RIGHT);
    assertThat(form(left.compose(then)))
        .isEqualTo(naiveLeft.compose(NaiveOperation.of(then)).toString());
  }

  @Property
  void applyTo_stringTextAndBuffer_giveTheSame(
      @ForAll("concurrent") Concurrent<Text, TextOperation> given) {
    String expected = given.left().applyTo(given.state().toString());
    Text text = given.left().applyTo(given.state());
    TextBuffer buffer = given.state().toBuffer();
    given.left().applyTo(buffer);
    assertThat(text.toString()).isEqualTo(expected);
    assertThat(text).isEqualTo(Text.of(expected)).hasSameHashCodeAs(Text.of(expected));
    assertThat(text.checksum()).isEqualTo(Text.of(expected).checksum());
    assertThat(buffer.toString()).isEqualTo(expected);
    assertThat(buffer.freeze()).isEqualTo(text);
    given.right().transform(given.left(), Side.RIGHT).applyTo(buffer);
    assertThat(text.toString()).isEqualTo(expected);
  }

  @Property
  void transformPosition_anywhere_agreesWithAMarker(
      @ForAll("concurrent") Concurrent<Text, TextOperation> given, @ForAll @IntRange int where) {
    int position = Math.floorMod(where, given.state().length() + 1);
    TextOperation marker = TextOperation.builder().retain(position).insert("|").build();
    String after = given.left().applyTo(given.state().toString());
    for (Bias bias : Bias.values()) {
      Side side = bias == Bias.BEFORE ? Side.LEFT : Side.RIGHT;
      int moved = given.left().transformPosition(position, bias);
      assertThat(marker.transform(given.left(), side).applyTo(after))
          .isEqualTo(new StringBuilder(after).insert(moved, '|').toString());
    }
  }

  @Property(tries = 4000)
  void admit_crudeOperation_isRewrittenOrRefused(@ForAll("crude") Crude given) {
    Text before = Text.of(given.document);
    String result = NaiveOperation.of(given.operation).applyTo(given.document);
    if (!isWellFormed(result)) {
      assertThatThrownBy(() -> TextType.TEXT.admit(before, given.operation))
          .isInstanceOf(InvalidOperationException.class);
      return;
    }
    TextOperation admitted = TextType.TEXT.admit(before, given.operation);
    assertThat(admitted.applyTo(given.document)).isEqualTo(result);
    assertThat(TextScope.cutsAPair(admitted, given.document)).isFalse();
    if (!TextScope.cutsAPair(given.operation, given.document)) {
      assertThat(admitted).isEqualTo(given.operation);
    }
    assertThat(TextType.TEXT.decodeOperation(TextType.TEXT.encodeOperation(given.operation)))
        .isEqualTo(given.operation);
  }

  @Property
  void operation_pastTheEnd_isRefusedAndChangesNothing(
      @ForAll("concurrent") Concurrent<Text, TextOperation> given, @ForAll boolean deleting) {
    String document = given.state().toString();
    TextOperation.Builder builder = TextOperation.builder().insert("x").retain(document.length());
    TextOperation tooLong = (deleting ? builder.delete(1) : builder.retain(1).insert("y")).build();
    TextBuffer buffer = given.state().toBuffer();
    assertThatThrownBy(() -> tooLong.applyTo(document))
        .isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> tooLong.applyTo(given.state()))
        .isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> tooLong.applyTo(buffer)).isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> tooLong.invert(given.state()))
        .isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> TextType.TEXT.admit(given.state(), tooLong))
        .isInstanceOf(InvalidOperationException.class);
    assertThat(given.state().toString()).isEqualTo(document);
    assertThat(buffer.toString()).isEqualTo(document);
  }
}
