package dev.collab.server.document;

import dev.collab.document.DocumentId;
import java.util.Optional;

/**
 * Where the hosts of documents are found.
 *
 * <p>Thread-safe.
 */
public interface HostDirectory {

  /** Returns the document's host, made if there is none. */
  DocumentHost host(DocumentId id);

  /** Returns the document's host if there is one. */
  Optional<DocumentHost> existing(DocumentId id);

  /** Forgets a host that serves its document no longer. */
  void retire(DocumentId id, DocumentHost host);
}
