package dev.collab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCountersTest {

  @ParameterizedTest
  @CsvSource({"63, 64, 0", "64, 65, 0", "65, 65, 1", "1000, 65, 936"})
  void words_beyondTheLimit_shareACounter(int words, int meters, int others) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    OpenCounters counters = new OpenCounters(word -> registry.counter("c", "word", word));
    for (int i = 0; i < words; i++) {
      counters.increment("word" + i);
    }
    counters.increment("word1");
    assertThat(registry.getMeters()).hasSize(meters);
    assertThat(registry.get("c").tag("word", "word1").counter().count()).isEqualTo(2);
    assertThat(registry.get("c").tag("word", "other").counter().count()).isEqualTo(others);
  }
}
