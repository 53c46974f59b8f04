package dev.collab.server.document;

import dev.collab.document.DocumentId;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.observe.Resync;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads a document for a session, which may stay subscribed. Nothing is read before little waits
 * for the session's client, and a long catch-up goes on as the client takes it.
 *
 * @param version the revision the reader has, if any
 * @param subscribe whether the session hears of later entries
 * @param outcome is told on the host's executor, after entries that the reader lacks were sent;
 *     never of a part
 */
record DocumentRead(
    DocumentSession session,
    DocumentId document,
    OptionalLong version,
    boolean subscribe,
    Consumer<ReadOutcome> outcome)
    implements LogRequest<DocumentAudience> {

  @Override
  public void run(Loaded<DocumentAudience> log) {
    if (!session.hasRoom()) {
      goOn(version);
    } else if (!log.isCaughtUp() && version.orElse(0) > log.document().revision()) {
      log.catchUp();
    } else {
      read(log);
    }
  }

  private void read(Loaded<DocumentAudience> log) {
    ReadOutcome read = log.audience().read(session, version, subscribe, log.document());
    if (read instanceof ReadOutcome.Partly partly) {
      goOn(OptionalLong.of(partly.revision()));
      return;
    }
    outcome.accept(read);
    if (read instanceof ReadOutcome.TooFarBehind) {
      log.audience().events().resync(session, Resync.Reason.TOO_FAR_BEHIND);
    }
  }

  private void goOn(OptionalLong from) {
    DocumentRead rest = new DocumentRead(session, document, from, subscribe, outcome);
    session.whenRoom(() -> session.host(document).whenLoaded(rest));
  }

  @Override
  public void fail(WireError error) {
    outcome.accept(new ReadOutcome.Failed(error));
  }
}
