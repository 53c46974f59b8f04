package dev.collab.server.log;

import dev.collab.document.Document;
import dev.collab.server.observe.DocumentStatus.State;
import java.time.Instant;
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
 * @param use when it was used, and whether it is
 */
public record HostStatus(
    State state,
    Optional<Document> document,
    long lag,
    int listeners,
    int waiting,
    long keptUnits,
    Use use) {

  /**
   * Whether a log is used.
   *
   * @param at when it was asked for something, or last seen in use
   * @param lasts whether it has to stay
   */
  public record Use(Instant at, boolean lasts) {}

  /** Returns the status of a log that is not loaded. */
  static HostStatus notServed(State state, int waiting, Instant usedAt) {
    return new HostStatus(state, Optional.empty(), 0, 0, waiting, 0, new Use(usedAt, true));
  }

  /** Returns the status of a log that is served. */
  static HostStatus served(CommitPipeline<?> pipeline, int listeners, KeptWeight kept, Use use) {
    return new HostStatus(
        State.LOADED,
        Optional.of(pipeline.committed()),
        pipeline.lag(),
        listeners,
        pipeline.waitingSubmissions(),
        kept.units(),
        use);
  }
}
