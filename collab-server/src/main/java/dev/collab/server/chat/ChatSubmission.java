package dev.collab.server.chat;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ChatSubmitRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.log.PendingSubmission;

/**
 * An event that a session wants to happen in a room.
 *
 * <p>Immutable.
 *
 * @param session who wants it
 * @param request what was sent, for the echo in an error
 * @param submission what it means
 * @param rooms where rooms are created
 */
record ChatSubmission(
    ChatSession session, ChatSubmitRequest request, Submission submission, ChatRooms rooms)
    implements PendingSubmission<RoomAudience>, LogRequest<RoomAudience> {

  @Override
  public void run(Loaded<RoomAudience> log) {
    if (log.document().content().isEmpty()) {
      log.submit(new ServerSubmission(rooms.creation()));
    }
    log.submit(this);
  }

  @Override
  public void fail(WireError error) {
    failed(error);
  }

  @Override
  public boolean isPatient() {
    return true;
  }

  @Override
  public Object origin() {
    return session;
  }

  @Override
  public void committed(CommittedOperation entry, Document document, RoomAudience audience) {
    acknowledge(entry.baseRevision(), document);
    session.committed(request, entry.baseRevision());
  }

  @Override
  public void duplicate(long baseRevision, Document document, RoomAudience audience) {
    acknowledge(baseRevision, document);
  }

  private void acknowledge(long baseRevision, Document document) {
    session.decided(
        request,
        new ChatNotice.Acknowledged(
            request.room(),
            request.sequence(),
            baseRevision,
            RoomEntries.event(document, baseRevision)));
  }

  @Override
  public void refused(WireError error, RoomAudience audience) {
    failed(error);
  }

  @Override
  public void failed(WireError error) {
    session.decided(request, ErrorReply.of(request.request(), error));
  }

  @Override
  public void stale(Fate fate, Document document, RoomAudience audience) {
    failed(
        new WireError(
            ErrorCodes.OPERATIONS_NOT_FOUND, "it is not known any more what became of it"));
  }
}
