package dev.collab.server.log;

import dev.collab.document.Document;
import dev.collab.protocol.WireError;
import java.util.OptionalLong;

/**
 * Answers a submission that is sent again and refused now: it was permitted when it was sent for
 * the first time, and may stand in the log since.
 *
 * @param <A> the audience that its author may belong to
 * @param submission what is sent again
 * @param refusal the answer if it does not stand there
 */
public record Recognition<A extends Audience>(PendingSubmission<A> submission, WireError refusal)
    implements LogRequest<A> {

  @Override
  public void run(Loaded<A> log) {
    if (!log.isCaughtUp()) {
      log.catchUp();
      return;
    }
    Document document = log.document();
    OptionalLong entry = document.find(submission.submission().id());
    if (entry.isPresent()) {
      submission.duplicate(entry.getAsLong(), document, log.audience());
    } else {
      submission.refused(refusal, log.audience());
    }
  }

  @Override
  public void fail(WireError error) {
    submission.failed(error);
  }

  @Override
  public boolean isPatient() {
    return true;
  }
}
