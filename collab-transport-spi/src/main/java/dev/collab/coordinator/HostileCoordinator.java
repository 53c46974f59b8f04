package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A coordinator that behaves as badly over another one as the rules allow: calls take long,
 * overtake each other, fail before or after their effect, or take effect long after they failed;
 * announcements are lost, doubled, late, out of order or without their entries; leases expire late.
 * It never gives a wrong answer. For tests of whatever uses a coordinator.
 *
 * <p>With a seeded generator, a scheduler of virtual time and calls from one thread at a time, a
 * run is repeated exactly.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class HostileCoordinator implements Coordinator {

  private final Coordinator target;
  private final Faults faults;
  private final HostileLogs logs;
  private final HostileBroadcasts broadcasts;
  private final HostileLeases leases;

  private HostileCoordinator(Builder builder) {
    target = builder.target;
    faults = new Faults(builder);
    logs = new HostileLogs(target.logs(), faults);
    broadcasts = new HostileBroadcasts(target.broadcasts(), faults);
    leases = new HostileLeases(target.leases(), faults);
  }

  /**
   * Begins a hostile coordinator with some of every fault: one call in five is slow, one in ten has
   * no answer, three announcements in ten go wrong.
   *
   * @param target does the work; closed with the hostile coordinator
   * @param random decides what goes wrong; used under a lock
   * @param scheduler runs what is late
   * @return a builder
   */
  public static Builder builder(Coordinator target, RandomGenerator random, Scheduler scheduler) {
    return new Builder(target, random, scheduler);
  }

  /**
   * Begins or ends the hostility. When it ends, calls and announcements that are already late still
   * arrive late; later ones go straight through.
   *
   * @param hostile whether faults happen from now on
   */
  public void setHostile(boolean hostile) {
    faults.setHostile(hostile);
  }

  @Override
  public Logs logs() {
    return logs;
  }

  @Override
  public Broadcasts broadcasts() {
    return broadcasts;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public void close() {
    target.close();
  }

  /**
   * Configures the faults. Probabilities are 0 to 1.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    final Coordinator target;
    final RandomGenerator random;
    final Scheduler scheduler;
    double delayed = 0.2;
    Duration longestDelay = Duration.ofSeconds(1);
    double lostRequests = 0.03;
    double lateRequests = 0.03;
    double lostReplies = 0.04;
    double failedReads = 0.05;
    double lostAnnouncements = 0.1;
    double doubledAnnouncements = 0.1;
    double lateAnnouncements = 0.1;
    double strippedAnnouncements = 0.1;
    double lateExpiries = 0.2;

    private Builder(Coordinator target, RandomGenerator random, Scheduler scheduler) {
      this.target = requireNonNull(target, "target");
      this.random = requireNonNull(random, "random");
      this.scheduler = requireNonNull(scheduler, "scheduler");
    }

    /**
     * Sets how often a request, and again how often a reply, takes time, so that calls overtake
     * each other. Default: 0.2.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder delayed(double probability) {
      delayed = checked(probability);
      return this;
    }

    /**
     * Sets the longest time that anything is late. Default: one second.
     *
     * @param delay at least 1 ms
     * @return this builder
     * @throws IllegalArgumentException if {@code delay} is below 1 ms
     */
    public Builder longestDelay(Duration delay) {
      if (delay.toMillis() < 1) {
        throw new IllegalArgumentException("delay " + delay + " is below 1 ms");
      }
      longestDelay = delay;
      return this;
    }

    /**
     * Sets how often a call that changes something fails and has no effect. Default: 0.03.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lostRequests(double probability) {
      lostRequests = checked(probability);
      return this;
    }

    /**
     * Sets how often a call that changes a log fails first and takes effect afterwards, as a
     * request does that was stuck in the network. Default: 0.03.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lateRequests(double probability) {
      lateRequests = checked(probability);
      return this;
    }

    /**
     * Sets how often a call that changes something takes effect and fails nevertheless. Default:
     * 0.04.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lostReplies(double probability) {
      lostReplies = checked(probability);
      return this;
    }

    /**
     * Sets how often a call that only reads fails. Default: 0.05.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder failedReads(double probability) {
      failedReads = checked(probability);
      return this;
    }

    /**
     * Sets how often an announcement of a head, or a message on a topic, never arrives. Default:
     * 0.1.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lostAnnouncements(double probability) {
      lostAnnouncements = checked(probability);
      return this;
    }

    /**
     * Sets how often an announcement of a head arrives twice. Default: 0.1.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder doubledAnnouncements(double probability) {
      doubledAnnouncements = checked(probability);
      return this;
    }

    /**
     * Sets how often an announcement of a head is overtaken by others, or a message holds up those
     * behind it. Default: 0.1.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lateAnnouncements(double probability) {
      lateAnnouncements = checked(probability);
      return this;
    }

    /**
     * Sets how often an announcement of a head comes without some of its entries. Default: 0.1.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder strippedAnnouncements(double probability) {
      strippedAnnouncements = checked(probability);
      return this;
    }

    /**
     * Sets how often a renewed lease lasts longer than asked for. Default: 0.2.
     *
     * @param probability 0 to 1
     * @return this builder
     * @throws IllegalArgumentException if {@code probability} is outside 0 to 1
     */
    public Builder lateExpiries(double probability) {
      lateExpiries = checked(probability);
      return this;
    }

    /**
     * Returns the coordinator, hostile from the start.
     *
     * @return a new coordinator over the target
     */
    public HostileCoordinator build() {
      return new HostileCoordinator(this);
    }

    private static double checked(double probability) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability " + probability + " is outside 0..1");
      }
      return probability;
    }
  }
}
