package dev.collab.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadPolicyTest {

  @Test
  void policy_atTheLeastOfEverything_isAccepted() {
    assertThat(new LoadPolicy(Duration.ZERO, 1, 1).maxLoaded()).isEqualTo(1);
  }

  @Test
  void policy_belowTheLeast_isRefused() {
    Duration negative = Duration.ofNanos(-1);
    assertThatThrownBy(() -> new LoadPolicy(negative, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LoadPolicy(Duration.ZERO, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LoadPolicy(Duration.ZERO, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
