package dev.collab.server.document;

import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.server.log.Footprint;
import dev.collab.server.log.HostStatus;
import dev.collab.server.observe.DocumentStatus;

/** What others may know of a document that is served. */
public final class DocumentLook {

  private DocumentLook() {}

  /** Returns how a document is served. Asks its type for its size, so that the host need not. */
  public static DocumentStatus status(DocumentId id, HostStatus host) {
    DocumentStatus.Builder status =
        DocumentStatus.builder(id)
            .state(host.state())
            .lag(host.lag())
            .subscribers(host.listeners())
            .waitingSubmissions(host.waiting());
    host.document().ifPresent(document -> describe(id, document, host.keptUnits(), status));
    return status.build();
  }

  private static void describe(
      DocumentId id, Document document, long keptUnits, DocumentStatus.Builder status) {
    Footprint footprint = Footprint.of(id, document, keptUnits);
    status
        .epoch(document.epoch())
        .revision(document.revision())
        .keptEntries(document.revision() - document.base())
        .size(footprint.size())
        .memory(footprint.memory());
  }
}
