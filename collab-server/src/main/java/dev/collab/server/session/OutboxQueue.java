package dev.collab.server.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one connection, in the order in which it was sent, and what of it can be spared.
 *
 * <p>Confined: callers must serialise calls.
 */
final class OutboxQueue {

  /** What a waiting message takes in memory besides its text, in code units; so does a lost key. */
  static final int SURROUNDINGS = 64;

  private enum Kind {
    ANSWER,
    BROADCAST,
    PRESENCE,
    PRESENCE_END
  }

  /** One message; two are never equal. */
  private static final class Item {

    final Kind kind;
    final Object key;
    final Frame frame;
    final boolean alone;

    /** How many answers were added before. */
    final long answers;

    Item(Kind kind, Object key, Frame frame, boolean alone, long answers) {
      this.kind = kind;
      this.key = key;
      this.frame = frame;
      this.alone = alone;
      this.answers = answers;
    }

    long weight() {
      return SURROUNDINGS + (long) frame.length();
    }
  }

  private final QueueBudget budget;
  private final LinkedHashSet<Item> items = new LinkedHashSet<>();
  private final Map<Object, Item> presences = new HashMap<>();

  /** The newest end of each key. */
  private final Map<Object, Item> ends = new HashMap<>();

  /** The keys of presences that were dropped and not sent since. */
  private final Set<Object> lost = new LinkedHashSet<>();

  private long answers;
  private long length;
  private long weight;

  OutboxQueue(QueueBudget budget) {
    this.budget = budget;
  }

  /** Adds what must not be dropped; alone if it must not share its frame. */
  void answer(Frame frame, boolean alone) {
    add(new Item(Kind.ANSWER, this, frame, alone, answers++));
  }

  /** Adds what may be dropped if a newer one of the stream follows. */
  void broadcast(Object stream, Frame frame, boolean alone) {
    add(new Item(Kind.BROADCAST, stream, frame, alone, answers));
  }

  /**
   * Adds what takes the place of an older one of the same key. It stands at the end, not in the
   * older one's place: it is about the newest entries, which may stand between the two.
   *
   * <p>An end that waits stays: it follows on what the client was sent, and the numbers of what
   * comes behind it begin anew, so that the client may take a later end for an old one. It does for
   * a later end, too, unless an answer stands between the two, which may show the same presence.
   *
   * @param isEnd whether it must not be dropped, because nobody will ask for it again
   */
  void presence(Object key, boolean isEnd, Frame frame, boolean alone) {
    remove(presences.get(key));
    if (lost.remove(key)) {
      weigh(-SURROUNDINGS);
    }
    if (!isEnd) {
      Item item = new Item(Kind.PRESENCE, key, frame, alone, answers);
      presences.put(key, item);
      add(item);
    } else if (!isEnded(key)) {
      Item item = new Item(Kind.PRESENCE_END, key, frame, alone, answers);
      ends.put(key, item);
      add(item);
    }
  }

  private boolean isEnded(Object key) {
    Item end = ends.get(key);
    return end != null && end.answers == answers;
  }

  private void remove(@Nullable Item item) {
    if (item != null) {
      items.remove(item);
      forget(item);
    }
  }

  private void add(Item item) {
    items.add(item);
    budget.hold(item.frame);
    length += item.frame.length();
    weight += item.weight();
  }

  /** Notes that an item is no longer among the items. */
  private void forget(Item item) {
    budget.release(item.frame);
    length -= item.frame.length();
    weight -= item.weight();
    presences.remove(item.key, item);
    ends.remove(item.key, item);
  }

  private void weigh(int change) {
    weight += change;
    budget.add(change);
  }

  int size() {
    return items.size();
  }

  /** Returns the length of all messages. */
  long length() {
    return length;
  }

  /** Returns how much waits: the length of all messages and what surrounds them. */
  long weight() {
    return weight;
  }

  /**
   * Takes the frames of the oldest messages: as many as make up one frame together, at least one.
   *
   * @param most how many at most, at least 1
   * @param length how long that frame may be, if there is more than one
   */
  List<Frame> take(int most, int length) {
    List<Frame> taken = new ArrayList<>();
    long joined = 1;
    boolean single = false;
    for (Iterator<Item> oldest = items.iterator(); oldest.hasNext() && taken.size() < most; ) {
      Item item = oldest.next();
      joined += item.frame.length() + 1L;
      if (!taken.isEmpty() && (single || item.alone || joined > length)) {
        break;
      }
      single = item.alone;
      taken.add(item.frame);
      oldest.remove();
      forget(item);
    }
    return taken;
  }

  /**
   * Drops the oldest presences, but not the newest one. So what is shown once more to a client that
   * reads again comes forward, however much that is.
   *
   * @param target how much may be left
   * @return how many messages were dropped
   */
  int makeRoom(long target) {
    int before = items.size();
    for (Item oldest : List.copyOf(items)) {
      if (weight <= target || presences.size() <= 1) {
        break;
      }
      if (oldest.kind == Kind.PRESENCE) {
        drop(oldest);
      }
    }
    return before - items.size();
  }

  private void drop(Item presence) {
    items.remove(presence);
    forget(presence);
    lost.add(presence.key);
    weigh(SURROUNDINGS);
  }

  /**
   * Drops presences, and if that is not enough broadcasts: all but the newest of each stream, which
   * shows that others are missing, and the oldest ones, so that the client comes forward.
   *
   * @param limit how much may wait; broadcasts are dropped until it is half of that
   * @return how many messages were dropped
   */
  int shed(long limit) {
    int before = items.size();
    for (Item presence : List.copyOf(presences.values())) {
      drop(presence);
    }
    if (weight > limit) {
      dropBroadcasts(limit / 2);
    }
    return before - items.size();
  }

  private void dropBroadcasts(long target) {
    List<Item> newestFirst = new ArrayList<>(items);
    Collections.reverse(newestFirst);
    Set<Object> newer = new HashSet<>();
    Set<Item> old = new HashSet<>();
    long kept = weight;
    for (Item item : newestFirst) {
      if (item.kind == Kind.BROADCAST && !newer.add(item.key)) {
        old.add(item);
        kept -= item.weight();
      }
    }
    Set<Object> interrupted = new HashSet<>();
    for (Iterator<Item> oldest = items.iterator(); oldest.hasNext(); ) {
      Item item = oldest.next();
      if (old.contains(item)) {
        if (kept + item.weight() <= target && !interrupted.contains(item.key)) {
          kept += item.weight();
        } else {
          interrupted.add(item.key);
          oldest.remove();
          forget(item);
        }
      }
    }
  }

  /** Returns the keys of presences that were dropped and not sent since, and forgets them. */
  Set<Object> takeLost() {
    Set<Object> taken = Set.copyOf(lost);
    weigh(-SURROUNDINGS * lost.size());
    lost.clear();
    return taken;
  }

  /** Drops everything. */
  void clear() {
    items.forEach(item -> budget.release(item.frame));
    budget.add(-(long) SURROUNDINGS * lost.size());
    items.clear();
    presences.clear();
    ends.clear();
    lost.clear();
    length = 0;
    weight = 0;
  }
}
