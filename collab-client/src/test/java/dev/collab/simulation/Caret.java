package dev.collab.simulation;

import dev.collab.presence.Selection;
import dev.collab.text.TextComponent;
import dev.collab.text.TextOperation;
import java.util.List;

/** How selections move, by means of its own, slowly. */
final class Caret {

  private Caret() {}

  /**
   * Moves selections over an edit: what their owner inserts at the end of one stands before the
   * end, what others insert there stands behind it; nothing inserted at the start lies inside.
   */
  static List<Selection> over(List<Selection> selections, TextOperation edit, boolean own) {
    return selections.stream().map(selection -> over(selection, edit, own)).toList();
  }

  private static Selection over(Selection selection, TextOperation edit, boolean own) {
    int to = over(selection.to(), edit, own);
    int from = selection.isCursor() ? to : Math.min(to, over(selection.from(), edit, true));
    return selection.anchor() <= selection.head()
        ? new Selection(from, to)
        : new Selection(to, from);
  }

  private static int over(int position, TextOperation edit, boolean behindInsertions) {
    int moved = position;
    int reached = 0; // in the text after, as far as it is made
    for (TextComponent component : edit.components()) {
      int length = component.length();
      switch (component.kind()) {
        case RETAIN -> reached += length;
        case INSERT -> {
          if (reached < moved || (reached == moved && behindInsertions)) {
            moved += length;
          }
          reached += length;
        }
        case DELETE -> moved -= Math.max(0, Math.min(length, moved - reached));
      }
    }
    return moved;
  }

  /** Moves what lies behind the end, or inside a surrogate pair, to the place before. */
  static List<Selection> within(List<Selection> selections, String text) {
    return selections.stream()
        .map(one -> new Selection(within(one.anchor(), text), within(one.head(), text)))
        .toList();
  }

  private static int within(int position, String text) {
    int nearest = Math.min(position, text.length());
    return isBoundary(nearest, text) ? nearest : nearest - 1;
  }

  /** Tells whether a position lies in a text, and not inside a surrogate pair. */
  static boolean isBoundary(int position, String text) {
    return position <= text.length()
        && (position == 0
            || position == text.length()
            || !Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position)));
  }
}
