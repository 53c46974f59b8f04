package dev.collab.server.presence;

import dev.collab.coordinator.Leases;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The lease of this server: what it sets is gone when it dies. If the lease expires all the same,
 * the server takes another one, under another name, and sets everything again. It also names the
 * server to the others, and numbers what it tells them.
 *
 * <p>Thread-safe.
 */
final class NodeLease {

  private static final Logger LOGGER = System.getLogger(NodeLease.class.getName());

  private final ServerContext context;
  private final Duration duration;
  private final String node;
  private final Retry retry;
  private final AtomicLong numbers = new AtomicLong();
  private final List<Runnable> renewed = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private long incarnation;
  private boolean taken;
  private boolean started;
  private boolean closed;

  NodeLease(ServerContext context) {
    this.context = context;
    this.duration = PresencePace.of(context.presence()).nodeLease();
    this.node = Long.toHexString(context.random().nextLong());
    this.retry = new Retry(context.scheduler(), context.random());
  }

  /** Returns how the others know this server, whichever lease it has. */
  String holder() {
    return node;
  }

  /** Returns the number of the next thing that the others are told. */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /** Has a task run whenever another lease was taken; what was set under the old one is gone. */
  void whenTaken(Runnable task) {
    renewed.add(task);
    synchronized (lock) {
      if (started) {
        return;
      }
      started = true;
    }
    renew();
  }

  void forget(Runnable task) {
    renewed.remove(task);
  }

  /** Returns the name under which values are set, or null as long as there is no lease. */
  @Nullable String owner() {
    synchronized (lock) {
      return taken && !closed ? name() : null;
    }
  }

  private String name() {
    return node + "-" + incarnation;
  }

  /** The lease turned out to be gone. */
  void lost(String owner) {
    synchronized (lock) {
      if (closed || !taken || !name().equals(owner)) {
        return;
      }
      taken = false;
      incarnation++;
    }
    LOGGER.log(Level.WARNING, "the lease of this server has expired; it takes another one");
    renew();
  }

  private void renew() {
    String owner;
    synchronized (lock) {
      if (closed) {
        return;
      }
      owner = name();
    }
    Leases leases = context.coordinator().leases();
    Calls.attempt(() -> leases.renew(owner, duration))
        .whenComplete((alive, failure) -> context.pool().execute(() -> answered(owner, alive)));
  }

  private void answered(String owner, @Nullable Boolean alive) {
    if (alive == null) { // unknown: the same call again
      synchronized (lock) {
        if (!closed && name().equals(owner)) {
          retry.failed(this::renew);
        }
      }
      return;
    }
    if (!alive) {
      notAlive(owner);
      return;
    }
    boolean first;
    synchronized (lock) {
      if (closed || !name().equals(owner)) {
        return;
      }
      retry.succeeded();
      first = !taken;
      taken = true;
    }
    context.scheduler().schedule(duration.dividedBy(3), () -> renewIf(owner));
    if (first) {
      renewed.forEach(Runnable::run);
    }
  }

  private void renewIf(String owner) {
    boolean current;
    synchronized (lock) {
      current = taken && name().equals(owner);
    }
    if (current) {
      renew();
    }
  }

  private void notAlive(String owner) {
    synchronized (lock) {
      if (closed || !name().equals(owner)) {
        return;
      }
      if (!taken) { // a name that was used up before
        incarnation++;
        retry.failed(this::renew);
        return;
      }
    }
    lost(owner);
  }

  void close() {
    String owner = owner();
    synchronized (lock) {
      closed = true;
    }
    if (owner != null) {
      Calls.attempt(() -> context.coordinator().leases().release(owner))
          .whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  LOGGER.log(Level.DEBUG, "the lease expires by itself", failure);
                }
              });
    }
  }
}
