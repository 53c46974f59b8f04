package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every suite once, for next to no time. */
class SuitesTest {

  @TempDir Path folder;

  @Test
  void run_everySuiteWithSmallParameters_runsThrough() throws IOException, RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("dev\\.collab\\.benchmarks\\..*")
            .param("trace", TinyTrace.write(folder).toString())
            .param("length", "1000")
            .param("k", "1", "3")
            .param("edits", "10")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);

    Collection<RunResult> results = new Runner(options.build()).run();

    // replay 4, random edits 3, transform 2 x 2 sides, compose 2, history 2, document 2
    assertThat(results).hasSize(17);
  }
}
