package dev.collab.server.flight;

import dev.collab.server.observe.ServerListener;
import java.util.Optional;

/** Whether there is a flight recorder, found out without touching it. */
public final class Flight {

  private Flight() {}

  /** Returns what hands events to the flight recorder, if the JDK at hand has one. */
  public static Optional<ServerListener> listener() {
    return ModuleLayer.boot()
        .findModule("jdk.jfr")
        .filter(Flight.class.getModule()::canRead)
        .map(present -> new FlightListener());
  }
}
