package dev.collab.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/*
 * E. W. Myers, "An O(ND) difference algorithm and its variations" (Algorithmica 1, 1986), in linear
 * space: from both corners of a box, the furthest points that d edits can reach are moved on, one
 * diagonal after the other, until they meet; there the box is cut in two. Around it stands what GNU
 * diff and the diff of git do, with the same choices between paths of equal length, so that changes
 * fall where people know them to fall:
 *
 *  - symbols that the other sequence does not have are left out at first; so are symbols that it has
 *    very often, where they stand amid such ones: a blank line in a block that is all different;
 *  - a search that has gone on for long is cut off at the point that came furthest;
 *  - then changes are slid to where they read best, see HunkSlide.
 *
 * When the steps are spent, the boxes that are left count as different altogether.
 */
/** Finds what two sequences of symbols do not share. */
final class SequenceDiff {

  /** How many edits a search may try before it is cut off, at least. */
  private static final int LEAST_COST = 256;

  /** From how many occurrences on a symbol says little, at most. */
  private static final int COMMON = 1024;

  /** How far around a common symbol one looks. */
  private static final int WINDOW = 100;

  private static final int FAR = Integer.MAX_VALUE;

  /** A part of the one sequence and the part of the other that is to be compared with it. */
  private record Box(int fromLow, int fromHigh, int toLow, int toHigh) {}

  /** A sequence, the symbols of it that take part, and what is found to be changed. */
  private static final class Sequence {

    private final int[] symbols;
    private final boolean[] changed;
    private int[] kept = {};
    private int[] places = {};

    Sequence(int[] symbols) {
      this.symbols = symbols;
      this.changed = new boolean[symbols.length];
    }

    void mark(int low, int high) {
      for (int i = low; i < high; i++) {
        changed[places[i]] = true;
      }
    }
  }

  private final Sequence from;
  private final Sequence to;
  private final Steps steps;
  private final Deque<Box> boxes = new ArrayDeque<>();

  /** The furthest points in {@code from} on each diagonal, forwards and backwards. */
  private int[] forward = {};

  private int[] backward = {};

  /** Where the diagonal 0 stands in these. */
  private int origin;

  private int mostCost;

  private SequenceDiff(int[] from, int[] to, Steps steps) {
    this.from = new Sequence(from);
    this.to = new Sequence(to);
    this.steps = steps;
  }

  /**
   * Compares two sequences.
   *
   * @param from the symbols of the one, numbers from 0 on
   * @param to the symbols of the other
   * @param steps what work is allowed
   * @return the changes, in order, each two of them apart
   */
  static List<Hunk> diff(int[] from, int[] to, Steps steps) {
    SequenceDiff diff = new SequenceDiff(from, to, steps);
    diff.selectAndSearch();
    new HunkSlide(from, diff.from.changed, diff.to.changed, steps).slide();
    new HunkSlide(to, diff.to.changed, diff.from.changed, steps).slide();
    return hunks(diff.from.changed, diff.to.changed);
  }

  private void selectAndSearch() {
    int shorter = Math.min(from.symbols.length, to.symbols.length);
    int start = 0;
    while (start < shorter && from.symbols[start] == to.symbols[start]) {
      start++;
    }
    int same = 0;
    while (same < shorter - start
        && from.symbols[from.symbols.length - 1 - same]
            == to.symbols[to.symbols.length - 1 - same]) {
      same++;
    }
    int symbolCount = 1 + Math.max(greatest(from.symbols), greatest(to.symbols));
    select(from, start, from.symbols.length - same, counts(to.symbols, symbolCount));
    select(to, start, to.symbols.length - same, counts(from.symbols, symbolCount));
    int fromCount = from.kept.length;
    int toCount = to.kept.length;
    forward = new int[fromCount + toCount + 3];
    backward = new int[fromCount + toCount + 3];
    origin = toCount + 1;
    mostCost = Math.max(LEAST_COST, rootOf(fromCount + toCount + 3));
    boxes.push(new Box(0, fromCount, 0, toCount));
    while (!boxes.isEmpty()) {
      compare(boxes.pop());
    }
  }

  private static int greatest(int[] symbols) {
    return Arrays.stream(symbols).max().orElse(-1);
  }

  private static int[] counts(int[] symbols, int symbolCount) {
    int[] counts = new int[symbolCount];
    for (int symbol : symbols) {
      counts[symbol]++;
    }
    return counts;
  }

  /** Returns a power of two near the square root. */
  private static int rootOf(int number) {
    int root = 1;
    for (int rest = number; rest > 0; rest >>= 2) {
      root <<= 1;
    }
    return root;
  }

  /** Keeps of [start, end) what the search is to look at; the rest of it is changed. */
  private static void select(Sequence sequence, int start, int end, int[] countsInOther) {
    int common = Math.min(COMMON, rootOf(sequence.symbols.length));
    int[] kept = new int[end - start];
    int[] places = new int[end - start];
    int count = 0;
    for (int i = start; i < end; i++) {
      int found = countsInOther[sequence.symbols[i]];
      if (found == 0
          || (found >= common && isConfusing(sequence, i, start, end, countsInOther, common))) {
        sequence.changed[i] = true;
      } else {
        kept[count] = sequence.symbols[i];
        places[count++] = i;
      }
    }
    sequence.kept = Arrays.copyOf(kept, count);
    sequence.places = Arrays.copyOf(places, count);
  }

  /** Tells whether a common symbol stands among symbols of which most have no counterpart. */
  private static boolean isConfusing(
      Sequence sequence, int place, int start, int end, int[] countsInOther, int common) {
    int lost = 0;
    int frequent = 2;
    for (int direction = -1; direction <= 1; direction += 2) {
      int lostHere = 0;
      for (int distance = 1; distance <= WINDOW; distance++) {
        int i = place + direction * distance;
        if (i < start || i >= end) {
          break;
        }
        int found = countsInOther[sequence.symbols[i]];
        if (found == 0) {
          lostHere++;
        } else if (found >= common) {
          frequent++;
        } else {
          break;
        }
      }
      if (lostHere == 0) {
        return false;
      }
      lost += lostHere;
    }
    return frequent * 4 < frequent + lost;
  }

  private void compare(Box box) {
    int fromLow = box.fromLow;
    int fromHigh = box.fromHigh;
    int toLow = box.toLow;
    int toHigh = box.toHigh;
    while (fromLow < fromHigh && toLow < toHigh && from.kept[fromLow] == to.kept[toLow]) {
      fromLow++;
      toLow++;
    }
    while (fromLow < fromHigh && toLow < toHigh && from.kept[fromHigh - 1] == to.kept[toHigh - 1]) {
      fromHigh--;
      toHigh--;
    }
    if (fromLow == fromHigh || toLow == toHigh || steps.areSpent()) {
      from.mark(fromLow, fromHigh);
      to.mark(toLow, toHigh);
      return;
    }
    long cut = cut(fromLow, fromHigh, toLow, toHigh);
    int fromCut = (int) (cut >> 32);
    int toCut = (int) cut;
    boxes.push(new Box(fromCut, fromHigh, toCut, toHigh));
    boxes.push(new Box(fromLow, fromCut, toLow, toCut));
  }

  /** Returns a point on a path that is short, if not the shortest: two ints in one. */
  private long cut(int fromLow, int fromHigh, int toLow, int toHigh) {
    int least = fromLow - toHigh;
    int greatest = fromHigh - toLow;
    int forwardStart = fromLow - toLow;
    int backwardStart = fromHigh - toHigh;
    boolean odd = ((forwardStart - backwardStart) & 1) != 0;
    int forwardMin = forwardStart;
    int forwardMax = forwardStart;
    int backwardMin = backwardStart;
    int backwardMax = backwardStart;
    forward[origin + forwardStart] = fromLow;
    backward[origin + backwardStart] = fromHigh;
    for (int cost = 1; ; cost++) {
      if (forwardMin > least) {
        forwardMin--;
        forward[origin + forwardMin - 1] = -1;
      } else {
        forwardMin++;
      }
      if (forwardMax < greatest) {
        forwardMax++;
        forward[origin + forwardMax + 1] = -1;
      } else {
        forwardMax--;
      }
      long walked = forwardMax - forwardMin + 1L;
      for (int diagonal = forwardMax; diagonal >= forwardMin; diagonal -= 2) {
        int below = forward[origin + diagonal - 1];
        int above = forward[origin + diagonal + 1];
        int i = below >= above ? below + 1 : above;
        int first = i;
        int j = i - diagonal;
        while (i < fromHigh && j < toHigh && from.kept[i] == to.kept[j]) {
          i++;
          j++;
        }
        walked += i - first;
        forward[origin + diagonal] = i;
        if (odd
            && backwardMin <= diagonal
            && diagonal <= backwardMax
            && backward[origin + diagonal] <= i) {
          return point(i, j);
        }
      }
      if (backwardMin > least) {
        backwardMin--;
        backward[origin + backwardMin - 1] = FAR;
      } else {
        backwardMin++;
      }
      if (backwardMax < greatest) {
        backwardMax++;
        backward[origin + backwardMax + 1] = FAR;
      } else {
        backwardMax--;
      }
      for (int diagonal = backwardMax; diagonal >= backwardMin; diagonal -= 2) {
        int below = backward[origin + diagonal - 1];
        int above = backward[origin + diagonal + 1];
        int i = below < above ? below : above - 1;
        int first = i;
        int j = i - diagonal;
        while (i > fromLow && j > toLow && from.kept[i - 1] == to.kept[j - 1]) {
          i--;
          j--;
        }
        walked += first - i;
        backward[origin + diagonal] = i;
        if (!odd
            && forwardMin <= diagonal
            && diagonal <= forwardMax
            && i <= forward[origin + diagonal]) {
          return point(i, j);
        }
      }
      if (!steps.take(walked) || cost >= mostCost) {
        return furthest(
            new Box(fromLow, fromHigh, toLow, toHigh),
            forwardMin,
            forwardMax,
            backwardMin,
            backwardMax);
      }
    }
  }

  /** Returns the point that a search which gave up came furthest to, from either corner. */
  private long furthest(Box box, int forwardMin, int forwardMax, int backwardMin, int backwardMax) {
    long best = -1;
    int bestFrom = -1;
    for (int diagonal = forwardMax; diagonal >= forwardMin; diagonal -= 2) {
      int i = Math.min(forward[origin + diagonal], box.fromHigh);
      i = Math.min(i, box.toHigh + diagonal);
      if (2L * i - diagonal > best) {
        best = 2L * i - diagonal;
        bestFrom = i;
      }
    }
    long nearest = Long.MAX_VALUE;
    int nearestFrom = -1;
    for (int diagonal = backwardMax; diagonal >= backwardMin; diagonal -= 2) {
      int i = Math.max(backward[origin + diagonal], box.fromLow);
      i = Math.max(i, box.toLow + diagonal);
      if (2L * i - diagonal < nearest) {
        nearest = 2L * i - diagonal;
        nearestFrom = i;
      }
    }
    return (long) box.fromHigh + box.toHigh - nearest < best - box.fromLow - box.toLow
        ? point(bestFrom, (int) (best - bestFrom))
        : point(nearestFrom, (int) (nearest - nearestFrom));
  }

  private static long point(int i, int j) {
    return ((long) i << 32) | j;
  }

  private static List<Hunk> hunks(boolean[] fromChanged, boolean[] toChanged) {
    List<Hunk> hunks = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < fromChanged.length || j < toChanged.length) {
      int fromStart = i;
      int toStart = j;
      while (i < fromChanged.length && fromChanged[i]) {
        i++;
      }
      while (j < toChanged.length && toChanged[j]) {
        j++;
      }
      if (i > fromStart || j > toStart) {
        hunks.add(new Hunk(fromStart, i, toStart, j));
      } else {
        i++;
        j++;
      }
    }
    return hunks;
  }
}
