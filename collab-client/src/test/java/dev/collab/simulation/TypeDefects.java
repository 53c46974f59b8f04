package dev.collab.simulation;

import dev.collab.operation.Authorship;
import dev.collab.operation.Bias;
import dev.collab.operation.Diffable;
import dev.collab.operation.OperationType;
import dev.collab.operation.PresenceTransform;
import dev.collab.operation.Side;
import dev.collab.operation.Splittable;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.util.List;

/** Text types that do one thing wrong. */
final class TypeDefects {

  private TypeDefects() {}

  /** Takes the wrong side on a tie. */
  static final class SwappedSides extends Delegate {

    @Override
    public TextOperation transform(TextOperation operation, TextOperation over, Side side) {
      return super.transform(operation, over, side.opposite());
    }
  }

  /** Composes history before it transforms over it. */
  static final class ComposedHistory extends Delegate {

    @Override
    public TextOperation transformPast(
        TextOperation operation, List<? extends TextOperation> history, Side side) {
      TextOperation composed = TextOperation.noop();
      for (TextOperation entry : history) {
        composed = composed.compose(entry);
      }
      return super.transform(operation, composed, side);
    }
  }

  /** Undoes nothing. */
  static final class NoInverse extends Delegate {

    @Override
    public TextOperation invert(TextOperation operation, Text before) {
      return TextOperation.noop();
    }
  }

  /** Forgets the last part of what is too large. */
  static final class LosingSplit extends Delegate {

    @Override
    public List<TextOperation> split(TextOperation operation, int maxWeight) {
      List<TextOperation> parts = super.split(operation, maxWeight);
      return parts.size() > 1 ? parts.subList(0, parts.size() - 1) : parts;
    }
  }

  /** Finds no difference between any two states. */
  static final class BlindDiff extends Delegate {

    @Override
    public TextOperation diff(Text from, Text to) {
      return TextOperation.noop();
    }
  }

  /** Does not tell own edits from those of others when a cursor moves. */
  static final class StrangeHands extends Delegate {

    @Override
    public JsonValue transformPresence(
        JsonValue presence, TextOperation operation, Authorship authorship) {
      return super.transformPresence(presence, operation, Authorship.FOREIGN);
    }
  }

  /** Leaves cursors where they are when others edit. */
  static final class StuckCursors extends Delegate {

    @Override
    public JsonValue transformPresence(
        JsonValue presence, TextOperation operation, Authorship authorship) {
      return authorship == Authorship.OWN
          ? super.transformPresence(presence, operation, authorship)
          : presence;
    }
  }

  /** Does everything right. */
  private abstract static class Delegate
      implements OperationType<Text, TextOperation>,
          Diffable<Text, TextOperation>,
          Splittable<TextOperation>,
          PresenceTransform<Text, TextOperation> {

    private final TextType text = TextType.TEXT;

    @Override
    public String name() {
      return text.name();
    }

    @Override
    public String uri() {
      return text.uri();
    }

    @Override
    public Class<TextOperation> operationClass() {
      return text.operationClass();
    }

    @Override
    public Text create(JsonValue data) {
      return text.create(data);
    }

    @Override
    public JsonValue encodeState(Text state) {
      return text.encodeState(state);
    }

    @Override
    public TextOperation decodeOperation(JsonValue value) {
      return text.decodeOperation(value);
    }

    @Override
    public JsonValue encodeOperation(TextOperation operation) {
      return text.encodeOperation(operation);
    }

    @Override
    public Text apply(Text state, TextOperation operation) {
      return text.apply(state, operation);
    }

    @Override
    public TextOperation admit(Text state, TextOperation operation) {
      return text.admit(state, operation);
    }

    @Override
    public TextOperation compose(TextOperation first, TextOperation second) {
      return text.compose(first, second);
    }

    @Override
    public TextOperation transform(TextOperation operation, TextOperation over, Side side) {
      return text.transform(operation, over, side);
    }

    @Override
    public TextOperation invert(TextOperation operation, Text before) {
      return text.invert(operation, before);
    }

    @Override
    public JsonValue transformPosition(JsonValue position, TextOperation operation, Bias bias) {
      return text.transformPosition(position, operation, bias);
    }

    @Override
    public TextOperation noop() {
      return text.noop();
    }

    @Override
    public long checksum(Text state) {
      return text.checksum(state);
    }

    @Override
    public long size(Text state) {
      return text.size(state);
    }

    @Override
    public TextOperation diff(Text from, Text to) {
      return text.diff(from, to);
    }

    @Override
    public List<TextOperation> split(TextOperation operation, int maxWeight) {
      return text.split(operation, maxWeight);
    }

    @Override
    public void checkPresence(JsonValue presence) {
      text.checkPresence(presence);
    }

    @Override
    public JsonValue transformPresence(
        JsonValue presence, TextOperation operation, Authorship authorship) {
      return text.transformPresence(presence, operation, authorship);
    }

    @Override
    public JsonValue clampPresence(JsonValue presence, Text state) {
      return text.clampPresence(presence, state);
    }
  }
}
