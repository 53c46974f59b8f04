package dev.collab.tck;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One end of a connection under test: writes down what happens to it and watches the rules. */
final class Peer implements ConnectionListener {

  /** Something that a listener was told. */
  sealed interface Event {
    record Frame(String text) implements Event {}

    record Oversized(int limit) implements Event {}

    record Closed(CloseReason reason) implements Event {}
  }

  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> drained = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> violations = new LinkedBlockingQueue<>();
  private final AtomicBoolean inside = new AtomicBoolean();
  private final Consumer<Event> reaction;
  private volatile boolean closed;

  Peer() {
    this(event -> {});
  }

  /** Creates an end that does something with each event behind writing it down. */
  Peer(Consumer<Event> reaction) {
    this.reaction = reaction;
  }

  void opened(Connection opened) {
    connection.complete(opened);
  }

  Connection connection() {
    return Awaiting.await(connection);
  }

  Event nextEvent() {
    return Awaiting.next(events);
  }

  String nextFrame() {
    Event event = nextEvent();
    if (event instanceof Event.Frame frame) {
      return frame.text();
    }
    throw new AssertionError("a frame was expected, but there came " + describe(event));
  }

  CloseReason nextClose() {
    Event event = nextEvent();
    while (!(event instanceof Event.Closed)) {
      event = nextEvent();
    }
    return ((Event.Closed) event).reason();
  }

  void awaitDrained() {
    Awaiting.next(drained);
  }

  /** Forgets that the connection has ever drained. */
  void forgetDrained() {
    drained.clear();
  }

  /** Returns what has happened and was not asked for yet. */
  BlockingQueue<Event> events() {
    return events;
  }

  BlockingQueue<String> violations() {
    return violations;
  }

  void violated(String rule) {
    violations.add(rule);
  }

  @Override
  public void onFrame(String frame) {
    tell(new Event.Frame(frame));
  }

  @Override
  public void onOversizedFrame(int limit) {
    tell(new Event.Oversized(limit));
  }

  @Override
  public void onDrained() {
    drained.add(true);
  }

  @Override
  public void onClosed(CloseReason reason) {
    tell(new Event.Closed(reason));
  }

  private void tell(Event event) {
    if (!inside.compareAndSet(false, true)) {
      violations.add("T2.6: two events at once");
    }
    if (closed) {
      violations.add("T5.5: an event after the end");
    }
    closed = event instanceof Event.Closed;
    try {
      events.add(event);
      reaction.accept(event);
    } finally {
      inside.set(false);
    }
  }

  private static String describe(Event event) {
    return event instanceof Event.Closed end ? end.toString() : event.getClass().getSimpleName();
  }
}
