package dev.collab.text;

import dev.collab.operation.InvalidOperationException;

/**
 * Sees to it that a document never comes to hold half a surrogate pair, and that no committed
 * operation cuts one. Operations that do, but lead to well-formed text, are widened: a naive diff
 * of two emoji may replace only their second halves.
 */
final class TextAdmission {

  private TextAdmission() {}

  static TextOperation admit(Text state, TextOperation operation) {
    TextApply.checkFits(operation, state.length());
    return isClean(state, operation) ? operation : widen(state, operation);
  }

  /** Tells whether no edit begins or ends inside a pair and no insert holds half a pair. */
  private static boolean isClean(Text state, TextOperation operation) {
    int[] edits = operation.packed();
    String content = operation.content();
    boolean plain = hasNoSurrogates(content);
    int at = 0;
    int contentAt = 0;
    for (int i = 0; i < edits.length; i += 2) {
      at += edits[i];
      int edit = edits[i + 1];
      if (cutsPair(state, at)) {
        return false;
      }
      if (edit < 0) {
        at -= edit;
        if (cutsPair(state, at)) {
          return false;
        }
      } else {
        if (!plain && !isWellFormed(content, contentAt, contentAt + edit)) {
          return false;
        }
        contentAt += edit;
      }
    }
    return true;
  }

  /**
   * Goes from change to change, a change being all edits between two retains. One that is not clean
   * becomes a single replacement of what it covers, one unit more on each side where a pair is cut.
   * What lies between changes is then whole pairs, so that the text after is well-formed if and
   * only if each replacement is.
   */
  private static TextOperation widen(Text state, TextOperation operation) {
    int[] edits = operation.packed();
    TextOperation.Builder result = TextOperation.builder();
    int written = 0; // up to where the text before is dealt with
    int from = 0;
    int contentFrom = 0;
    for (int i = 0; i < edits.length; ) {
      from += edits[i];
      int first = i;
      int to = from;
      int contentTo = contentFrom;
      do {
        int edit = edits[i + 1];
        contentTo += Math.max(edit, 0);
        to -= Math.min(edit, 0);
        i += 2;
      } while (i < edits.length && edits[i] == 0);
      int wideFrom = cutsPair(state, from) ? from - 1 : from;
      int wideTo = cutsPair(state, to) ? to + 1 : to;
      String inserted =
          state.slice(wideFrom, from)
              + operation.content().substring(contentFrom, contentTo)
              + state.slice(to, wideTo);
      if (!isWellFormed(inserted, 0, inserted.length())) {
        throw InvalidOperationException.notApplied(
            "text after would hold half a surrogate pair near position " + from);
      }
      result.retain(wideFrom - written);
      TextOperation change = change(operation, first, i, contentFrom);
      if (isClean(state.subSequence(from, to), change) && wideFrom == from && wideTo == to) {
        append(change, result);
      } else {
        result.insert(inserted).delete(wideTo - wideFrom);
      }
      written = wideTo;
      from = to;
      contentFrom = contentTo;
    }
    return result.build();
  }

  /** Returns the edits [first, end) as an operation on what they cover. */
  private static TextOperation change(
      TextOperation operation, int first, int end, int contentFrom) {
    int[] edits = operation.packed();
    TextOperation.Builder change = TextOperation.builder();
    int contentAt = contentFrom;
    for (int i = first; i < end; i += 2) {
      int edit = edits[i + 1];
      if (edit > 0) {
        change.insert(operation.content(), contentAt, contentAt + edit);
        contentAt += edit;
      } else {
        change.delete(-edit);
      }
    }
    return change.build();
  }

  private static void append(TextOperation change, TextOperation.Builder result) {
    for (TextComponent component : change.components()) {
      if (component instanceof TextComponent.Insert insert) {
        result.insert(insert.text());
      } else {
        result.delete(component.length());
      }
    }
  }

  /** Tells whether a position lies between the halves of a pair. */
  static boolean cutsPair(CharSequence text, int position) {
    return position > 0
        && position < text.length()
        && Character.isLowSurrogate(text.charAt(position))
        && Character.isHighSurrogate(text.charAt(position - 1));
  }

  private static boolean hasNoSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether every surrogate in a range is part of a pair in that range. */
  static boolean isWellFormed(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        i++;
        if (Character.isLowSurrogate(unit)
            || i == to
            || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
