package dev.collab.server.control;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Payload;
import dev.collab.server.log.Audience;
import dev.collab.server.log.HostListener;
import dev.collab.server.observe.DocumentUnloaded;
import java.util.Optional;

/**
 * Hands on what the control log's host tells, which is never without somebody to tell.
 *
 * <p>Confined: its host calls it on its executor.
 */
final class ControlAudience implements Audience, HostListener {

  private final ControlLog log;

  ControlAudience(ControlLog log) {
    this.log = log;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void loaded(Document document) {
    log.loaded(document);
  }

  @Override
  public void tell(CommittedOperation entry, Document after, Optional<Object> origin) {
    if (entry.payload() instanceof Payload.Edit<?> edit
        && edit.operation() instanceof ControlOperation operation) {
      log.happened(operation, after);
    }
  }

  @Override
  public void restart(DocumentUnloaded.Reason reason) {
    log.reopen();
  }
}
