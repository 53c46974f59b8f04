package dev.collab.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the control log amounts to: how many events there were, and the newest of them.
 *
 * <p>Immutable.
 *
 * @param count how many there were
 * @param newest the last of them, oldest first
 */
record ControlState(long count, List<ControlEvent> newest) {

  /** How many events are kept for whoever comes late. */
  static final int KEPT = 256;

  static final ControlState NONE = new ControlState(0, List.of());

  ControlState {
    newest = List.copyOf(newest);
  }

  ControlState with(List<ControlEvent> more) {
    List<ControlEvent> all = new ArrayList<>(newest);
    all.addAll(more);
    return new ControlState(
        count + more.size(), all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  /**
   * Returns what happened behind the first so many events.
   *
   * @return the events, oldest first, or empty if some of them are gone
   */
  Optional<List<ControlEvent>> since(long known) {
    long missed = count - known;
    return missed < 0 || missed > newest.size()
        ? Optional.empty()
        : Optional.of(newest.subList(newest.size() - (int) missed, newest.size()));
  }
}
