package dev.collab.server.chat;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.WireError;
import dev.collab.server.log.PendingSubmission;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the server itself submits: nobody waits for the answer. */
record ServerSubmission(Submission submission) implements PendingSubmission<RoomAudience> {

  private static final Logger LOGGER = System.getLogger(ServerSubmission.class.getName());

  @Override
  public Object origin() {
    return this;
  }

  @Override
  public void committed(CommittedOperation entry, Document document, RoomAudience audience) {
    // whoever listens was told of the entry
  }

  @Override
  public void duplicate(long baseRevision, Document document, RoomAudience audience) {
    // whoever listens was told of the entry
  }

  @Override
  public void refused(WireError error, RoomAudience audience) {
    failed(error);
  }

  @Override
  public void failed(WireError error) {
    LOGGER.log(Level.DEBUG, "a submission of the server was refused: {0}", error.code());
  }

  @Override
  public void stale(Fate fate, Document document, RoomAudience audience) {
    LOGGER.log(Level.DEBUG, "a submission of the server came too late: {0}", fate);
  }
}
