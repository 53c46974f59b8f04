package dev.collab.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The slow, obvious way to move a selection: its ends are put into the text as marks, the text is
 * edited character by character, and then it is looked where the marks are.
 */
final class MarkedText {

  /**
   * An end of the selection.
   *
   * @param isFirst which of the two it is
   * @param goesBehind whether it goes behind what is inserted exactly where it stands
   */
  private record Mark(boolean isFirst, boolean goesBehind) {}

  private MarkedText() {}

  /** Returns where anchor and head are after an edit by the owner or by somebody else. */
  static int[] move(String text, List<Object> operation, int anchor, int head, boolean own) {
    // A cursor stays in front of what others insert; a range does not grow by it.
    Mark first = new Mark(true, anchor != head || own);
    Mark last = new Mark(false, own);
    List<Object> before = new ArrayList<>();
    int from = Math.min(anchor, head);
    int to = Math.max(anchor, head);
    for (int i = 0; i <= text.length(); i++) {
      if (i == from) {
        before.add(first);
      }
      if (i == to) {
        before.add(last);
      }
      if (i < text.length()) {
        before.add(text.charAt(i));
      }
    }
    List<Object> after = edit(before, operation);
    int start = place(after, first);
    int end = place(after, last);
    start = Math.min(start, end); // a range that is gone is where it ended
    return anchor <= head ? new int[] {start, end} : new int[] {end, start};
  }

  private static int place(List<Object> marked, Mark mark) {
    List<Object> before = marked.subList(0, marked.indexOf(mark));
    return (int) before.stream().filter(Character.class::isInstance).count();
  }

  /** Edits characters with marks between them. */
  private static List<Object> edit(List<Object> before, List<Object> operation) {
    List<Object> after = new ArrayList<>();
    int next = 0;
    for (Object component : operation) {
      if (component instanceof String inserted) {
        next = marks(before, next, after);
        insert(after, inserted);
        continue;
      }
      int count = Math.abs((Integer) component);
      boolean keeps = (Integer) component > 0;
      while (count > 0) {
        Object each = before.get(next++);
        boolean isCharacter = each instanceof Character;
        if (keeps || !isCharacter) {
          after.add(each);
        }
        count -= isCharacter ? 1 : 0;
      }
    }
    after.addAll(before.subList(next, before.size()));
    return after;
  }

  /** Passes over the marks that stand at a place, so that all of them are there. */
  private static int marks(List<Object> before, int next, List<Object> after) {
    int behind = next;
    while (behind < before.size() && !(before.get(behind) instanceof Character)) {
      after.add(before.get(behind++));
    }
    return behind;
  }

  private static void insert(List<Object> after, String inserted) {
    int place = after.size();
    while (place > 0 && after.get(place - 1) instanceof Mark) {
      place--;
    }
    List<Object> marks = new ArrayList<>(after.subList(place, after.size()));
    after.subList(place, after.size()).clear();
    marks.stream().filter(mark -> !((Mark) mark).goesBehind()).forEach(after::add);
    inserted.chars().forEach(unit -> after.add((char) unit));
    marks.stream().filter(mark -> ((Mark) mark).goesBehind()).forEach(after::add);
  }
}
