package dev.collab.simulation;

import java.util.EnumSet;
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
 */
record Plan(int clients, int documents, Set<Fault> faults, int latencyMillis, int patienceMillis) {

  static Plan draw(RandomGenerator random) {
    EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    double density = random.nextDouble();
    for (Fault fault : Fault.values()) {
      if (random.nextDouble() < density) {
        faults.add(fault);
      }
    }
    return new Plan(
        random.nextInt(2, 9),
        random.nextInt(5) == 0 ? 2 : 1,
        faults,
        1 << random.nextInt(9),
        1 << random.nextInt(3, 10));
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
