package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.WireError;
import java.util.Optional;

/**
 * A submission that waits for its decision, and how its author is told. Exactly one of the answers
 * is given, on the executor of the host that has the log then.
 *
 * @param <A> the audience that its author may belong to
 */
public interface PendingSubmission<A extends Audience> {

  /** Returns who made it; the audience leaves this one out when it hears of the entry. */
  Object origin();

  /** Returns what is submitted. */
  Submission submission();

  /**
   * Says that it stands in the log.
   *
   * @param baseRevision the revision that its entry was committed to
   * @param entry its entry, unless that is no longer at hand
   * @param document what the log amounts to now, at the entry or behind it
   * @param audience the log's audience
   */
  void acknowledged(
      long baseRevision, Optional<CommittedOperation> entry, Document document, A audience);

  /** Says that it is refused. */
  void failed(WireError error);

  /** Says that its author has to resync. */
  void stale(Fate fate, Document document);
}
