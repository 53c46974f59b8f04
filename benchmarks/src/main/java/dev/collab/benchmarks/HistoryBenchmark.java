package dev.collab.benchmarks;

import dev.collab.document.Decision;
import dev.collab.text.TextOperation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation brought past a history of single edits at random places: target T7. The score is
 * the time for the whole history: divide it by {@link #edits}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class HistoryBenchmark {

  /** The length of the history. */
  @Param({"1000", "10000", "100000"})
  public int edits;

  private Past past;

  /** Makes the history. */
  @Setup
  public void create() {
    past = new Past(edits);
  }

  /** The algebra alone. */
  @Benchmark
  public TextOperation transformPast() {
    return past.transform();
  }

  /** A submission whose base lies that far back, decided and encoded. */
  @Benchmark
  public Decision prepare() {
    return past.prepare();
  }
}
