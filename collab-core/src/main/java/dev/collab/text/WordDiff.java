package dev.collab.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares two short texts word by word, for people: few changes, each of them a whole thought. */
final class WordDiff {

  private WordDiff() {}

  /**
   * Compares two texts that are cut into words.
   *
   * @param numbers the numbers of tokens given so far
   * @return the changes, counted in tokens, in order
   */
  static List<Hunk> diff(Tokens from, Tokens to, Map<String, Integer> numbers, Steps steps) {
    return joined(SequenceDiff.diff(from.symbols(numbers), to.symbols(numbers), steps), from, to);
  }

  /**
   * Joins changes across what they have between them if that is no longer than either: nobody keeps
   * a comma out of two sentences that are written anew. This is the semantic clean-up of
   * diff-match-patch (N. Fraser).
   */
  private static List<Hunk> joined(List<Hunk> hunks, Tokens from, Tokens to) {
    List<Hunk> result = new ArrayList<>();
    for (Hunk hunk : hunks) {
      Hunk last = hunk;
      while (!result.isEmpty()) {
        Hunk before = result.get(result.size() - 1);
        int between = from.start(last.fromStart()) - from.start(before.fromEnd());
        if (between > size(before, from, to) || between > size(last, from, to)) {
          break;
        }
        last = new Hunk(before.fromStart(), last.fromEnd(), before.toStart(), last.toEnd());
        result.remove(result.size() - 1);
      }
      result.add(last);
    }
    return result;
  }

  private static int size(Hunk hunk, Tokens from, Tokens to) {
    return Math.max(
        from.start(hunk.fromEnd()) - from.start(hunk.fromStart()),
        to.start(hunk.toEnd()) - to.start(hunk.toStart()));
  }

  /**
   * Compares two texts.
   *
   * @return the changes, counted in units, in order; they cut no surrogate pair
   */
  static List<Hunk> diff(String from, String to, Steps steps) {
    Tokens fromWords = Tokens.words(from);
    Tokens toWords = Tokens.words(to);
    List<Hunk> result = new ArrayList<>();
    for (Hunk hunk : diff(fromWords, toWords, new HashMap<>(), steps)) {
      result.add(
          trimmed(
              new Hunk(
                  fromWords.start(hunk.fromStart()),
                  fromWords.start(hunk.fromEnd()),
                  toWords.start(hunk.toStart()),
                  toWords.start(hunk.toEnd())),
              from,
              to));
    }
    return result;
  }

  /** Leaves out the common ends of a replacement if they are the better part of it. */
  private static Hunk trimmed(Hunk hunk, String from, String to) {
    int shorter = Math.min(hunk.removed(), hunk.added());
    int start = 0;
    while (start < shorter
        && from.charAt(hunk.fromStart() + start) == to.charAt(hunk.toStart() + start)) {
      start++;
    }
    while (start > 0
        && (Tokens.isInsideCharacter(from, hunk.fromStart() + start)
            || Tokens.isInsideCharacter(to, hunk.toStart() + start))) {
      start--;
    }
    int end = 0;
    while (end < shorter - start
        && from.charAt(hunk.fromEnd() - 1 - end) == to.charAt(hunk.toEnd() - 1 - end)) {
      end++;
    }
    while (end > 0
        && (Tokens.isInsideCharacter(from, hunk.fromEnd() - end)
            || Tokens.isInsideCharacter(to, hunk.toEnd() - end))) {
      end--;
    }
    return 2 * (start + end) < shorter
        ? hunk
        : new Hunk(
            hunk.fromStart() + start,
            hunk.fromEnd() - end,
            hunk.toStart() + start,
            hunk.toEnd() - end);
  }
}
