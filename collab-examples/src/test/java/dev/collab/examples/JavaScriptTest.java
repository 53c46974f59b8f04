package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the tests of the page's scripts, which lie in {@code src/test/js}, in Node. */
class JavaScriptTest {

  private static final Path TESTS = Path.of("src", "test", "js");
  private static final String SUFFIX = ".test.js";
  private static final int OLDEST_NODE = 20;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void testsOfTheScripts_inNode_pass() throws Exception {
    Optional<Path> node = executable("node");
    assumeTrue(node.isPresent(), "the tests of the scripts need Node, which is not on the PATH");
    String version = run(List.of(node.get().toString(), "--version")).output();
    assumeTrue(
        majorOf(version) >= OLDEST_NODE,
        "the tests of the scripts need Node " + OLDEST_NODE + " or later, found " + version);
    List<String> files = testFiles();
    assertThat(files).isNotEmpty();

    List<String> command = new ArrayList<>(List.of(node.get().toString(), "--test"));
    command.addAll(files);
    Result result = run(command);

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).containsPattern("(?m)pass [1-9]").containsPattern("(?m)fail 0$");
  }

  private record Result(int status, String output) {}

  private static Result run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("NODE_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output.strip());
    } finally {
      process.destroyForcibly();
    }
  }

  private static int majorOf(String version) {
    String[] parts = version.replaceFirst("^v", "").split("\\.", 2);
    return parts[0].matches("\\d{1,6}") ? Integer.parseInt(parts[0]) : 0;
  }

  private static List<String> testFiles() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files.map(Path::toString).filter(name -> name.endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static Optional<Path> executable(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> Stream.of(name, name + ".exe").map(Path.of(directory)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
