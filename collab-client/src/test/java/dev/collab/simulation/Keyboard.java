package dev.collab.simulation;

import dev.collab.text.TextOperation;
import java.util.random.RandomGenerator;

/** Makes the edits that people make, all of them with fresh characters. */
final class Keyboard {

  /** Longer texts are mostly shortened, so that edits keep meeting each other. */
  private static final int USUAL_LENGTH = 40;

  private static final int LARGE_INSERTION = 100;

  private final RandomGenerator random;
  private final Markers markers;
  private final Plan plan;

  Keyboard(RandomGenerator random, Markers markers, Plan plan) {
    this.random = random;
    this.markers = markers;
    this.plan = plan;
  }

  /** Returns an edit of a text. */
  TextOperation edit(String text) {
    int from = boundary(text, random.nextInt(text.length() + 1));
    int to = boundary(text, Math.min(text.length(), from + random.nextInt(5)));
    if (text.length() > USUAL_LENGTH && random.nextInt(3) > 0) {
      to = boundary(text, Math.min(text.length(), from + random.nextInt(text.length() / 2)));
      return TextOperation.delete(from, to - from);
    }
    return switch (random.nextInt(10)) {
      case 0, 1 -> TextOperation.delete(from, to - from);
      case 2 -> TextOperation.replace(from, to - from, markers.text(random.nextInt(1, 4)));
      case 3 -> twice(text, from);
      case 4 -> plan.has(Fault.HALF_SURROGATES) ? half(text, from) : insertion(from);
      default -> insertion(from);
    };
  }

  /** Returns the content of a new document. */
  String content() {
    return markers.text(random.nextInt(6));
  }

  private TextOperation insertion(int position) {
    boolean limited = plan.has(Fault.SMALL_DOCUMENTS) || plan.has(Fault.SMALL_OPERATIONS);
    int length =
        limited && random.nextInt(10) == 0 ? random.nextInt(LARGE_INSERTION) : random.nextInt(4);
    return TextOperation.insert(position, markers.text(length + 1));
  }

  /** Inserts here and deletes and inserts further behind. */
  private TextOperation twice(String text, int from) {
    int second = boundary(text, from + random.nextInt(text.length() - from + 1));
    int end = boundary(text, Math.min(text.length(), second + random.nextInt(3)));
    return TextOperation.builder()
        .retain(from)
        .insert(markers.text(1))
        .retain(second - from)
        .delete(end - second)
        .insert(markers.text(1))
        .build();
  }

  /** Replaces one half of the first pair behind a position, as a naive comparison does. */
  private TextOperation half(String text, int from) {
    for (int i = from; i + 1 < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))) {
        String other =
            Character.toString(markers.sibling(text.codePointAt(i), random.nextBoolean()));
        return other.charAt(0) == text.charAt(i)
            ? TextOperation.replace(i + 1, 1, other.substring(1))
            : TextOperation.replace(i, 1, other.substring(0, 1));
      }
    }
    return insertion(from);
  }

  private static int boundary(String text, int position) {
    boolean inside =
        position > 0
            && position < text.length()
            && Character.isLowSurrogate(text.charAt(position))
            && Character.isHighSurrogate(text.charAt(position - 1));
    return inside ? position + 1 : position;
  }
}
