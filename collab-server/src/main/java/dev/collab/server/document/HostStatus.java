package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.server.observe.DocumentStatus;
import dev.collab.server.observe.DocumentStatus.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * How one document is served, as others may see it at any time. What is published is little; what
 * costs something is left to whoever asks.
 *
 * <p>Confined, but for {@link #now}: callers must serialise calls.
 */
final class HostStatus {

  private static final Logger LOGGER = System.getLogger(HostStatus.class.getName());
  private static final int BYTES_PER_UNIT = 2;

  private record Published(
      State state,
      Optional<Document> document,
      long lag,
      int subscribers,
      int waitingSubmissions,
      long keptUnits) {

    static Published notServed(State state, int waiting) {
      return new Published(state, Optional.empty(), 0, 0, waiting, 0);
    }
  }

  private final DocumentId id;
  private KeptWeight kept = new KeptWeight();
  private volatile Published published = Published.notServed(State.NEW, 0);

  HostStatus(DocumentId id) {
    this.id = id;
  }

  void loaded(Document document) {
    kept = new KeptWeight();
    document.since(document.base()).forEach(kept::add);
  }

  void committed(CommittedOperation entry) {
    kept.add(entry);
  }

  /** Publishes how the document is while it is not served. */
  void publish(State state, int waiting) {
    published = Published.notServed(state, waiting);
  }

  /** Publishes how the document is served. */
  void publish(CommitPipeline pipeline, int subscribers) {
    Document document = pipeline.committed();
    kept.trimmedTo(document.base());
    published =
        new Published(
            State.LOADED,
            Optional.of(document),
            pipeline.lag(),
            subscribers,
            pipeline.waitingSubmissions(),
            kept.units());
  }

  /** Returns what was published last, on any thread. */
  DocumentStatus now() {
    Published last = published;
    DocumentStatus.Builder status =
        DocumentStatus.builder(id)
            .state(last.state())
            .lag(last.lag())
            .subscribers(last.subscribers())
            .waitingSubmissions(last.waitingSubmissions());
    last.document().ifPresent(document -> describe(document, last.keptUnits(), status));
    return status.build();
  }

  private void describe(Document document, long keptUnits, DocumentStatus.Builder status) {
    long size = size(document);
    status
        .epoch(document.epoch())
        .revision(document.revision())
        .keptEntries(document.revision() - document.base())
        .size(size)
        .memory(BYTES_PER_UNIT * (size + keptUnits));
  }

  private long size(Document document) {
    try {
      return DocumentStates.size(document);
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.WARNING, "the size of " + id + " is not known", e);
      return 0;
    }
  }
}
