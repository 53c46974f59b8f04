package dev.collab.server.permission;

import dev.collab.protocol.Permission;
import dev.collab.server.access.Resource;

/**
 * A part of a session that goes on giving a client what it was once permitted, such as a
 * subscription.
 *
 * <p>Thread-safe.
 */
public interface Holder {

  /** Tells whether something goes on that needs a permission. */
  boolean holds(Resource resource);

  /**
   * Ends what is permitted no longer.
   *
   * @param resource what the permission is about
   * @param permission what the client may do
   * @param ended to be run, once, when nothing of it reaches the client any more
   */
  void changed(Resource resource, Permission permission, Runnable ended);
}
