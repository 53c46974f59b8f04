package dev.collab.server.session;

import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one connection is subscribed to, or about to be: documents, channels of presences and chat
 * rooms, of which there is a limit for all of them together.
 *
 * <p>Thread-safe.
 */
public final class Subscriptions {

  private final int limit;
  private final Set<Resource> all = new LinkedHashSet<>();

  /**
   * Creates the empty set.
   *
   * @param limit how many there may be
   */
  public Subscriptions(int limit) {
    this.limit = limit;
  }

  /** Tells whether a subscription is there or may be added. */
  public boolean admits(Resource resource) {
    synchronized (all) {
      return all.contains(resource) || all.size() < limit;
    }
  }

  /** Adds a subscription unless it is there; returns false if there are too many for that. */
  public boolean add(Resource resource) {
    synchronized (all) {
      return all.contains(resource) || (all.size() < limit && all.add(resource));
    }
  }

  /** Removes a subscription; returns whether it was there. */
  public boolean remove(Resource resource) {
    synchronized (all) {
      return all.remove(resource);
    }
  }

  public boolean contains(Resource resource) {
    synchronized (all) {
      return all.contains(resource);
    }
  }

  /** Returns those of a kind, in the order in which they were added. */
  public List<Resource> of(Resource.Kind kind) {
    synchronized (all) {
      return all.stream().filter(resource -> resource.kind() == kind).toList();
    }
  }

  /** Returns what is told to a client that wants more. */
  public WireError tooMany() {
    return new WireError(
        ErrorCodes.TOO_MANY_SUBSCRIPTIONS, "more than " + limit + " subscriptions");
  }
}
