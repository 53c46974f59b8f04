package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What accompanies one loaded log, at most one of a class. One that fails harms neither the log nor
 * the others.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Attachments {

  private static final Logger LOGGER = System.getLogger(Attachments.class.getName());

  private final String key;
  private final Map<Class<?>, Attachment> all = new LinkedHashMap<>();

  Attachments(String key) {
    this.key = key;
  }

  <T extends Attachment> T get(Class<T> type, Supplier<T> make) {
    return type.cast(all.computeIfAbsent(type, missing -> make.get()));
  }

  boolean isInUse() {
    return all.values().stream().anyMatch(Attachment::isInUse);
  }

  void committed(CommittedOperation entry, Document before, Document after) {
    for (Attachment attachment : List.copyOf(all.values())) {
      try {
        attachment.committed(entry, before, after);
      } catch (RuntimeException | Error e) {
        LOGGER.log(
            Level.ERROR, "entry " + entry.revision() + " of " + key + " was not passed on", e);
      }
    }
  }

  void end() {
    for (Attachment attachment : all.values()) {
      try {
        attachment.ended();
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.ERROR, "something that accompanied " + key + " failed to end", e);
      }
    }
    all.clear();
  }
}
