package dev.collab.simulation;

import dev.collab.server.access.PresenceTimes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a seed decides before anything happens.
 *
 * @param clients how many clients there are, 2 to 8
 * @param documents how many documents there are, 1 or 2
 * @param faults what goes wrong, apart from delays, which always happen
 * @param latencyMillis the longest usual delay of a frame
 * @param patienceMillis the longest usual time between two steps
 * @param presence whether people show each other where they are
 * @param times after how much time what becomes of a presence
 */
record Plan(
    int clients,
    int documents,
    Set<Fault> faults,
    int latencyMillis,
    int patienceMillis,
    boolean presence,
    PresenceTimes times) {

  /** In one of so many worlds people do more than typing. */
  private static final int COMPANY = 12;

  private static final List<Integer> LEASES = List.of(3, 5, 10, 30);

  /** Draws a plan; what concerns company comes from a generator of its own. */
  static Plan draw(RandomGenerator random, RandomGenerator company, boolean wanted) {
    Set<Fault> faults = faults(EnumSet.complementOf(EnumSet.copyOf(Fault.OF_COMPANY)), random);
    int clients = random.nextInt(2, 9);
    int documents = random.nextInt(5) == 0 ? 2 : 1;
    int latency = 1 << random.nextInt(9);
    int patience = 1 << random.nextInt(3, 10);
    boolean presence = company.nextInt(COMPANY) == 0 && wanted;
    if (presence) {
      faults.addAll(faults(Fault.OF_COMPANY, company));
    }
    return new Plan(clients, documents, faults, latency, patience, presence, times(company));
  }

  private static Set<Fault> faults(Set<Fault> possible, RandomGenerator random) {
    EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    double density = random.nextDouble();
    for (Fault fault : possible) {
      if (random.nextDouble() < density) {
        faults.add(fault);
      }
    }
    return faults;
  }

  private static PresenceTimes times(RandomGenerator random) {
    Duration idle = Duration.ofSeconds(random.nextBoolean() ? 2 : 60);
    return new PresenceTimes(
        Duration.ofSeconds(LEASES.get(random.nextInt(LEASES.size()))),
        idle,
        random.nextInt(3) == 0 ? idle.multipliedBy(2) : Duration.ofHours(1));
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
