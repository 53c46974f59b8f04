package dev.collab.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  @Test
  void edit_ofTwoClients_reachesTheOther() {
    assertThat(Embedding.edit()).isEqualTo("Hello, world");
  }

  @Test
  void readme_showsTheCodeThatIsCompiled() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/collab/examples/embedding/Embedding.java"));
    int begin = source.indexOf("// begin\n") + "// begin\n".length();
    String code = source.substring(begin, source.indexOf("    // end")).stripIndent().strip();
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(code);
  }
}
