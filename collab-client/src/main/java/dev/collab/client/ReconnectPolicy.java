package dev.collab.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReconnectPolicy {

  /**
   * Returns how long to wait.
   *
   * @param failures how many connections in a row have failed or not lasted, at least 1
   * @param random for spreading the attempts of many clients
   * @return the time to wait, or empty to give up
   */
  Optional<Duration> delay(int failures, RandomGenerator random);

  /**
   * Returns the policy that never gives up: it waits for a random time between {@code shortest} and
   * a bound that doubles with each failure up to {@code longest}.
   *
   * @param shortest the shortest wait, positive
   * @param longest the longest wait, at least {@code shortest}
   * @return the policy
   * @throws IllegalArgumentException if {@code shortest} is not positive or above {@code longest}
   */
  static ReconnectPolicy jittered(Duration shortest, Duration longest) {
    long least = requireNonNull(shortest, "shortest").toMillis();
    long most = requireNonNull(longest, "longest").toMillis();
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "waits from " + shortest + " to " + longest + " are no range of 1 ms and more");
    }
    return (failures, random) -> {
      long doubled = least << Math.min(Math.max(failures, 1), 20);
      long bound = doubled < least ? most : Math.min(most, doubled);
      return Optional.of(Duration.ofMillis(random.nextLong(least, bound + 1)));
    };
  }

  /**
   * Returns the policy that gives up at once: the application calls {@link CollabClient#connect}
   * when it wants to.
   *
   * @return the policy
   */
  static ReconnectPolicy never() {
    return (failures, random) -> Optional.empty();
  }
}
