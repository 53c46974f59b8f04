package dev.collab.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges, word by word, a few lines that two sides changed. Where both are to be kept, they are
 * kept; where they contradict, the outcome is different for either side.
 */
final class WordMerge {

  /**
   * What the lines are in the end if our changes are kept where the two contradict, and what they
   * are if theirs are. If nothing contradicts, it is the same text.
   */
  record Sides(String ours, String theirs) {

    boolean agree() {
      return ours.equals(theirs);
    }

    Sides plus(Sides behind) {
      return new Sides(ours + behind.ours, theirs + behind.theirs);
    }

    static Sides of(String both) {
      return new Sides(both, both);
    }
  }

  private WordMerge() {}

  static Sides merge(String base, String ours, String theirs, Steps steps) {
    if (ours.equals(theirs)
        || base.isEmpty()
        || ours.isEmpty()
        || theirs.isEmpty()
        || steps.areSpent()) {
      return new Sides(ours, theirs);
    }
    Map<String, Integer> numbers = new HashMap<>();
    Tokens words = Tokens.words(base);
    Tokens ourWords = Tokens.words(ours);
    Tokens theirWords = Tokens.words(theirs);
    List<Hunk> ourHunks = WordDiff.diff(words, ourWords, numbers, steps);
    List<Hunk> theirHunks = WordDiff.diff(words, theirWords, numbers, steps);
    if (isRewrite(words, ourHunks) || isRewrite(words, theirHunks)) {
      return new Sides(ours, theirs);
    }
    StringBuilder forUs = new StringBuilder();
    StringBuilder forThem = new StringBuilder();
    int at = 0;
    for (MergeRegion region : MergeRegion.overlapping(ourHunks, theirHunks)) {
      String same = words.text(at, region.start());
      String our = ourWords.text(region.ours().toStart(), region.ours().toEnd());
      String their = theirWords.text(region.theirs().toStart(), region.theirs().toEnd());
      boolean ourAlone = region.theirHunks().isEmpty();
      boolean theirAlone = region.ourHunks().isEmpty();
      forUs.append(same).append(theirAlone ? their : our);
      forThem.append(same).append(ourAlone ? our : their);
      at = region.end();
    }
    String rest = words.text(at, words.count());
    return new Sides(forUs.append(rest).toString(), forThem.append(rest).toString());
  }

  /**
   * Tells whether less than a third is kept. Whoever writes a sentence anew does not want the words
   * of others strewn into it.
   */
  private static boolean isRewrite(Tokens base, List<Hunk> hunks) {
    int length = base.start(base.count());
    int kept = length;
    for (Hunk hunk : hunks) {
      kept -= base.start(hunk.fromEnd()) - base.start(hunk.fromStart());
    }
    return kept < length / 3;
  }
}
