package dev.collab.text;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.Side;
import java.util.Arrays;
import java.util.List;

/**
 * An edit of a text: a sequence of components that walk the text before from its start, keeping,
 * inserting and deleting runs of UTF-16 code units. What lies behind the last component is kept.
 *
 * <p>An operation is canonical: it has no empty component, no two neighbours of one kind and no
 * retain at its end. An insert and a delete at the same place are never reordered, so {@code insert
 * "x", delete 1} and {@code delete 1, insert "x"} are different operations: they have the same
 * effect, but differ in where {@code "x"} lands next to a concurrent insert.
 *
 * <p>In complexities, n is the number of components and m that of the other operation.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class TextOperation implements Operation {

  /*
   * Storage. An edit is a pair of ints: how many units are retained before it, and how many it
   * inserts (positive) or deletes (negative). So there is no trailing retain and there are no two
   * retains in a row by construction. The inserted texts stand one behind the other in `content`.
   * An operation of the form `retain p, insert s, delete d`, each part optional, has no pairs at
   * all: its totals say everything. That is nearly every operation of live traffic.
   */

  /** Stands for the pairs of an operation whose totals say everything. */
  static final int[] SINGLE = {};

  private static final TextOperation NOOP = new TextOperation(SINGLE, 0, 0, "");

  /** What one component weighs, apart from the units it inserts. */
  static final int COMPONENT_WEIGHT = 8;

  private final int[] edits;
  private final String content;
  private final int retained;
  private final int deleted;
  private final int inserted;

  private TextOperation(int[] edits, int retained, int deleted, String content) {
    this.edits = edits;
    this.content = content;
    this.retained = retained;
    this.deleted = deleted;
    this.inserted = content.length();
  }

  /** Returns the operation with these canonical edits, not {@link #SINGLE}, and their totals. */
  static TextOperation packed(int[] edits, int retained, int deleted, String content) {
    return new TextOperation(edits, retained, deleted, content);
  }

  /** Returns {@code retain position, insert content, delete deleted} if its span is allowed. */
  static TextOperation single(int position, long deleted, String content) {
    EditWriter.checkSpan(position + deleted);
    return deleted == 0 && content.isEmpty()
        ? NOOP
        : new TextOperation(SINGLE, position, (int) deleted, content);
  }

  /** {@return the operation without components, which does nothing} */
  public static TextOperation noop() {
    return NOOP;
  }

  /**
   * Returns the operation that inserts text at one place.
   *
   * @param position where, at least 0
   * @param text what; if empty, the operation does nothing
   * @return {@code retain position, insert text}
   * @throws IllegalArgumentException if {@code position} is negative
   */
  public static TextOperation insert(int position, String text) {
    return replace(position, 0, text);
  }

  /**
   * Returns the operation that deletes one range.
   *
   * @param position where the range starts, at least 0
   * @param length how many units it has, at least 0; if 0, the operation does nothing
   * @return {@code retain position, delete length}
   * @throws IllegalArgumentException if a number is negative
   * @throws InvalidOperationException if the range ends behind 2^31 - 1
   */
  public static TextOperation delete(int position, int length) {
    return replace(position, length, "");
  }

  /**
   * Returns the operation that replaces one range. It inserts first and then deletes, as does what
   * is composed of an insertion and a deletion at one place: the new text stands before whatever
   * others insert inside or behind the range, and a cursor behind the range stays behind the new
   * text.
   *
   * @param position where the range starts, at least 0
   * @param deleted how many units it has, at least 0
   * @param inserted what stands there instead; may be empty
   * @return {@code retain position, insert inserted, delete deleted}
   * @throws IllegalArgumentException if a number is negative
   * @throws InvalidOperationException if the range ends behind 2^31 - 1
   */
  public static TextOperation replace(int position, int deleted, String inserted) {
    requireNonNull(inserted, "inserted");
    requireNotNegative(position, "position");
    requireNotNegative(deleted, "length");
    return single(position, deleted, inserted);
  }

  /** {@return a new builder of operations of any number of components} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the number of components, at least 0, counted in O(n)} */
  public int componentCount() {
    return TextNotation.componentCount(this);
  }

  /**
   * Returns views of the components, made on demand.
   *
   * @return the components from the start of the text on; unmodifiable
   */
  public List<TextComponent> components() {
    return TextNotation.components(this);
  }

  @Override
  public boolean isNoop() {
    return (inserted | deleted) == 0;
  }

  /**
   * Returns the number of inserted units plus 8 for each component. Takes O(n).
   *
   * @return the weight, at most 2^31 - 1
   */
  @Override
  public int weight() {
    long weight = (long) inserted + (long) COMPONENT_WEIGHT * componentCount();
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  /**
   * Returns the length of the shortest text that the operation fits: all it retains and deletes.
   *
   * @return the length in UTF-16 code units
   */
  public int minimumBaseLength() {
    return retained + deleted;
  }

  /** {@return the number of UTF-16 code units that the operation inserts} */
  public int insertedLength() {
    return inserted;
  }

  /** {@return the number of UTF-16 code units that the operation deletes} */
  public int deletedLength() {
    return deleted;
  }

  /**
   * Applies the operation to a string.
   *
   * @param before the text before
   * @return the text after
   * @throws InvalidOperationException if the operation reaches behind the end of {@code before}, or
   *     the result would be longer than 2^31 - 1
   */
  public String applyTo(String before) {
    return TextApply.apply(this, requireNonNull(before, "before"));
  }

  /**
   * Applies the operation to a text.
   *
   * @param before the text before
   * @return the text after
   * @throws InvalidOperationException as {@link #applyTo(String)} does
   */
  public Text applyTo(Text before) {
    return TextApply.apply(this, requireNonNull(before, "before"));
  }

  /**
   * Applies the operation to a buffer, in place.
   *
   * @param buffer the buffer to change
   * @throws InvalidOperationException as {@link #applyTo(String)} does; the buffer is unchanged
   */
  public void applyTo(TextBuffer buffer) {
    TextApply.apply(this, requireNonNull(buffer, "buffer"));
  }

  /**
   * Makes one operation of this and the one after it. Takes O(n + m).
   *
   * @param second an operation on the text after this one
   * @return an operation with the effect of both
   * @throws InvalidOperationException if the result would span or insert more than 2^31 - 1 units
   */
  public TextOperation compose(TextOperation second) {
    return TextCompose.compose(this, requireNonNull(second, "second"));
  }

  /**
   * Rewrites this operation so that it applies after a concurrent one. Inserts of the two at the
   * same place stand with the {@link Side#LEFT} one first. Takes O(n + m).
   *
   * @param over the concurrent operation, which is already applied
   * @param side the role of this operation
   * @return the rewritten operation
   * @throws InvalidOperationException if the result would span more than 2^31 - 1 units
   */
  public TextOperation transform(TextOperation over, Side side) {
    return TextTransform.transform(
        this, requireNonNull(over, "over"), requireNonNull(side, "side"));
  }

  /**
   * Returns the operation that undoes this one: component by component, a delete for each insert
   * and an insert of the old text for each delete. So {@code insert "x", delete 1} is undone by
   * {@code delete 1, insert} of the old unit, and undoing that yields this operation again.
   *
   * @param before the text that this operation is applied to
   * @return the operation that leads from the text after back to {@code before}
   * @throws InvalidOperationException if the operation does not fit {@code before}
   */
  public TextOperation invert(Text before) {
    return TextApply.invert(this, requireNonNull(before, "before"));
  }

  /**
   * Moves a position over this operation. A position inside a deleted range ends up at the range's
   * start. Takes O(n).
   *
   * @param position a position in the text before, at least 0
   * @param bias what happens to a position exactly where something is inserted: {@link Bias#BEFORE}
   *     leaves it in front of the insert, {@link Bias#AFTER} moves it behind
   * @return the position in the text after
   * @throws IllegalArgumentException if {@code position} is negative
   * @throws InvalidOperationException if the position after would exceed 2^31 - 1
   */
  public int transformPosition(int position, Bias bias) {
    requireNotNegative(position, "position");
    requireNonNull(bias, "bias");
    return TextApply.transformPosition(this, position, bias == Bias.AFTER);
  }

  /** Tells whether the totals say everything. */
  boolean isSingle() {
    return edits == SINGLE;
  }

  /** Returns all that is retained; for a single edit, that is where it stands. */
  int retained() {
    return retained;
  }

  /** Returns all inserted texts, one behind the other. */
  String content() {
    return content;
  }

  /** Returns the packed edits. The caller must not change them. */
  int[] packed() {
    if (!isSingle() || isNoop()) {
      return edits;
    }
    if (inserted > 0 && deleted > 0) {
      return new int[] {retained, inserted, 0, -deleted};
    }
    return new int[] {retained, inserted - deleted};
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextOperation that
        && retained == that.retained
        && deleted == that.deleted
        && content.equals(that.content)
        && Arrays.equals(edits, that.edits);
  }

  @Override
  public int hashCode() {
    return ((Arrays.hashCode(edits) * 31 + retained) * 31 + deleted) * 31 + content.hashCode();
  }

  /**
   * Returns the components in one line, such as {@code retain 3, insert "ab", delete 2}, or {@code
   * noop}. It shows content: keep it out of logs.
   *
   * @return the operation for people
   */
  @Override
  public String toString() {
    return TextNotation.write(this);
  }

  private static void requireNotNegative(int number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " " + number + " is negative");
    }
  }

  /**
   * Builds an operation component by component, from the start of the text on. Empty components are
   * ignored, equal neighbours merged and a trailing retain is dropped. After {@link #build} it
   * starts anew.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    private final EditWriter edits = new EditWriter(8);
    private final StringBuilder content = new StringBuilder();

    private Builder() {}

    /**
     * Keeps text.
     *
     * @param length how many units, at least 0
     * @return this builder
     * @throws IllegalArgumentException if {@code length} is negative
     */
    public Builder retain(int length) {
      requireNotNegative(length, "length");
      edits.retain(length);
      return this;
    }

    /**
     * Inserts text.
     *
     * @param text what; may be empty
     * @return this builder
     */
    public Builder insert(String text) {
      return insert(requireNonNull(text, "text"), 0, text.length());
    }

    /**
     * Deletes text.
     *
     * @param length how many units, at least 0
     * @return this builder
     * @throws IllegalArgumentException if {@code length} is negative
     */
    public Builder delete(int length) {
      requireNotNegative(length, "length");
      if (length > 0) {
        edits.delete(length);
      }
      return this;
    }

    /**
     * Returns the operation.
     *
     * @return the canonical operation
     * @throws InvalidOperationException if it spans more than 2^31 - 1 units
     */
    public TextOperation build() {
      TextOperation operation = edits.toOperation(content.toString());
      content.setLength(0);
      return operation;
    }

    /** Inserts a range of a string. */
    Builder insert(String text, int from, int to) {
      if (from < to) {
        edits.insert(to - from);
        content.append(text, from, to);
      }
      return this;
    }
  }
}
