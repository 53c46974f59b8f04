package dev.collab.server.log;

import dev.collab.document.Document;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentUnloaded;

/**
 * Is told of the life of a host. Must not throw.
 *
 * <p>Confined: its {@link LogHost} calls it on its executor.
 */
public interface HostListener {

  /** The log is asked for and begins to load. */
  default void loading() {}

  /** It is there. */
  default void loaded(Document document) {}

  /** It cannot be loaded; the host is given up. */
  default void notLoaded(WireError error) {}

  /** What was loaded is given up. */
  default void unloaded(Document document, DocumentUnloaded.Reason reason) {}

  /** The history was replaced by one of another epoch. */
  default void replaced(long previous, long current) {}
}
