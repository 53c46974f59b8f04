package dev.collab.text;

import dev.collab.operation.Bias;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The second oracle, by identity instead of by rules: for a document of n code units there are n +
 * 1 slots between its units, and an operation is what it inserts into each slot and which units it
 * deletes. Canonical operations and these values correspond one to one, so listing all of the one
 * lists all of the other. Merging needs no transform: each unit keeps its place, each slot takes
 * the left operation's insertion before the right one's, and a unit deleted by either is gone.
 */
record SlottedOperation(List<String> inserts, List<Boolean> deletes) {

  SlottedOperation {
    inserts = List.copyOf(inserts);
    deletes = List.copyOf(deletes);
  }

  int length() {
    return deletes.size();
  }

  TextOperation toOperation() {
    TextOperation.Builder builder = TextOperation.builder();
    for (int slot = 0; slot <= length(); slot++) {
      if (!inserts.get(slot).isEmpty()) {
        builder.insert(inserts.get(slot));
      }
      if (slot < length()) {
        if (deletes.get(slot)) {
          builder.delete(1);
        } else {
          builder.retain(1);
        }
      }
    }
    return builder.build();
  }

  int targetLength() {
    return inserts.stream().mapToInt(String::length).sum()
        + (int) deletes.stream().filter(deleted -> !deleted).count();
  }

  /** The document after. */
  String applyTo(String text) {
    StringBuilder result = new StringBuilder();
    for (int slot = 0; slot <= length(); slot++) {
      result.append(inserts.get(slot));
      if (slot < length() && !deletes.get(slot)) {
        result.append(text.charAt(slot));
      }
    }
    return result.toString();
  }

  /** The document after two concurrent operations, {@code this} being the left one. */
  String mergeWith(SlottedOperation right, String text) {
    StringBuilder result = new StringBuilder();
    for (int slot = 0; slot <= length(); slot++) {
      result.append(inserts.get(slot)).append(right.inserts.get(slot));
      if (slot < length() && !deletes.get(slot) && !right.deletes.get(slot)) {
        result.append(text.charAt(slot));
      }
    }
    return result.toString();
  }

  /** Where a cursor at a slot stands afterwards: with the unit before it or with that behind it. */
  int transformPosition(int position, Bias bias) {
    int result = 0;
    for (int slot = 0; slot < position; slot++) {
      result += inserts.get(slot).length() + (deletes.get(slot) ? 0 : 1);
    }
    return bias == Bias.BEFORE ? result : result + inserts.get(position).length();
  }

  /** Lists every operation on {@code length} units with at most as many insertions as letters. */
  static List<SlottedOperation> all(int length, List<String> letters) {
    List<List<String>> allInserts = new ArrayList<>();
    addInserts(Collections.nCopies(length + 1, ""), 0, letters, allInserts);
    List<SlottedOperation> result = new ArrayList<>();
    for (int mask = 0; mask < 1 << length; mask++) {
      Boolean[] deletes = new Boolean[length];
      for (int i = 0; i < length; i++) {
        deletes[i] = (mask >> i & 1) == 1;
      }
      allInserts.forEach(
          inserts -> result.add(new SlottedOperation(inserts, Arrays.asList(deletes))));
    }
    return result;
  }

  /** How many operations {@link #all} lists for two letters. */
  static int count(int length) {
    int slots = length + 1;
    return (1 << length) * (1 + slots + slots * (slots + 1) / 2);
  }

  /** The letters are used in order, from the first slot to the last. */
  private static void addInserts(
      List<String> inserts, int fromSlot, List<String> letters, List<List<String>> result) {
    result.add(inserts);
    if (letters.isEmpty()) {
      return;
    }
    for (int slot = fromSlot; slot < inserts.size(); slot++) {
      List<String> more = new ArrayList<>(inserts);
      more.set(slot, more.get(slot) + letters.get(0));
      addInserts(more, slot, letters.subList(1, letters.size()), result);
    }
  }
}
