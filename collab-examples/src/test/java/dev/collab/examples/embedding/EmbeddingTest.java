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
    String begin = "    // begin\n";
    String code =
        source
            .substring(source.indexOf(begin) + begin.length(), source.indexOf("    // end\n"))
            .stripTrailing()
            .stripIndent()
            .strip();
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(code);
  }
}
