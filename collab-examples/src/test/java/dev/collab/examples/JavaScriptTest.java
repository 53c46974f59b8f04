package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of the page's scripts, which lie in {@code src/test/js}, in Node. */
class JavaScriptTest {

  private static final Path TESTS = Path.of("src", "test", "js");
  private static final String SUFFIX = ".test.js";
  private static final String INSTALL = "the tests of the scripts need Node 20 or later";

  @Test
  void testsOfTheScripts_inNode_pass() throws IOException {
    Path node = Tools.require("node", INSTALL);
    String version = Tools.run(Path.of("."), Map.of(), List.of(node.toString(), "--version"));
    if (!version.strip().matches("v[2-9]\\d\\..*")) {
      Tools.missing(INSTALL + ", found " + version.strip());
    }
    List<String> files = testFiles();
    assertThat(files).isNotEmpty();

    List<String> command = new ArrayList<>(List.of(node.toString(), "--test"));
    command.addAll(files);
    String output = Tools.run(Path.of("."), Map.of("NODE_OPTIONS", ""), command);

    assertThat(output).containsPattern("(?m)pass [1-9]").containsPattern("(?m)fail 0$");
  }

  private static List<String> testFiles() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files.map(Path::toString).filter(name -> name.endsWith(SUFFIX)).sorted().toList();
    }
  }
}
