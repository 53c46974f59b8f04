package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import dev.collab.server.log.PendingSubmission;
import dev.collab.server.observe.Resync;
import java.time.Instant;

/**
 * A submission to a document.
 *
 * <p>Immutable.
 *
 * @param session who made it
 * @param request what was sent, for the echo in an error
 * @param submission what it means
 * @param correction what more is to happen if it is accepted
 * @param received when it came
 */
record DocumentSubmission(
    DocumentSession session,
    SubmitRequest request,
    Submission submission,
    Corrections correction,
    Instant received)
    implements PendingSubmission<DocumentAudience> {

  @Override
  public Object origin() {
    return session;
  }

  @Override
  public void committed(CommittedOperation entry, Document document, DocumentAudience audience) {
    acknowledge(entry.baseRevision(), document, audience);
    audience.events().committed(submission, received, entry);
    correction.report(entry, audience.events());
  }

  @Override
  public void duplicate(long baseRevision, Document document, DocumentAudience audience) {
    acknowledge(baseRevision, document, audience);
  }

  /** Acknowledges it behind the entries that the author may lack; if they are gone, it resyncs. */
  private void acknowledge(long baseRevision, Document document, DocumentAudience audience) {
    if (audience.catchUp(this, baseRevision, document)) {
      session.decided(
          request,
          ServerMessage.Committed.acknowledgement(
              request.collection(),
              request.document(),
              baseRevision,
              session.secret(),
              request.sequence()));
    } else {
      stale(Fate.COMMITTED, document, audience);
    }
  }

  @Override
  public void refused(WireError error, DocumentAudience audience) {
    failed(error);
    audience.events().refused(session.clientId(), error);
  }

  @Override
  public void stale(Fate fate, Document document, DocumentAudience audience) {
    session.decided(
        request,
        ErrorReply.of(
                request.request(),
                new WireError(
                    ErrorCodes.OPERATIONS_NOT_FOUND,
                    "entries behind revision " + request.version().orElse(0) + " are gone"))
            .withFate(fate)
            .withSnapshot(DocumentStates.of(document)));
    audience.events().resync(session, Resync.Reason.TOO_FAR_BEHIND);
  }

  @Override
  public void failed(WireError error) {
    session.decided(request, ErrorReply.of(request.request(), error));
  }
}
