package dev.collab.server.document;

import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import java.time.Instant;

/**
 * A submission that waits for its decision, and how its author is told.
 *
 * <p>Immutable.
 *
 * @param session who made it
 * @param request what was sent, for the echo in an error
 * @param submission what it means
 * @param received when it came
 */
record PendingSubmission(
    DocumentSession session, SubmitRequest request, Submission submission, Instant received) {

  /** Says that it stands in the log, at this base revision. */
  void acknowledged(long baseRevision) {
    session.decided(
        ServerMessage.Committed.acknowledgement(
            request.collection(),
            request.document(),
            baseRevision,
            session.secret(),
            request.sequence()));
  }

  /** Says that it is refused. */
  void failed(WireError error) {
    session.decided(ErrorReply.of(request.request(), error));
  }

  /** Says that its author has to resync. */
  void stale(Fate fate, Document document) {
    session.decided(
        ErrorReply.of(
                request.request(),
                new WireError(
                    ErrorCodes.OPERATIONS_NOT_FOUND,
                    "entries behind revision " + request.version().orElse(0) + " are gone"))
            .withFate(fate)
            .withSnapshot(DocumentStates.of(document)));
  }
}
