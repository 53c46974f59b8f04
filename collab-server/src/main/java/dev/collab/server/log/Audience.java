package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.server.observe.DocumentUnloaded;
import java.util.Optional;

/**
 * Who hears of a log's entries. Each protocol on top of logs has its own.
 *
 * <p>Confined: its {@link LogHost} calls it on its executor.
 */
public interface Audience {

  /** Tells whether nobody listens; as long as somebody does, the host stays. */
  boolean isEmpty();

  /** Returns how many listen. */
  int size();

  /**
   * Tells everybody of an entry, but the origin: that one gets an answer to its submission.
   *
   * @param entry the entry
   * @param after what it leads to
   * @param origin who submitted it here, if anybody did
   */
  void tell(CommittedOperation entry, Document after, Optional<Object> origin);

  /**
   * Makes everybody come back and compare what they have with what stands.
   *
   * @param reason whether the history was replaced, or is another one for no good reason
   */
  void restart(DocumentUnloaded.Reason reason);
}
