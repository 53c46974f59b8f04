package dev.collab.simulation;

import dev.collab.tck.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers the last events of a world, if anybody is to read them. */
final class Trace {

  private final int limit;
  private final VirtualTime time;
  private final Deque<String> events = new ArrayDeque<>();

  /**
   * Creates a trace.
   *
   * @param limit how many events are kept; 0 for none
   */
  Trace(int limit, VirtualTime time) {
    this.limit = limit;
    this.time = time;
  }

  void add(Object... parts) {
    if (limit == 0) {
      return;
    }
    if (events.size() == limit) {
      events.removeFirst();
    }
    StringBuilder line = new StringBuilder();
    line.append(String.format("%,15d µs ", time.now() / 1_000));
    for (Object part : parts) {
      line.append(' ').append(part);
    }
    events.add(line.toString());
  }

  @Override
  public String toString() {
    return String.join("\n", events);
  }
}
