package dev.collab.server.runtime;

import dev.collab.server.access.Broadcast;
import dev.collab.server.access.BroadcastFilter;
import dev.collab.server.access.Caller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The application's filter, which lets nothing through when it fails.
 *
 * <p>Thread-safe.
 *
 * @param filter the application's
 */
public record GuardedFilter(BroadcastFilter filter) {

  private static final Logger LOGGER = System.getLogger(GuardedFilter.class.getName());

  /** Tells whether there is nothing to ask. */
  public boolean isOpen() {
    return filter == BroadcastFilter.ALL;
  }

  /** Tells whether a client is told of something. */
  public boolean delivers(Caller recipient, Broadcast what) {
    try {
      return filter.delivers(recipient, what);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      LOGGER.log(
          Level.WARNING,
          "the broadcast filter failed, so that nothing is delivered: {0}",
          e.getClass().getName());
      return false;
    }
  }
}
