package dev.collab.micrometer;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counters by a word that is not known beforehand, such as an error code of the application. The
 * first {@value #MAX_WORDS} words have a counter each; all later ones share {@value #OTHER}, which
 * is there from the beginning.
 *
 * <p>Thread-safe.
 */
final class OpenCounters {

  static final int MAX_WORDS = 64;
  static final String OTHER = "other";

  private final Function<String, Counter> make;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  OpenCounters(Function<String, Counter> make) {
    this.make = make;
    counters.put(OTHER, make.apply(OTHER));
  }

  void increment(String word) {
    Counter known = counters.get(word);
    (known == null ? added(word) : known).increment();
  }

  private Counter added(String word) {
    synchronized (counters) {
      String name = counters.size() <= MAX_WORDS ? word : OTHER;
      return counters.computeIfAbsent(name, make);
    }
  }
}
