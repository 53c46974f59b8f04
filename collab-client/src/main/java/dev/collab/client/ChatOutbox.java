package dev.collab.client;

import dev.collab.chat.ChatEvent;
import dev.collab.document.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for in a room and is not there yet, in order: first what was committed and has not
 * reached the view, then at most one event that is outstanding, then those that wait. An event gets
 * its number on the wire when it becomes outstanding, and keeps it for ever; so it is committed at
 * most once, however often it is sent.
 *
 * <p>Immutable.
 */
final class ChatOutbox {

  /** How many events a room holds for the server. */
  static final int CAPACITY = 1000;

  static final ChatOutbox EMPTY = new ChatOutbox(List.of(), null, List.of(), 0);

  private final List<Committed> committed;
  private final @Nullable Outstanding outstanding;
  private final List<PendingEvent> waiting;

  /** The number of the last event that was added. */
  private final long last;

  private ChatOutbox(
      List<Committed> committed,
      @Nullable Outstanding outstanding,
      List<PendingEvent> waiting,
      long last) {
    this.committed = committed;
    this.outstanding = outstanding;
    this.waiting = waiting;
    this.last = last;
  }

  /** An event that was sent and not answered; the server knows it by the id. */
  record Outstanding(OperationId id, PendingEvent pending) {}

  private record Committed(long version, PendingEvent pending) {}

  /** Tells whether no more events are taken. */
  boolean isFull() {
    return pending().size() >= CAPACITY;
  }

  /**
   * Adds an event behind the others.
   *
   * @throws IllegalStateException if this is full
   */
  ChatOutbox add(ChatEvent event) {
    if (isFull()) {
      throw new IllegalStateException("more than " + CAPACITY + " events");
    }
    List<PendingEvent> more = new ArrayList<>(waiting);
    more.add(new PendingEvent(last + 1, event));
    return new ChatOutbox(committed, outstanding, more, last + 1);
  }

  /** Returns the number of the event that was added last; 0 if there was none. */
  long last() {
    return last;
  }

  /** Tells whether an event waits and may become outstanding. */
  boolean hasNext() {
    return outstanding == null && !waiting.isEmpty();
  }

  /**
   * Makes the first event that waits outstanding.
   *
   * @throws IllegalStateException if none waits, or one is outstanding
   */
  ChatOutbox submit(OperationId id) {
    if (!hasNext()) {
      throw new IllegalStateException("nothing to submit");
    }
    return new ChatOutbox(
        committed, new Outstanding(id, waiting.get(0)), waiting.subList(1, waiting.size()), last);
  }

  Optional<Outstanding> outstanding() {
    return Optional.ofNullable(outstanding);
  }

  /**
   * The first event that is not answered will not happen, or nobody knows.
   *
   * @throws IllegalStateException if there is none
   */
  ChatOutbox reject() {
    if (outstanding == null && waiting.isEmpty()) {
      throw new IllegalStateException("nothing to reject");
    }
    List<PendingEvent> rest = outstanding == null ? waiting.subList(1, waiting.size()) : waiting;
    return new ChatOutbox(committed, null, rest, last);
  }

  /** The outstanding event, if there is one, was committed at a version. */
  ChatOutbox commit(long version) {
    if (outstanding == null) {
      return this;
    }
    List<Committed> more = new ArrayList<>(committed);
    more.add(new Committed(version, outstanding.pending()));
    return new ChatOutbox(more, null, waiting, last);
  }

  /** The view has all entries below a version. */
  ChatOutbox seen(long version) {
    List<Committed> rest = committed.stream().filter(event -> event.version() >= version).toList();
    return rest.size() == committed.size()
        ? this
        : new ChatOutbox(rest, outstanding, waiting, last);
  }

  /** Returns what the server has not answered. */
  List<PendingEvent> unanswered() {
    List<PendingEvent> all = new ArrayList<>();
    if (outstanding != null) {
      all.add(outstanding.pending());
    }
    all.addAll(waiting);
    return all;
  }

  /** Returns all that is not in the view. */
  List<PendingEvent> pending() {
    List<PendingEvent> all = new ArrayList<>();
    committed.forEach(event -> all.add(event.pending()));
    all.addAll(unanswered());
    return all;
  }
}
