package dev.collab.examples;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that some tests drive. A test whose program is missing is skipped with a word on what to
 * install; with {@code COLLAB_REQUIRE_TOOLS=true} in the environment it fails instead.
 */
final class Tools {

  private Tools() {}

  /** Finds a program on the path, or ends the test. */
  static Path require(String program, String install) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program + " is not installed: " + install));
  }

  /** Ends the test because something is missing. */
  static <T> T missing(String message) {
    if ("true".equals(System.getenv("COLLAB_REQUIRE_TOOLS"))) {
      return fail(message);
    }
    System.err.println("skipped: " + message);
    return abort(message);
  }

  /** Runs a program to its end and returns what it printed; fails if it does not end well. */
  static String run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("collab", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        fail(String.join(" ", command) + (ended ? " failed:\n" : " did not end:\n") + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
