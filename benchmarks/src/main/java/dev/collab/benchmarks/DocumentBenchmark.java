package dev.collab.benchmarks;

import dev.collab.document.Document;
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

/**
 * One submission decided by a document: transformed, checked, applied, encoded for the log and
 * hashed. The log itself is not part of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class DocumentBenchmark {

  /** How many authors submit at once: each submission has this many less one to be moved past. */
  @Param({"1", "10"})
  public int authors;

  private Editing editing;

  /** Makes the document. */
  @Setup
  public void create() {
    editing = new Editing(authors);
  }

  /** One submission. */
  @Benchmark
  @OperationsPerInvocation(Editing.SUBMISSIONS)
  public Document submit() {
    return editing.edit();
  }
}
