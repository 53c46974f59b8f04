package dev.collab.server.session;

import dev.collab.document.DocumentId;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bounded queue of frames for one connection. Frames go to the connection as long as it has
 * room, in order. At the limit, queued broadcasts of a document are dropped, but neither the oldest
 * ones, so that the client comes forward, nor the newest, which shows it that entries are missing:
 * it fetches them. If that does not help, the connection is closed. A connection that throws is
 * closed.
 *
 * <p>Thread-safe.
 */
final class Outbox {

  /** What the connection's own queue may hold before frames wait here. */
  private static final long CONNECTION_ROOM = 256 * 1024;

  static final CloseReason TOO_SLOW = new CloseReason(4008, "too slow");

  private static final Logger LOGGER = System.getLogger(Outbox.class.getName());

  private final Connection connection;
  private final long limit;
  private final Watcher watcher;
  private final AtomicInteger drains = new AtomicInteger();
  private final Object lock = new Object();
  private final Deque<Item> queue = new ArrayDeque<>();
  private long queued;
  private boolean closed;

  Outbox(Connection connection, long limit, Watcher watcher) {
    this.connection = connection;
    this.limit = limit;
    this.watcher = watcher;
  }

  /** Is told, under no lock, that the connection does not keep up. Must not throw. */
  interface Watcher {

    /** Frames were dropped; so much is queued now. */
    void shed(long queued, long dropped);

    /** The connection is closed, with so much in the queue. */
    void tooSlow(long queued);
  }

  /** Sends a frame that must not be dropped. */
  void send(String frame) {
    enqueue(new Item(Optional.empty(), frame));
  }

  /** Sends a broadcast, which may be dropped if a newer one of the document follows. */
  void broadcast(DocumentId document, String frame) {
    enqueue(new Item(Optional.of(document), frame));
  }

  /** Sends what somebody shows, which may be dropped. */
  void presence(Object key, String frame) {
    enqueue(new Item(Optional.empty(), frame));
  }

  private void enqueue(Item item) {
    boolean overflow;
    long dropped = 0;
    long left;
    synchronized (lock) {
      if (closed) {
        return;
      }
      queue.add(item);
      queued += item.frame().length();
      if (queued > limit) {
        long before = queue.size();
        dropBroadcasts();
        dropped = before - queue.size();
      }
      overflow = queued > limit;
      left = queued;
    }
    if (dropped > 0) {
      watcher.shed(left, dropped);
    }
    if (overflow) {
      close(TOO_SLOW);
      watcher.tooSlow(left);
    } else {
      drain();
    }
  }

  /** Drops broadcasts but the newest of each document and the oldest ones, up to half the limit. */
  private void dropBroadcasts() {
    Set<DocumentId> newer = new HashSet<>();
    Set<Item> old = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Iterator<Item> items = queue.descendingIterator(); items.hasNext(); ) {
      Item item = items.next();
      if (item.document().isPresent() && !newer.add(item.document().get())) {
        old.add(item);
        queued -= item.frame().length();
      }
    }
    Set<DocumentId> interrupted = new HashSet<>();
    for (Iterator<Item> items = queue.iterator(); items.hasNext(); ) {
      Item item = items.next();
      if (old.contains(item)) {
        DocumentId document = item.document().orElseThrow();
        if (queued + item.frame().length() <= limit / 2 && !interrupted.contains(document)) {
          queued += item.frame().length();
        } else {
          interrupted.add(document);
          items.remove();
        }
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
      try {
        handOver();
      } catch (RuntimeException e) {
        LOGGER.log(Level.WARNING, "a connection failed and is closed", e);
        close(CloseReason.ABNORMAL);
      }
      seen = drains.addAndGet(-seen);
    } while (seen != 0);
  }

  private void handOver() {
    while (connection.queued() < CONNECTION_ROOM) {
      Optional<String> frame = poll();
      if (frame.isEmpty()) {
        return;
      }
      connection.send(frame.get());
    }
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

  /** Closes the connection; what is queued is forgotten, and nothing is sent any more. */
  void close(CloseReason reason) {
    synchronized (lock) {
      closed = true;
      queue.clear();
      queued = 0;
    }
    try {
      connection.close(reason);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "a connection could not be closed", e);
    }
  }

  private record Item(Optional<DocumentId> document, String frame) {}
}
