package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whether a server can do its work, and what was looked at to tell.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Health {

  private final List<Check> checks;

  private Health(List<Check> checks) {
    this.checks = checks;
  }

  /** Up or down. */
  public enum Status {
    /** It works. */
    UP,
    /** It does not. */
    DOWN
  }

  /**
   * One thing that was looked at.
   *
   * @param name a stable word: {@code server}, {@code executor}, {@code scheduler} or {@code
   *     coordinator}; more may be added
   * @param status whether it works
   * @param detail what was found, for people
   */
  public record Check(String name, Status status, String detail) {

    /**
     * Checks the arguments.
     *
     * @param name a stable word
     * @param status whether it works
     * @param detail what was found, for people
     * @throws NullPointerException if one is null
     */
    public Check {
      requireNonNull(name, "name");
      requireNonNull(status, "status");
      requireNonNull(detail, "detail");
    }
  }

  /**
   * Returns the health that some checks tell of.
   *
   * @param checks what was looked at; copied
   * @return up if every one of them is
   */
  public static Health of(List<Check> checks) {
    return new Health(List.copyOf(checks));
  }

  /**
   * Returns whether the server can do its work.
   *
   * @return down if a check is
   */
  public Status status() {
    return checks.stream().allMatch(check -> check.status() == Status.UP) ? Status.UP : Status.DOWN;
  }

  /**
   * Returns what was looked at.
   *
   * @return the checks
   */
  public List<Check> checks() {
    return checks;
  }

  /** Returns the status and the checks, for logs. */
  @Override
  public String toString() {
    return status() + " " + checks;
  }
}
