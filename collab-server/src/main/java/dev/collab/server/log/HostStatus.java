package dev.collab.server.log;

import dev.collab.document.Document;
import dev.collab.server.observe.DocumentStatus.State;
import java.util.Optional;

/**
 * How a log was served at the end of its executor's last turn.
 *
 * <p>Immutable.
 *
 * @param state how far it is
 * @param document what it amounts to, if it is loaded
 * @param lag by how many entries the log is known to be ahead
 * @param listeners how many hear of its entries
 * @param waiting how many submissions are not decided, or requests wait for it to be loaded
 * @param keptUnits what the kept entries hold, in UTF-16 code units, about
 */
public record HostStatus(
    State state,
    Optional<Document> document,
    long lag,
    int listeners,
    int waiting,
    long keptUnits) {

  /** Returns the status of a log that is not loaded. */
  static HostStatus notServed(State state, int waiting) {
    return new HostStatus(state, Optional.empty(), 0, 0, waiting, 0);
  }

  /** Returns the status of a log that is served. */
  static HostStatus served(CommitPipeline<?> pipeline, int listeners, KeptWeight kept) {
    return new HostStatus(
        State.LOADED,
        Optional.of(pipeline.committed()),
        pipeline.lag(),
        listeners,
        pipeline.waitingSubmissions(),
        kept.units());
  }
}
