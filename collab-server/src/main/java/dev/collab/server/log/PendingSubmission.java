package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Correction;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.WireError;

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

  /** Returns what more is to happen if it is accepted. */
  default Correction correction() {
    return Correction.NONE;
  }

  /**
   * Says that it stands in the log now.
   *
   * @param entry its entry
   * @param document what the log amounts to with it
   * @param audience the log's audience, which has been told of the entry
   */
  void committed(CommittedOperation entry, Document document, A audience);

  /**
   * Says that it stood in the log already.
   *
   * @param baseRevision the revision that its entry was committed to
   * @param document what the log amounts to now
   * @param audience the log's audience
   */
  void duplicate(long baseRevision, Document document, A audience);

  /** Says that it was decided that it does not fit. */
  void refused(WireError error, A audience);

  /** Says that its author has to resync. */
  void stale(Fate fate, Document document, A audience);

  /** Says that it could not be decided. */
  void failed(WireError error);
}
