package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.InvalidOperationException;
import org.junit.jupiter.api.Test;

class SharedTextTest {

  private final SharedText text = new SharedText(new Script().openAt1("abc"));

  @Test
  void edits_changeTheText() {
    text.insert(3, "def");
    text.delete(0, 1);
    text.replace(1, 2, "-");
    assertThat(text.text()).isEqualTo("b-ef");
    assertThat(text.document().hasUnsavedChanges()).isTrue();
  }

  @Test
  void edits_outsideTheText_throwAndChangeNothing() {
    assertThatThrownBy(() -> text.insert(4, "x")).isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> text.delete(2, 2)).isInstanceOf(InvalidOperationException.class);
    assertThatThrownBy(() -> text.insert(-1, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThat(text.text()).isEqualTo("abc");
    assertThat(text.document().hasUnsavedChanges()).isFalse();
  }
}
