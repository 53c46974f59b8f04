package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers of a server at one time. Taking them visits each connection and each document once
 * and waits for none of them.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ServerGauges {

  private final Map<Gauge, Long> values;

  private ServerGauges(Map<Gauge, Long> values) {
    this.values = values;
  }

  /**
   * Returns the gauges with these values.
   *
   * @param values what they are; 0 for those that are missing
   * @return the gauges
   */
  public static ServerGauges of(Map<Gauge, Long> values) {
    requireNonNull(values, "values");
    Map<Gauge, Long> all = new EnumMap<>(Gauge.class);
    for (Gauge gauge : Gauge.values()) {
      all.put(gauge, values.getOrDefault(gauge, 0L));
    }
    return new ServerGauges(Collections.unmodifiableMap(all));
  }

  /**
   * Returns one number.
   *
   * @param gauge which one
   * @return its value, at least 0
   */
  public long get(Gauge gauge) {
    return values.getOrDefault(requireNonNull(gauge, "gauge"), 0L);
  }

  /**
   * Returns all numbers.
   *
   * @return a value for each gauge, in their order
   */
  public Map<Gauge, Long> values() {
    return values;
  }

  /** Returns the numbers by name. */
  @Override
  public String toString() {
    return values.toString();
  }
}
