package dev.collab.benchmarks;

import dev.collab.text.Text;
import dev.collab.text.TextBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Types a recorded session again. The score is the time for the whole session, the counter {@code
 * edit} the time for one edit of it. A wrong text at the end is an error.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class ReplayBenchmark {

  /** The file with the session: give it by {@code -p trace=FILE[,FILE…]}. */
  @Param("")
  public String trace;

  private Trace session;
  private Object result;

  /** Counts edits beside sessions. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Counters {

    /** How many edits were made. */
    public long edit;
  }

  /** Reads the session. */
  @Setup
  public void read() throws IOException {
    if (trace.isEmpty()) {
      throw new IllegalArgumentException("no trace is given, allowed: -p trace=FILE[,FILE…]");
    }
    session = Trace.read(Path.of(trace));
  }

  /** Checks the newest text. */
  @TearDown(Level.Iteration)
  public void check() {
    session.check(result.toString());
  }

  /** Every edit is an operation on a buffer: targets T1 and T2. */
  @Benchmark
  public TextBuffer operationsOnBuffer(Counters counters) {
    return done(Replay.operationsOnBuffer(session), counters);
  }

  /** The same edits without operations. */
  @Benchmark
  public TextBuffer editsOnBuffer(Counters counters) {
    return done(Replay.editsOnBuffer(session), counters);
  }

  /** Every edit is an operation on an immutable text. */
  @Benchmark
  public Text operationsOnText(Counters counters) {
    return done(Replay.operationsOnText(session), counters);
  }

  /** The baseline. */
  @Benchmark
  public StringBuilder editsOnStringBuilder(Counters counters) {
    return done(Replay.editsOnStringBuilder(session), counters);
  }

  private <T> T done(T after, Counters counters) {
    counters.edit += session.edits().size();
    result = after;
    return after;
  }
}
