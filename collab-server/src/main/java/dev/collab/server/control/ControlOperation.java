package dev.collab.server.control;

import dev.collab.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What one entry of the control log tells.
 *
 * <p>Immutable.
 */
record ControlOperation(List<ControlEvent> events) implements Operation {

  static final ControlOperation NOOP = new ControlOperation(List.of());

  ControlOperation {
    events = List.copyOf(events);
  }

  ControlOperation then(ControlOperation second) {
    List<ControlEvent> both = new ArrayList<>(events);
    both.addAll(second.events);
    return new ControlOperation(both);
  }

  @Override
  public boolean isNoop() {
    return events.isEmpty();
  }

  @Override
  public int weight() {
    return events.size();
  }
}
