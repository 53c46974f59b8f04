package dev.collab.text;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Authorship;
import dev.collab.operation.Bias;
import dev.collab.operation.ConcurrentEdit;
import dev.collab.operation.Diffable;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Mergeable;
import dev.collab.operation.OperationType;
import dev.collab.operation.OverlapDetection;
import dev.collab.operation.Overlaps;
import dev.collab.operation.PresenceTransform;
import dev.collab.operation.Resolution;
import dev.collab.operation.Side;
import dev.collab.operation.Splittable;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonString;
import java.util.List;

/**
 * Plain text, compatible with the published type {@code text} (ot-text): positions in UTF-16 code
 * units, and the {@link Side#LEFT} one of two inserts at the same place stands first. It is
 * stricter on input: lengths are integers, nothing reaches behind the end of the text, and what is
 * {@linkplain #admit admitted} cuts no surrogate pair.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class TextType
    implements OperationType<Text, TextOperation>,
        Diffable<Text, TextOperation>,
        Mergeable<Text, TextOperation>,
        OverlapDetection<Text, TextOperation>,
        Splittable<TextOperation>,
        PresenceTransform<Text, TextOperation> {

  /** The type. */
  public static final TextType TEXT = new TextType();

  private TextType() {}

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String uri() {
    return "http://sharejs.org/types/textv1";
  }

  @Override
  public Class<TextOperation> operationClass() {
    return TextOperation.class;
  }

  @Override
  public Text create(JsonValue data) {
    if (requireNonNull(data, "data").kind() == JsonValue.Kind.NULL) {
      return Text.empty();
    }
    if (!(data instanceof JsonString string)) {
      throw InvalidOperationException.badlyFormed(
          "initial content is " + data.kind() + ", allowed a string");
    }
    String content = string.value();
    if (!TextAdmission.isWellFormed(content, 0, content.length())) {
      throw InvalidOperationException.badlyFormed(
          "initial content has half a surrogate pair, allowed well-formed UTF-16");
    }
    return Text.of(content);
  }

  @Override
  public JsonValue encodeState(Text state) {
    return JsonValue.of(state.toString());
  }

  @Override
  public TextOperation decodeOperation(JsonValue value) {
    return TextCodec.decode(requireNonNull(value, "value"));
  }

  @Override
  public JsonValue encodeOperation(TextOperation operation) {
    return TextCodec.encode(requireNonNull(operation, "operation"));
  }

  @Override
  public Text apply(Text state, TextOperation operation) {
    return operation.applyTo(state);
  }

  /**
   * Checks that an operation may be committed on a text. If it is clean, it is returned as it is;
   * that takes O(k log n), with k components and a text of n units. If it cuts a surrogate pair, or
   * inserts half of one, but leads to well-formed text, each change concerned becomes one
   * replacement of whole pairs.
   *
   * @param state a well-formed text
   * @param operation the operation
   * @return the operation to commit, with the same effect on {@code state}
   * @throws InvalidOperationException if the operation reaches behind the end of {@code state}, or
   *     the text after would not be well-formed UTF-16
   */
  @Override
  public TextOperation admit(Text state, TextOperation operation) {
    return TextAdmission.admit(
        requireNonNull(state, "state"), requireNonNull(operation, "operation"));
  }

  @Override
  public TextOperation compose(TextOperation first, TextOperation second) {
    return first.compose(second);
  }

  @Override
  public TextOperation transform(TextOperation operation, TextOperation over, Side side) {
    return operation.transform(over, side);
  }

  @Override
  public TextOperation transformPast(
      TextOperation operation, List<? extends TextOperation> history, Side side) {
    return TextPast.transformPast(
        requireNonNull(operation, "operation"),
        requireNonNull(history, "history"),
        requireNonNull(side, "side"));
  }

  @Override
  public TextOperation invert(TextOperation operation, Text before) {
    return operation.invert(before);
  }

  @Override
  public JsonValue transformPosition(JsonValue position, TextOperation operation, Bias bias) {
    if (requireNonNull(position, "position") instanceof JsonNumber number
        && number.isInteger()
        && number.value() >= 0
        && number.value() <= Integer.MAX_VALUE) {
      return JsonValue.of(operation.transformPosition((int) number.value(), bias));
    }
    throw InvalidOperationException.badlyFormed(
        "position is no integer in 0.." + Integer.MAX_VALUE);
  }

  @Override
  public TextOperation noop() {
    return TextOperation.noop();
  }

  @Override
  public long checksum(Text state) {
    return state.checksum();
  }

  @Override
  public long size(Text state) {
    return state.length();
  }

  /**
   * Makes an operation out of two texts; see {@link TextDiff}. It cuts no surrogate pair.
   *
   * @param from the text before
   * @param to the text after
   * @return an operation that leads from {@code from} to {@code to}
   */
  @Override
  public TextOperation diff(Text from, Text to) {
    return TextDiff.diff(from, to);
  }

  /**
   * Merges two texts line by line, and lines that both sides changed word by word. Changes in
   * different lines, or in different words of a line, are both kept. A conflict covers whole lines;
   * those near each other are one. See {@link TextResolutions} for further rules.
   *
   * <p>Time is bounded as that of {@link TextDiff} is.
   *
   * @param base the text that both were made from, well-formed as are the others
   * @param ours the one
   * @param theirs the other
   * @param resolution what decides about conflicts
   * @return the merged text, the ways there and the conflicts
   * @throws InvalidOperationException if a text, or what {@code resolution} answers, is not
   *     well-formed UTF-16
   */
  @Override
  public MergeResult<Text, TextOperation> merge(
      Text base, Text ours, Text theirs, Resolution<Text> resolution) {
    return TextMerge.merge(
        requireNonNull(base, "base"),
        requireNonNull(ours, "ours"),
        requireNonNull(theirs, "theirs"),
        requireNonNull(resolution, "resolution"));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two changes touch if what they delete overlaps, if one inserts inside of what the other
   * deletes, or if both insert at the same point. Of those that the author's replica has
   * transformed over, only the last can be seen. What others have put next to a touched piece,
   * unseen as well, belongs to it. No surrogate pair is parted.
   *
   * <p>Takes O(e (n + p)) for e edits of n components, of which p pieces still stand; with more
   * than 10,000 pieces, nothing is found.
   */
  @Override
  public Overlaps<Text, TextOperation> overlaps(
      List<ConcurrentEdit<TextOperation>> shown,
      List<ConcurrentEdit<TextOperation>> since,
      TextOperation submitted,
      TextOperation merged,
      Text content) {
    return TextOverlaps.find(
        requireNonNull(shown, "shown"),
        requireNonNull(since, "since"),
        requireNonNull(submitted, "submitted"),
        requireNonNull(merged, "merged"),
        requireNonNull(content, "content"));
  }

  /**
   * Cuts an operation into parts, those for the end of the text first. Composing the parts one
   * after the other gives an operation equal to the whole, and no insert is cut inside a surrogate
   * pair.
   *
   * @param operation the operation to cut
   * @param maxWeight the greatest {@linkplain TextOperation#weight weight} of a part; at least 64
   * @return consecutive operations, none heavier than {@code maxWeight}
   * @throws IllegalArgumentException if {@code maxWeight} is below 64
   */
  @Override
  public List<TextOperation> split(TextOperation operation, int maxWeight) {
    return TextSplit.split(requireNonNull(operation, "operation"), maxWeight);
  }

  @Override
  public void checkPresence(JsonValue presence) {
    TextPresence.check(presence);
  }

  /**
   * {@inheritDoc} Takes O(n) for each selection.
   *
   * @throws InvalidOperationException if a position after would exceed 2^31 - 1
   */
  @Override
  public JsonValue transformPresence(
      JsonValue presence, TextOperation operation, Authorship authorship) {
    return TextPresence.transform(presence, operation, authorship);
  }

  @Override
  public JsonValue clampPresence(JsonValue presence, Text state) {
    return TextPresence.clamp(presence, state);
  }
}
