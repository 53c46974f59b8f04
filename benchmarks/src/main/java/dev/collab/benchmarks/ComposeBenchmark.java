package dev.collab.benchmarks;

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
 * Two consecutive operations made one, with k edits each: target T6. See {@link
 * Generated#scattered} and {@link Pairs}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class ComposeBenchmark {

  /** The edits in each operation. */
  @Param({"1", "10", "100", "1000"})
  public int k;

  private Pairs pairs;

  /** Makes the operations. */
  @Setup
  public void create() {
    pairs = new Pairs(k);
  }

  /** One pair. */
  @Benchmark
  public TextOperation compose() {
    return pairs.compose();
  }
}
