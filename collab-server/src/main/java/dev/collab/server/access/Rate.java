package dev.collab.server.access;

/**
 * How often something may happen: so many times a second in the long run, and so many times at
 * once.
 *
 * <p>Immutable.
 *
 * @param permitsPerSecond how often in the long run, above 0
 * @param burst how often at once after a pause, at least 1
 * @since 0.1
 */
public record Rate(double permitsPerSecond, int burst) {

  /**
   * Checks the ranges.
   *
   * @param permitsPerSecond how often in the long run
   * @param burst how often at once after a pause
   * @throws IllegalArgumentException if {@code permitsPerSecond} is not a finite number above 0 or
   *     {@code burst} is below 1
   */
  public Rate {
    if (!(permitsPerSecond > 0) || Double.isInfinite(permitsPerSecond) || burst < 1) {
      throw new IllegalArgumentException(
          "rate " + permitsPerSecond + " or burst " + burst + " is too small or not finite");
    }
  }
}
