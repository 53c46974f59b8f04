package dev.collab.server.session;

import dev.collab.document.ClientId;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Map<ClientId, Session> byClient = new ConcurrentHashMap<>();
  private final QueueBudget budget;
  private volatile Consumer<Session> whenReady = session -> {};

  public Sessions(ServerLimits limits) {
    this.budget = new QueueBudget(limits.delivery().maxQueuedTotal());
  }

  QueueBudget budget() {
    return budget;
  }

  /** Returns how much waits for all connections together. */
  public long queued() {
    return budget.used();
  }

  private final AtomicLong lastNumber = new AtomicLong();

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

  /** Notes who a session is. */
  void add(Session session) {
    ClientId client = session.identity().clientId();
    Session older = byClient.put(client, session);
    if (older != null && older != session) {
      older.close(Session.REPLACED);
    }
    whenReady.accept(session);
  }

  void remove(Session session) {
    open.remove(session);
    session.knownIdentity().ifPresent(identity -> byClient.remove(identity.clientId(), session));
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
