package dev.collab.server.document;

import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.observe.Resync;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads a document for a session, which may stay subscribed.
 *
 * @param version the revision the reader has, if any
 * @param subscribe whether the session hears of later entries
 * @param outcome is told on the host's executor, after entries that the reader lacks were sent
 */
record DocumentRead(
    DocumentSession session, OptionalLong version, boolean subscribe, Consumer<ReadOutcome> outcome)
    implements LogRequest<DocumentAudience> {

  @Override
  public void run(Loaded<DocumentAudience> log) {
    if (!log.isCaughtUp() && version.orElse(0) > log.document().revision()) {
      log.catchUp();
    } else {
      ReadOutcome read = log.audience().read(session, version, subscribe, log.document());
      outcome.accept(read);
      if (read instanceof ReadOutcome.TooFarBehind) {
        log.audience().events().resync(session, Resync.Reason.TOO_FAR_BEHIND);
      }
    }
  }

  @Override
  public void fail(WireError error) {
    outcome.accept(new ReadOutcome.Failed(error));
  }
}
