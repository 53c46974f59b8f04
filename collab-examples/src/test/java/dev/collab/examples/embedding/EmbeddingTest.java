package dev.collab.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {

  @Test
  void edit_ofTwoClients_reachesTheOther() {
    assertThat(Embedding.edit()).isEqualTo("Hello, world");
  }

  @Test
  void talk_ofTwoClients_isHeardByTheOther() {
    assertThat(Chatting.talk()).isEqualTo("Ann: Hello, Bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Embedding", "Chatting"})
  void readme_showsTheCodeThatIsCompiled(String program) throws IOException {
    String source =
        Files.readString(
            Path.of("src/main/java/dev/collab/examples/embedding/" + program + ".java"));
    String code =
        source
            .substring(
                source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("// end\n"))
            .stripTrailing()
            .stripIndent()
            .strip();
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(code);
  }
}
