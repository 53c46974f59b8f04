package dev.collab.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a base that at least one of two sides changed, counted in tokens, after S. Khanna,
 * K. Kunal, B. C. Pierce, "A formal investigation of diff3" (2007). Between regions all three are
 * the same.
 *
 * <p>Immutable.
 *
 * @param ours what it is in our sequence
 * @param theirs what it is in theirs; both hunks have the same place in the base
 * @param ourHunks our changes in it
 * @param theirHunks theirs
 */
record MergeRegion(Hunk ours, Hunk theirs, List<Hunk> ourHunks, List<Hunk> theirHunks) {

  boolean isOneSided() {
    return ourHunks.isEmpty() || theirHunks.isEmpty();
  }

  int start() {
    return ours.fromStart();
  }

  int end() {
    return ours.fromEnd();
  }

  /** Lays the changes of two sides beside each other; those that touch are in one region. */
  static List<MergeRegion> touching(List<Hunk> ours, List<Hunk> theirs) {
    return regions(new Side(ours, 0), new Side(theirs, 0), true);
  }

  /** Does the same, but only changes that overlap, or add at one place, are in one region. */
  static List<MergeRegion> overlapping(List<Hunk> ours, List<Hunk> theirs) {
    return regions(new Side(ours, 0), new Side(theirs, 0), false);
  }

  /** Returns the regions in this one of changes that overlap. */
  List<MergeRegion> overlapping() {
    return regions(
        new Side(ourHunks, ours.toStart() - ours.fromStart()),
        new Side(theirHunks, theirs.toStart() - theirs.fromStart()),
        false);
  }

  private static List<MergeRegion> regions(Side our, Side their, boolean joinTouching) {
    List<MergeRegion> regions = new ArrayList<>();
    while (!our.isDone() || !their.isDone()) {
      int start = Side.earlier(our, their).next().fromStart();
      int end = start;
      our.open();
      their.open();
      boolean isFirst = true;
      while (!our.isDone() || !their.isDone()) {
        Side side = Side.earlier(our, their);
        Hunk hunk = side.next();
        boolean belongs =
            isFirst
                || hunk.fromStart() < end
                || (hunk.fromStart() == end
                    && (joinTouching || (start == end && hunk.removed() == 0)));
        if (!belongs) {
          break;
        }
        end = Math.max(end, hunk.fromEnd());
        side.take();
        isFirst = false;
      }
      regions.add(
          new MergeRegion(
              our.place(start, end), their.place(start, end), our.taken(), their.taken()));
    }
    return regions;
  }

  /** The changes of one side on their way into regions. */
  private static final class Side {

    private final List<Hunk> hunks;
    private int next;
    private int first;

    /** How much longer the side is than the base up to the region. */
    private int driftBefore;

    private int drift;

    Side(List<Hunk> hunks, int drift) {
      this.hunks = hunks;
      this.drift = drift;
    }

    static Side earlier(Side one, Side other) {
      if (one.isDone() || other.isDone()) {
        return one.isDone() ? other : one;
      }
      Hunk first = one.next();
      Hunk second = other.next();
      boolean isLater =
          first.fromStart() > second.fromStart()
              || (first.fromStart() == second.fromStart() && first.fromEnd() > second.fromEnd());
      return isLater ? other : one;
    }

    boolean isDone() {
      return next == hunks.size();
    }

    Hunk next() {
      return hunks.get(next);
    }

    void open() {
      first = next;
      driftBefore = drift;
    }

    void take() {
      drift = hunks.get(next++).drift();
    }

    Hunk place(int start, int end) {
      return new Hunk(start, end, start + driftBefore, end + drift);
    }

    List<Hunk> taken() {
      return hunks.subList(first, next);
    }
  }
}
