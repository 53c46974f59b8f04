package dev.collab.server.document;

import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.server.log.HostStatus;
import dev.collab.server.observe.DocumentStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What others may know of a document that is served. */
public final class DocumentLook {

  private static final Logger LOGGER = System.getLogger(DocumentLook.class.getName());
  private static final int BYTES_PER_UNIT = 2;

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
    long size = size(id, document);
    status
        .epoch(document.epoch())
        .revision(document.revision())
        .keptEntries(document.revision() - document.base())
        .size(size)
        .memory(BYTES_PER_UNIT * (size + keptUnits));
  }

  private static long size(DocumentId id, Document document) {
    try {
      return DocumentStates.size(document);
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.WARNING, "the size of " + id + " is not known", e);
      return 0;
    }
  }
}
