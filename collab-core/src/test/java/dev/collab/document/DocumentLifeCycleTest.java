package dev.collab.document;

import static dev.collab.document.Authority.create;
import static dev.collab.document.Authority.delete;
import static dev.collab.document.Authority.id;
import static dev.collab.document.Authority.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.value.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each kind of proposal when an entry of each kind was committed meanwhile. */
class DocumentLifeCycleTest {

  @ParameterizedTest
  @CsvSource({
    "EDIT,   EDIT,   pass",
    "EDIT,   CREATE, ERR_DOC_ALREADY_CREATED",
    "EDIT,   DELETE, ERR_DOC_WAS_DELETED",
    "EDIT,   NONE,   pass",
    "CREATE, EDIT,   ERR_DOC_ALREADY_CREATED",
    "CREATE, CREATE, ERR_DOC_ALREADY_CREATED",
    "CREATE, DELETE, ERR_DOC_WAS_DELETED",
    "CREATE, NONE,   pass",
    "DELETE, EDIT,   pass",
    "DELETE, CREATE, ERR_DOC_ALREADY_CREATED",
    "DELETE, DELETE, pass",
    "DELETE, NONE,   pass",
  })
  void prepare_proposalAgainstEntry_followsTheTable(
      Payload.Kind proposed, Payload.Kind committed, String expected) {
    boolean exists =
        switch (committed) {
          case CREATE -> false;
          case EDIT, DELETE -> true;
          case NONE -> proposed != Payload.Kind.CREATE;
        };
    Authority authority =
        exists ? Authority.over("ab") : new Authority(Document.empty(Authority.RULES, 7));
    long base = authority.document().revision();
    commit(authority, committed, base);

    Submission submission = submission(proposed, "late", base);
    if (!expected.equals("pass")) {
      authority.refuse(submission, expected);
      return;
    }
    Payload payload = authority.accept(submission).entry().payload();
    assertThat(payload.kind()).isEqualTo(proposed);
    assertThat(authority.document().revision()).isEqualTo(base + 2);
    assertThat(authority.document().content().isPresent())
        .isEqualTo(proposed != Payload.Kind.DELETE);
  }

  private static void commit(Authority authority, Payload.Kind kind, long base) {
    if (kind == Payload.Kind.NONE) {
      authority.append(id("early", 1), new Payload.None());
    } else {
      authority.accept(submission(kind, "early", base));
    }
  }

  private static Submission submission(Payload.Kind kind, String client, long base) {
    return switch (kind) {
      case CREATE -> create(client, 1, base, "new");
      case EDIT -> insert(client, 1, base, 0, "x");
      case DELETE -> delete(client, 1, base);
      case NONE -> throw new IllegalArgumentException("nobody proposes nothing");
    };
  }

  @Test
  void prepare_editOfNothing_isRefused() {
    new Authority(Document.empty(Authority.RULES, 7))
        .refuse(insert("a", 1, 0, 0, "x"), Refusal.DOES_NOT_EXIST);
  }

  @Test
  void prepare_deleteOfNothing_isCommitted() {
    Authority authority = new Authority(Document.empty(Authority.RULES, 7));

    authority.accept(delete("a", 1, 0));

    assertThat(authority.document().revision()).isEqualTo(1);
    assertThat(authority.document().content()).isEmpty();
  }

  @Test
  void prepare_createOfWhatExists_isRefused() {
    Authority.over("ab").refuse(create("a", 1, 1, ""), Refusal.ALREADY_CREATED);
    Authority.over("ab").refuse(create("a", 1, Submission.HEAD, ""), Refusal.ALREADY_CREATED);
  }

  @Test
  void prepare_createOfUnknownType_isRefused() {
    Proposal proposal = new Proposal.Create("no such type", JsonValue.NULL);
    new Authority(Document.empty(Authority.RULES, 7))
        .refuse(Submission.of(id("a", 1), 0, proposal), Refusal.TYPE_NOT_RECOGNIZED);
  }

  @Test
  void prepare_createByUri_storesTheTypesDefault() {
    Authority authority = new Authority(Document.empty(Authority.RULES, 7));
    Proposal proposal = new Proposal.Create("http://sharejs.org/types/textv1", JsonValue.NULL);

    authority.accept(Submission.of(id("a", 1), Submission.HEAD, proposal));

    assertThat(authority.text()).isEmpty();
    assertThat(((Payload.Create) authority.document().since(0).get(0).payload()).data())
        .isEqualTo(JsonValue.of(""));
  }

  @Test
  void prepare_deletedAndCreatedAgain_theLogGoesOn() {
    Authority authority = Authority.over("old");
    authority.accept(delete("a", 1, 1));
    authority.refuse(insert("b", 1, 2, 0, "x"), Refusal.DOES_NOT_EXIST);
    authority.refuse(create("b", 1, 1, "new"), Refusal.WAS_DELETED);
    authority.accept(create("b", 1, 2, "new"));
    authority.refuse(insert("c", 1, 1, 0, "x"), Refusal.WAS_DELETED);
    authority.refuse(delete("c", 1, 2), Refusal.ALREADY_CREATED);
    authority.accept(insert("c", 1, 3, 3, "er"));

    assertThat(authority.text()).isEqualTo("newer");
    assertThat(authority.document().revision()).isEqualTo(4);
  }

  @Test
  void prepare_editAtTheHead_takesWhateverStands() {
    Authority authority = Authority.over("ab");
    authority.accept(insert("a", 1, Submission.HEAD, 2, "c"));

    assertThat(authority.text()).isEqualTo("abc");
  }
}
