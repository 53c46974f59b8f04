package dev.collab.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures several things in turn, round by round, so that each round meets all of them with the
 * same load on the machine. What counts is the time that the calling thread has a processor; work
 * of the JVM's own threads (compiling, collecting garbage) is not in it, so the allocated bytes are
 * measured as well. Confined.
 */
final class Contest {

  /**
   * How long to measure.
   *
   * @param warmUp the least processor time that each contestant runs before it counts
   * @param round the least processor time of each contestant in a round
   * @param rounds how many rounds there are
   */
  record Budget(Duration warmUp, Duration round, int rounds) {}

  /**
   * What one contestant showed.
   *
   * @param nanos the processor time of one operation, for each round
   * @param bytes what one operation allocates
   */
  record Samples(List<Double> nanos, double bytes) {

    Samples {
      nanos = List.copyOf(nanos);
    }

    double median() {
      return median(nanos);
    }

    double least() {
      return nanos.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double greatest() {
      return nanos.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Returns how many times faster this one is than the other: the median over the rounds. */
    double timesFasterThan(Samples other) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < nanos.size(); i++) {
        ratios.add(other.nanos.get(i) / nanos.get(i));
      }
      return median(ratios);
    }

    private static double median(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

  private record Contestant(Supplier<?> work, long operations) {}

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final Budget budget;
  private final List<Contestant> contestants = new ArrayList<>();

  /** The newest result, kept so that no work is in vain. */
  @SuppressWarnings("UnusedVariable")
  private Object sink = "";

  Contest(Budget budget) {
    this.budget = budget;
  }

  /** Adds a contestant, each of whose calls makes that many operations. */
  Contest add(long operations, Supplier<?> work) {
    contestants.add(new Contestant(work, operations));
    return this;
  }

  /** Returns what the contestants show, in the order in which they were added. */
  List<Samples> run() {
    List<List<Double>> nanos = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (Contestant contestant : contestants) {
      measure(contestant, budget.warmUp);
      nanos.add(new ArrayList<>());
      bytes.add(0.0);
    }
    for (int round = 0; round < budget.rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        Measured measured = measure(contestants.get(i), budget.round);
        nanos.get(i).add(measured.nanos);
        bytes.set(i, measured.bytes);
      }
    }
    List<Samples> samples = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      samples.add(new Samples(nanos.get(i), bytes.get(i)));
    }
    return samples;
  }

  private record Measured(double nanos, double bytes) {}

  private Measured measure(Contestant contestant, Duration atLeast) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    long calls = 0;
    long batch = 1;
    long elapsed;
    do {
      for (long i = 0; i < batch; i++) {
        sink = contestant.work.get();
      }
      calls += batch;
      elapsed = THREADS.getCurrentThreadCpuTime() - start;
      if (elapsed < atLeast.toNanos() / 16) {
        batch *= 2; // so that looking at the clock costs nothing
      }
    } while (elapsed < atLeast.toNanos());
    double operations = (double) calls * contestant.operations;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    return new Measured(elapsed / operations, allocated / operations);
  }
}
