package dev.collab.server.runtime;

import dev.collab.conflict.ConflictStrategy;
import dev.collab.conflict.KeepBoth;
import dev.collab.document.DocumentId;
import dev.collab.server.access.ConflictListener;
import java.util.function.Function;

/**
 * What the application wants to happen in conflicts.
 *
 * @param strategies the strategy of each document
 * @param listener who is told of conflicts
 */
public record ConflictPolicy(
    Function<DocumentId, ConflictStrategy> strategies, ConflictListener listener) {

  /** Both sides stay, and nobody is told. */
  public static final ConflictPolicy DEFAULT =
      new ConflictPolicy(id -> KeepBoth.SILENT, (document, revision, conflict) -> {});
}
