package dev.collab.client;

import dev.collab.protocol.WireLimits;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What the parts of a client share.
 *
 * @param confinement where everything happens
 * @param random for spreading attempts, and for names
 * @param limits how large what the server sends may be
 * @param policy when to connect again
 * @param answerTimeout how long the server may take to answer
 * @param keepAlive after how much silence the server is asked whether it is there; zero for never
 * @param introduction who the user is
 */
record Settings(
    Confinement confinement,
    RandomGenerator random,
    WireLimits limits,
    ReconnectPolicy policy,
    Duration answerTimeout,
    Duration keepAlive,
    Introduction introduction) {

  private static final ReconnectPolicy BACK_OFF =
      ReconnectPolicy.jittered(Duration.ofMillis(50), Duration.ofSeconds(5));

  private static final ReconnectPolicy PATIENCE =
      ReconnectPolicy.jittered(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Runs a task later that asks again for what was withheld, so many times up to now. */
  void askAgain(int refusals, Runnable task) {
    confinement.later(PATIENCE.delay(refusals, random).orElseThrow(), task);
  }

  /** Runs a task behind a wait that grows with the number of failures. */
  void backOff(int failures, Runnable task) {
    backOff(failures, Duration.ZERO, task);
  }

  /** Runs a task behind a wait that grows with the number of failures, and is not shorter. */
  void backOff(int failures, Duration least, Runnable task) {
    Duration delay = BACK_OFF.delay(failures, random).orElseThrow();
    confinement.later(delay.compareTo(least) < 0 ? least : delay, task);
  }
}
