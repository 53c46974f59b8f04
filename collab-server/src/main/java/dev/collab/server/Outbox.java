package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bounded queue of frames for one connection. Frames go to the connection as long as it has
 * room, in order. At the limit, queued broadcasts of a document are dropped except the newest: it
 * shows the client that entries are missing, and the client fetches them. If that does not help,
 * the connection is closed.
 *
 * <p>Thread-safe.
 */
final class Outbox {

  /** What the connection's own queue may hold before frames wait here. */
  private static final long CONNECTION_ROOM = 256 * 1024;

  static final CloseReason TOO_SLOW = new CloseReason(4008, "too slow");

  private final Connection connection;
  private final long limit;
  private final AtomicInteger drains = new AtomicInteger();
  private final Object lock = new Object();
  private final Deque<Item> queue = new ArrayDeque<>();
  private long queued;
  private boolean closed;

  Outbox(Connection connection, long limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Sends a frame that must not be dropped. */
  void send(String frame) {
    enqueue(new Item(Optional.empty(), frame));
  }

  /** Sends a broadcast, which may be dropped if a newer one of the document follows. */
  void broadcast(DocumentId document, String frame) {
    enqueue(new Item(Optional.of(document), frame));
  }

  private void enqueue(Item item) {
    boolean overflow;
    synchronized (lock) {
      if (closed) {
        return;
      }
      queue.add(item);
      queued += item.frame().length();
      if (queued > limit) {
        dropOldBroadcasts();
      }
      overflow = queued > limit;
      if (overflow) {
        discard();
      }
    }
    if (overflow) {
      connection.close(TOO_SLOW);
    } else {
      drain();
    }
  }

  private void dropOldBroadcasts() {
    Set<DocumentId> newer = new HashSet<>();
    for (Iterator<Item> items = queue.descendingIterator(); items.hasNext(); ) {
      Item item = items.next();
      if (item.document().isPresent() && !newer.add(item.document().get())) {
        items.remove();
        queued -= item.frame().length();
      }
    }
  }

  /** Hands frames to the connection while it has room. */
  void drain() {
    if (drains.getAndIncrement() != 0) {
      return; // whoever is draining goes round once more
    }
    int seen = 1;
    do {
      while (connection.queued() < CONNECTION_ROOM) {
        Optional<String> frame = poll();
        if (frame.isEmpty()) {
          break;
        }
        connection.send(frame.get());
      }
      seen = drains.addAndGet(-seen);
    } while (seen != 0);
  }

  private Optional<String> poll() {
    synchronized (lock) {
      Item item = queue.poll();
      if (item == null) {
        return Optional.empty();
      }
      queued -= item.frame().length();
      return Optional.of(item.frame());
    }
  }

  /** Forgets what is queued; nothing is sent any more. */
  void close() {
    synchronized (lock) {
      discard();
    }
  }

  private void discard() {
    closed = true;
    queue.clear();
    queued = 0;
  }

  private record Item(Optional<DocumentId> document, String frame) {}
}
