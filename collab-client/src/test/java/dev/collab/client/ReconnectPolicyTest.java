package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Test
  void jittered_staysBetweenTheBounds() {
    ReconnectPolicy policy = ReconnectPolicy.jittered(SHORTEST, LONGEST);
    SplittableRandom random = new SplittableRandom(1);
    for (int failures : new int[] {1, 2, 3, 5, 8, 30, 63, 64, 1000, Integer.MAX_VALUE}) {
      Duration bound = failures > 6 ? LONGEST : SHORTEST.multipliedBy(1L << failures);
      for (int i = 0; i < 100; i++) {
        assertThat(policy.delay(failures, random).orElseThrow()).isBetween(SHORTEST, bound);
      }
    }
  }

  @Test
  void jittered_ofEqualBounds_isConstant() {
    assertThat(ReconnectPolicy.jittered(LONGEST, LONGEST).delay(1, new SplittableRandom(1)))
        .contains(LONGEST);
  }

  @Test
  void jittered_ofNoRange_throws() {
    assertThatThrownBy(() -> ReconnectPolicy.jittered(LONGEST, SHORTEST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReconnectPolicy.jittered(Duration.ZERO, LONGEST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void never_givesUp() {
    assertThat(ReconnectPolicy.never().delay(1, new SplittableRandom(1))).isEmpty();
  }
}
