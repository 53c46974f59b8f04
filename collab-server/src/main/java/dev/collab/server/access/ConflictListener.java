package dev.collab.server.access;

import dev.collab.conflict.ReportedConflict;
import dev.collab.document.DocumentId;

/**
 * Is told of the conflicts that a strategy has found, with what both sides have written. Once for
 * each conflict of a submission that was committed, by the server that it came to; not if the
 * submission is sent again. If that server dies right behind the commit, nobody is told: it is a
 * notice, the log holds what happened.
 *
 * <p>It is called while the document waits, so it must not block. What it throws is logged and
 * disturbs nobody.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConflictListener {

  /**
   * There was a conflict.
   *
   * @param document where
   * @param revision the document's revision behind the later side
   * @param conflict both sides and the outcome
   */
  void conflict(DocumentId document, long revision, ReportedConflict conflict);
}
