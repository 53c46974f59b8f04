package dev.collab.server.flight;

import dev.collab.document.DocumentId;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.SlowConsumer;

/**
 * Hands events to the flight recorder. While nobody records, an event costs the look whether
 * somebody does.
 *
 * <p>Thread-safe.
 */
final class FlightListener implements ServerListener {

  @Override
  public void operationCommitted(OperationCommitted event) {
    FlightEvents.Committed recorded = new FlightEvents.Committed();
    if (recorded.isEnabled()) {
      recorded.document = name(event.document());
      recorded.client = event.operation().client().value();
      recorded.kind = event.kind().name();
      recorded.revision = event.revision();
      recorded.transformCount = event.transformCount();
      recorded.latency = event.latency().toNanos();
      recorded.weight = event.weight();
      recorded.commit();
    }
  }

  @Override
  public void operationRejected(OperationRejected event) {
    FlightEvents.Rejected recorded = new FlightEvents.Rejected();
    if (recorded.isEnabled()) {
      recorded.document = name(event.document());
      recorded.client = event.client().value();
      recorded.code = event.code();
      recorded.commit();
    }
  }

  @Override
  public void resync(Resync event) {
    FlightEvents.Resynced recorded = new FlightEvents.Resynced();
    if (recorded.isEnabled()) {
      recorded.document = name(event.document());
      recorded.client = event.client().value();
      recorded.reason = event.reason().name();
      recorded.commit();
    }
  }

  @Override
  public void slowConsumer(SlowConsumer event) {
    FlightEvents.Slow recorded = new FlightEvents.Slow();
    if (recorded.isEnabled()) {
      recorded.connection = event.connection().number();
      recorded.client = event.connection().client().map(id -> id.value()).orElse("");
      recorded.action = event.action().name();
      recorded.queued = event.queued();
      recorded.dropped = event.dropped();
      recorded.commit();
    }
  }

  @Override
  public void documentLoaded(DocumentLoaded event) {
    FlightEvents.Loaded recorded = new FlightEvents.Loaded();
    if (recorded.isEnabled()) {
      recorded.document = name(event.document());
      recorded.revision = event.revision();
      recorded.took = event.took().toNanos();
      recorded.commit();
    }
  }

  @Override
  public void documentUnloaded(DocumentUnloaded event) {
    FlightEvents.Unloaded recorded = new FlightEvents.Unloaded();
    if (recorded.isEnabled()) {
      recorded.document = name(event.document());
      recorded.revision = event.revision();
      recorded.reason = event.reason().name();
      recorded.commit();
    }
  }

  @Override
  public void coordinatorFailed(CoordinatorFailed event) {
    FlightEvents.Failed recorded = new FlightEvents.Failed();
    if (recorded.isEnabled()) {
      recorded.call = event.call().name();
      recorded.failure = event.failure().getClass().getName();
      recorded.commit();
    }
  }

  private static String name(DocumentId document) {
    return document.collection() + "/" + document.id();
  }
}
