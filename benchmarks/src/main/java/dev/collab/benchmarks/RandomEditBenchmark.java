package dev.collab.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One edit at a random place of a long text: target T4. See {@link RandomEdits}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class RandomEditBenchmark {

  /** The length of the text in UTF-16 code units: by default 1 Mi and 10 Mi. */
  @Param({"1048576", "10485760"})
  public int length;

  private RandomEdits edits;

  /** Makes the text. */
  @Setup
  public void create() {
    edits = new RandomEdits(length);
  }

  /** A new text for every edit. */
  @Benchmark
  @OperationsPerInvocation(RandomEdits.EDITS)
  public int text() {
    return edits.editText();
  }

  /** A text edited in place. */
  @Benchmark
  @OperationsPerInvocation(RandomEdits.EDITS)
  public int buffer() {
    return edits.editBuffer();
  }

  /** The baseline. */
  @Benchmark
  @OperationsPerInvocation(RandomEdits.EDITS)
  public int stringBuilder() {
    return edits.editStringBuilder();
  }
}
