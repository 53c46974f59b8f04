package dev.collab.server.control;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.log.PendingSubmission;
import java.util.concurrent.CompletableFuture;

/**
 * An event on its way into the control log.
 *
 * @param submission the event
 * @param done completes when it is there
 * @param again submits it under another number, if this server's submissions are forgotten; an
 *     event that is told twice does no harm
 */
record ControlSubmission(Submission submission, CompletableFuture<Void> done, Runnable again)
    implements PendingSubmission<ControlAudience> {

  @Override
  public Object origin() {
    return this;
  }

  @Override
  public void committed(CommittedOperation entry, Document document, ControlAudience audience) {
    done.complete(null);
  }

  @Override
  public void duplicate(long baseRevision, Document document, ControlAudience audience) {
    done.complete(null);
  }

  @Override
  public void refused(WireError error, ControlAudience audience) {
    failed(error);
  }

  @Override
  public void stale(Fate fate, Document document, ControlAudience audience) {
    again.run();
  }

  @Override
  public void failed(WireError error) {
    done.completeExceptionally(new ProtocolException(error.code(), error.message()));
  }
}
