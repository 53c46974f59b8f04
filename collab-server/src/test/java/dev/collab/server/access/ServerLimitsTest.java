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
        builder -> builder.maxQueuedFrames(0),
        builder -> builder.maxWaitingMessages(0),
        builder -> builder.maxWaitingUnits(0),
        builder -> builder.maxConnections(0),
        builder -> builder.operationRate(new Rate(0, 1)),
        builder -> builder.requestRate(new Rate(-1, 1)),
        builder -> builder.chatRate(new Rate(Double.NaN, 1)),
        builder -> builder.presenceRate(new Rate(Double.POSITIVE_INFINITY, 1)),
        builder -> builder.refusalRate(new Rate(1, 0)));
  }

  @ParameterizedTest
  @MethodSource("belowTheLeast")
  void builder_belowTheLeast_throws(Consumer<Builder> wrong) {
    assertThatThrownBy(() -> wrong.accept(ServerLimits.builder()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atTheLeast_isTaken() {
    ServerLimits limits =
        ServerLimits.builder()
            .maxSubscriptions(1)
            .maxWaitingSubmissions(1)
            .maxQueuedFrames(1)
            .maxWaitingMessages(1)
            .maxWaitingUnits(1)
            .maxConnections(1)
            .chatRate(new Rate(Double.MIN_VALUE, 1))
            .build();
    assertThat(limits.maxWaitingMessages()).isEqualTo(1);
    assertThat(limits.maxWaitingUnits()).isEqualTo(1);
    assertThat(limits.maxConnections()).isEqualTo(1);
    assertThat(limits.chatRate()).isEqualTo(new Rate(Double.MIN_VALUE, 1));
  }

  @Test
  void defaults_areThoseOfTheDesign() {
    ServerLimits limits = ServerLimits.DEFAULT;
    assertThat(limits.operationRate()).isEqualTo(new Rate(50, 200));
    assertThat(limits.presenceRate()).isEqualTo(new Rate(20, 40));
    assertThat(limits.maxSubscriptions()).isEqualTo(64);
    assertThat(limits.wire().frame()).isEqualTo(4 << 20);
    assertThat(limits.wire().operation()).isEqualTo(2 << 20);
    assertThat(limits.wire().document()).isEqualTo(2 << 20);
    assertThat(limits.wire().depth()).isEqualTo(64);
    assertThat(limits.wire().presence()).isEqualTo(2 << 10);
    assertThat(limits.wire().chat()).isEqualTo(4 << 10);
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
            .maxWaitingMessages(5)
            .maxWaitingUnits(6)
            .maxConnections(7)
            .operationRate(new Rate(1, 1))
            .requestRate(new Rate(2, 2))
            .chatRate(new Rate(3, 3))
            .presenceRate(new Rate(4, 4))
            .refusalRate(new Rate(5, 5))
            .build()
            .toBuilder()
            .maxWaitingSubmissions(4)
            .build();
    assertThat(limits.wire()).isSameAs(wire);
    assertThat(limits.maxSubscriptions()).isEqualTo(1);
    assertThat(limits.maxWaitingSubmissions()).isEqualTo(4);
    assertThat(limits.maxQueuedFrames()).isEqualTo(3);
    assertThat(limits.maxWaitingMessages()).isEqualTo(5);
    assertThat(limits.maxWaitingUnits()).isEqualTo(6);
    assertThat(limits.maxConnections()).isEqualTo(7);
    assertThat(limits.operationRate()).isEqualTo(new Rate(1, 1));
    assertThat(limits.requestRate()).isEqualTo(new Rate(2, 2));
    assertThat(limits.chatRate()).isEqualTo(new Rate(3, 3));
    assertThat(limits.presenceRate()).isEqualTo(new Rate(4, 4));
    assertThat(limits.refusalRate()).isEqualTo(new Rate(5, 5));
  }
}
