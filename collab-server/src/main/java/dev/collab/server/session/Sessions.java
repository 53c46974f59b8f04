package dev.collab.server.session;

import dev.collab.document.ClientId;
import dev.collab.server.access.Caller;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The open sessions of a server. A client has one: a newer session closes the older one.
 *
 * <p>Thread-safe.
 */
public final class Sessions {

  /** In the order of their opening, so that a simulation repeats itself. */
  private final Set<Session> open = Collections.synchronizedSet(new LinkedHashSet<>());

  private final Object lock = new Object();
  private final Map<ClientId, Session> byClient = new HashMap<>();
  private final Map<String, Set<Session>> byPrincipal = new HashMap<>();
  private final QueueBudget budget;
  private volatile Consumer<Session> whenReady = session -> {};
  private final int maxConnections;
  private final AtomicLong lastNumber = new AtomicLong();

  public Sessions(ServerLimits limits) {
    this.budget = new QueueBudget(limits.delivery().maxQueuedTotal());
    this.maxConnections = limits.maxConnections();
  }

  QueueBudget budget() {
    return budget;
  }

  /** Returns how much waits for all connections together. */
  public long queued() {
    return budget.used();
  }

  /** Returns the number of the next session. */
  long nextNumber() {
    return lastNumber.incrementAndGet();
  }

  /** Has somebody look at each client that is let in. */
  public void whenReady(Consumer<Session> look) {
    whenReady = look;
  }

  public void opened(Session session) {
    open.add(session);
  }

  /**
   * Notes who a session is.
   *
   * @return false if its principal has as many as it may, the client's older one not counted
   */
  boolean add(Session session, Caller caller) {
    Session older;
    synchronized (lock) {
      older = byClient.get(caller.client());
      if (!caller.isAnonymous()) {
        Set<Session> others =
            byPrincipal.computeIfAbsent(caller.principal(), name -> new HashSet<>());
        if (others.size() - (others.contains(older) ? 1 : 0) >= maxConnections) {
          return false;
        }
        others.remove(older);
        others.add(session);
      }
      byClient.put(caller.client(), session);
    }
    if (older != null && older != session) {
      older.close(Session.REPLACED);
    }
    return true;
  }

  /** A client was let in, and its session knows who it is. */
  void ready(Session session) {
    whenReady.accept(session);
  }

  void remove(Session session) {
    open.remove(session);
    session.knownIdentity().ifPresent(identity -> remove(session, identity.caller()));
  }

  private void remove(Session session, Caller caller) {
    synchronized (lock) {
      byClient.remove(caller.client(), session);
      Set<Session> others = byPrincipal.get(caller.principal());
      if (others != null && others.remove(session) && others.isEmpty()) {
        byPrincipal.remove(caller.principal());
      }
    }
  }

  /** Returns the open sessions, in the order of their opening. */
  public List<Session> all() {
    synchronized (open) {
      return List.copyOf(open);
    }
  }

  public void closeAll(CloseReason reason) {
    all().forEach(session -> session.close(reason));
  }
}
