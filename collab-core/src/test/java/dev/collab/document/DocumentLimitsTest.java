package dev.collab.document;

import static dev.collab.document.Authority.create;
import static dev.collab.document.Authority.edit;
import static dev.collab.document.Authority.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.text.TextOperation;
import org.junit.jupiter.api.Test;

class DocumentLimitsTest {

  private static final DocumentRules RULES =
      new DocumentRules(Authority.TYPES, Authority.CODEC, 64, 100);

  @Test
  void prepare_operationWeightAroundTheLimit_refusedOnlyAbove() {
    Authority authority = Authority.over("", RULES);
    for (int weight = 63; weight <= 65; weight++) {
      TextOperation operation = TextOperation.insert(0, "x".repeat(weight - 8));
      assertThat(operation.weight()).isEqualTo(weight);
      if (weight <= 64) {
        assertThat(authority.prepare(edit("a", 1, 1, operation)))
            .isInstanceOf(Decision.Accepted.class);
      } else {
        authority.refuse(edit("a", 1, 1, operation), Refusal.OPERATION_TOO_LARGE);
      }
    }
  }

  @Test
  void prepare_operationThatOthersMadeHeavier_isTaken() {
    Authority authority = Authority.over("abcdefghijkl", RULES);
    TextOperation sixDeletes = deleteEveryOther(4);
    assertThat(sixDeletes.weight()).isEqualTo(64);
    authority.accept(insert("b", 1, 1, 3, "-"));
    TextOperation wide = TextOperation.delete(0, 12);

    authority.accept(edit("a", 1, 1, wide));
    assertThat(authority.text()).isEqualTo("-");

    Authority other = Authority.over("abcdefghijkl", RULES);
    other.accept(insert("b", 1, 1, 12, "-"));
    other.accept(edit("a", 1, 1, sixDeletes));
    assertThat(other.text()).isEqualTo("acegijkl-");
  }

  private static TextOperation deleteEveryOther(int times) {
    TextOperation.Builder builder = TextOperation.builder();
    for (int i = 0; i < times; i++) {
      builder.retain(1).delete(1);
    }
    return builder.build();
  }

  @Test
  void prepare_documentSizeAroundTheLimit_refusedOnlyAbove() {
    Authority authority = Authority.over("x".repeat(90), RULES);

    assertThat(authority.prepare(insert("a", 1, 1, 0, "y".repeat(9))))
        .isInstanceOf(Decision.Accepted.class);
    assertThat(authority.prepare(insert("a", 1, 1, 0, "y".repeat(10))))
        .isInstanceOf(Decision.Accepted.class);
    authority.refuse(insert("a", 1, 1, 0, "y".repeat(11)), Refusal.DOCUMENT_TOO_LARGE);
  }

  @Test
  void prepare_createAroundTheLimit_refusedOnlyAbove() {
    Authority authority = new Authority(Document.empty(RULES, 7));

    assertThat(authority.prepare(create("a", 1, 0, "x".repeat(99))))
        .isInstanceOf(Decision.Accepted.class);
    assertThat(authority.prepare(create("a", 1, 0, "x".repeat(100))))
        .isInstanceOf(Decision.Accepted.class);
    authority.refuse(create("a", 1, 0, "x".repeat(101)), Refusal.DOCUMENT_TOO_LARGE);
  }

  @Test
  void prepare_documentAboveALoweredLimit_mayShrinkAndStayButNotGrow() {
    Document large = Authority.over("x".repeat(150)).document();
    Authority authority = new Authority(Document.restore(RULES, large.snapshot(), large.since(0)));

    authority.refuse(insert("a", 1, 1, 0, "y"), Refusal.DOCUMENT_TOO_LARGE);
    authority.accept(edit("a", 1, 1, TextOperation.replace(0, 1, "y")));
    authority.accept(edit("a", 2, 2, TextOperation.delete(0, 1)));
    assertThat(authority.text()).hasSize(149);
  }

  @Test
  void rules_limitsTooSmall_throws() {
    assertThatThrownBy(() -> new DocumentRules(Authority.TYPES, Authority.CODEC, 63, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DocumentRules(Authority.TYPES, Authority.CODEC, 64, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new DocumentRules(Authority.TYPES, Authority.CODEC, 64, 1).maxDocumentSize())
        .isEqualTo(1);
  }
}
