package dev.collab.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.DocumentId;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeysTest {

  @Test
  void of_namesThatLookAlike_areDifferentKeys() {
    assertThat(
            Stream.of(
                    new DocumentId("a/b", "c"),
                    new DocumentId("a", "b/c"),
                    new DocumentId("a%2Fb", "c"),
                    new DocumentId("a b", "c"),
                    new DocumentId("a+b", "c"),
                    new DocumentId("", "a"),
                    new DocumentId("a", ""),
                    new DocumentId("a", "?"),
                    new DocumentId("a", "\n"),
                    new DocumentId("a", "\ud83d\ude00"))
                .map(LogKeys::of))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("document/[^/{}\\s]*/[^/{}\\s]*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "a/b", "a%2Fb", "a b", "a+b", "?", "\n", "\ud83d\ude00"})
  void document_ofAKey_isTheOneThatTheKeyWasMadeOf(String name) {
    DocumentId id = new DocumentId(name, "d" + name);
    assertThat(LogKeys.document(LogKeys.of(id))).contains(id);
    assertThat(LogKeys.of(id)).startsWith(LogKeys.documents(Optional.of(name), "d"));
    assertThat(LogKeys.of(id)).startsWith(LogKeys.documents(Optional.empty(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "doc",
        "document/",
        "document/a",
        "document/a/b/c",
        "chat/a/b",
        "document/%zz/a",
        "document/a b/c"
      })
  void document_ofSomethingElse_isNone(String key) {
    assertThat(LogKeys.document(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "x\ude00", "\ude00\ud83d"})
  void of_halfASurrogatePair_isRefusedSinceItWouldShareAKey(String name) {
    assertThatThrownBy(() -> LogKeys.of(new DocumentId("a", name)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogKeys.of(new DocumentId(name, "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
