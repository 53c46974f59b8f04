package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.examples.demo.DemoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unmodified npm packages {@code sharedb} and {@code ot-text} against the demo server. */
class ShareDbInteropTest {

  private static final Path SCRIPTS = Path.of("src/test/node");

  @Test
  void unmodifiedShareDbClient_allScenarios_pass() throws Exception {
    Path node = Tools.require("node", "install Node.js 20 or later");
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules/sharedb"))) {
      Tools.missing("npm packages are not installed: run npm ci in collab-examples/src/test/node");
    }
    try (DemoServer server = DemoServer.start("127.0.0.1", 0);
        JavaPeer java = new JavaPeer(server)) {
      String report =
          Tools.run(
              SCRIPTS,
              Map.of("COLLAB_URL", server.endpoint().toString()),
              List.of(node.toString(), "--test", "--test-reporter=tap"));
      assertThat(report).contains("# pass 30").contains("# fail 0");
      assertThat(java.purged()).isEqualTo("new old purge! end");
    }
  }
}
