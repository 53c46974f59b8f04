package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;

/**
 * Something that accompanies a loaded log, such as the presences in a document. It comes to be by
 * {@link Loaded#attachment}.
 *
 * <p>Confined: its {@link LogHost} calls it on its executor.
 */
public interface Attachment {

  /** Tells whether the host must stay for its sake. */
  boolean isInUse();

  /**
   * Hears of an entry, in order, after the audience and the entry's author have been told.
   *
   * @param entry the entry
   * @param before the document that it was committed to
   * @param after the document that it leads to
   */
  void committed(CommittedOperation entry, Document before, Document after);

  /** The host serves its log no longer, nothing comes any more. The next host begins without it. */
  void ended();
}
