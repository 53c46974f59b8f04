package dev.collab.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.protocol.WireLimits;
import dev.collab.server.access.ServerLimits.Builder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerLimitsTest {

  static Stream<Consumer<Builder>> belowTheLeast() {
    return Stream.of(
        builder -> builder.maxSubscriptions(0),
        builder -> builder.maxWaitingSubmissions(0),
        builder -> builder.maxQueuedFrames(0));
  }

  @ParameterizedTest
  @MethodSource("belowTheLeast")
  void builder_belowTheLeast_throws(Consumer<Builder> wrong) {
    assertThatThrownBy(() -> wrong.accept(ServerLimits.builder()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toBuilder_changesOnlyWhatIsSet() {
    WireLimits wire = WireLimits.builder().frame(9_000).build();
    ServerLimits limits =
        ServerLimits.builder()
            .wire(wire)
            .maxSubscriptions(1)
            .maxWaitingSubmissions(2)
            .maxQueuedFrames(3)
            .build()
            .toBuilder()
            .maxWaitingSubmissions(4)
            .build();
    assertThat(limits.wire()).isSameAs(wire);
    assertThat(limits.maxSubscriptions()).isEqualTo(1);
    assertThat(limits.maxWaitingSubmissions()).isEqualTo(4);
    assertThat(limits.maxQueuedFrames()).isEqualTo(3);
  }
}
