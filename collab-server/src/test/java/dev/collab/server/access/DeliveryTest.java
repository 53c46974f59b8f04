package dev.collab.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.server.access.Delivery.Builder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryTest {

  static Stream<Consumer<Builder>> wrong() {
    return Stream.of(
        builder -> builder.maxQueuedTotal(0),
        builder -> builder.window(Duration.ofNanos(-1)),
        builder -> builder.stallTimeout(Duration.ZERO),
        builder -> builder.stallTimeout(Duration.ofNanos(-1)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void builder_belowTheLeast_throws(Consumer<Builder> wrong) {
    assertThatThrownBy(() -> wrong.accept(Delivery.builder()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toBuilder_changesOnlyWhatIsSet() {
    Delivery delivery =
        Delivery.builder()
            .window(Duration.ZERO)
            .stallTimeout(Duration.ofNanos(1))
            .maxQueuedTotal(1)
            .build()
            .toBuilder()
            .maxQueuedTotal(2)
            .build();
    assertThat(delivery.window()).isZero();
    assertThat(delivery.stallTimeout()).isEqualTo(Duration.ofNanos(1));
    assertThat(delivery.maxQueuedTotal()).isEqualTo(2);
  }
}
