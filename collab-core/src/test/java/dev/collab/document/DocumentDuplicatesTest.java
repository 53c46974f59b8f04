package dev.collab.document;

import static dev.collab.document.Authority.NOW;
import static dev.collab.document.Authority.create;
import static dev.collab.document.Authority.delete;
import static dev.collab.document.Authority.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.Decision.Accepted;
import dev.collab.document.Decision.Duplicate;
import org.junit.jupiter.api.Test;

class DocumentDuplicatesTest {

  @Test
  void prepare_sentAgain_isADuplicateAtItsEntry() {
    Authority authority = Authority.over("");
    Submission submission = insert("a", 1, 1, 0, "x");
    authority.accept(submission);
    authority.fillTo(10);

    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_sentAgainAtAnotherRevision_isStillADuplicate() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 1, 1, 0, "x"));
    authority.fillTo(10);

    assertThat(authority.prepare(insert("a", 1, 5, 3, "x"))).isEqualTo(new Duplicate(1));
    assertThat(authority.prepare(insert("a", 1, Submission.HEAD, 3, "x")))
        .isEqualTo(new Duplicate(1));
    assertThat(authority.prepare(insert("a", 1, 99, 3, "x"))).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_sentAgainAfterRestart_isADuplicate() {
    Authority authority = Authority.over("");
    Submission submission = insert("a", 1, 1, 0, "x");
    authority.accept(submission);
    authority.restart();

    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_sentAgainAfterItsEntryIsGone_isADuplicate() {
    Authority authority = Authority.over("");
    Submission submission = insert("a", 1, 1, 0, "x");
    authority.accept(submission);
    authority.fillTo(10);
    authority.trimTo(10);
    authority.restart();

    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_copyBehindAPreparedOne_isADuplicate() {
    Document document = Authority.over("").document();
    Submission submission = insert("a", 1, 1, 0, "x");
    Accepted accepted = (Accepted) document.prepare(submission, NOW);

    assertThat(accepted.next().prepare(submission, NOW)).isEqualTo(new Duplicate(1));
    assertThat(document.prepare(submission, NOW)).isInstanceOf(Accepted.class);
  }

  @Test
  void prepare_createSentAgain_isADuplicateAlsoAfterDeletion() {
    Authority authority = new Authority(Document.empty(Authority.RULES, 7));
    Submission create = create("a", 1, Submission.HEAD, "text");
    authority.accept(create);
    assertThat(authority.prepare(create)).isEqualTo(new Duplicate(0));

    authority.accept(delete("b", 1, 1));
    assertThat(authority.prepare(create)).isEqualTo(new Duplicate(0));
  }

  @Test
  void prepare_lowerSequenceInTheLog_isADuplicateAtItsOwnEntry() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 3, 1, 0, "x"));
    authority.fillTo(4);
    authority.accept(insert("a", 8, 4, 0, "y"));

    assertThat(authority.prepare(insert("a", 3, 1, 0, "x"))).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_lowerSequenceThatNeverCame_isRefused() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 3, 1, 0, "x"));

    authority.refuse(insert("a", 2, 1, 0, "late"), Refusal.SEQUENCE_SUPERSEDED);
    authority.refuse(insert("a", 1, 2, 0, "late"), Refusal.SEQUENCE_SUPERSEDED);
  }

  @Test
  void prepare_lowerSequenceBelowTheBase_isRefused() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 3, 1, 0, "x"));
    authority.accept(insert("a", 4, 2, 0, "y"));
    authority.trimTo(3);

    authority.refuse(insert("a", 3, 1, 0, "x"), Refusal.SEQUENCE_SUPERSEDED);
  }

  @Test
  void prepare_sequencesWithGaps_areTaken() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 5, 1, 0, "x"));
    authority.accept(insert("a", OperationId.MAX_SEQUENCE, 2, 0, "y"));

    assertThat(authority.text()).isEqualTo("yx");
  }

  @Test
  void prepare_refusedBefore_isDecidedAnew() {
    Authority authority = new Authority(Document.empty(Authority.RULES, 7));
    Submission submission = insert("a", 1, 0, 0, "x");
    authority.refuse(submission, Refusal.DOES_NOT_EXIST);
    authority.refuse(submission, Refusal.DOES_NOT_EXIST);
    assertThat(authority.document().lastSubmission(submission.id().client())).isEmpty();
  }

  @Test
  void restore_entriesBehindWhichRowsAreForgotten_noDuplicateIsApplied() {
    Authority authority = Authority.over("");
    Submission submission = insert("a", 1, 1, 0, "x");
    authority.accept(submission);
    authority.fillTo(5);
    Snapshot snapshot = authority.snapshotWithout("a"); // made after the log was trimmed

    authority.restartWith(snapshot); // with all entries, as the stored log still has them

    assertThat(authority.document().base()).isEqualTo(2);
    assertThat(authority.stale(submission)).isEqualTo(Fate.UNKNOWN);
    assertThat(authority.text()).isEqualTo("...x");
  }

  @Test
  void commit_voidedByANodeThatHadForgottenIt_isStillADuplicate() {
    Authority authority = Authority.over("");
    Submission submission = insert("a", 1, 1, 0, "x");
    authority.accept(submission);

    authority.append(submission.id(), new Payload.None());

    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
    authority.accept(insert("a", 2, 3, 0, "y"));
    authority.append(submission.id(), new Payload.None());
    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
    assertThat(authority.prepare(insert("a", 2, 3, 0, "y"))).isEqualTo(new Duplicate(3));
    authority.restart();
    assertThat(authority.prepare(submission)).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_createAtTheHeadByAForgottenClient_isNotApplied() {
    Authority authority = Authority.over("text");
    Submission create = create("a", 1, Submission.HEAD, "again");
    authority.accept(delete("b", 1, 1));
    authority.accept(create);
    authority.accept(delete("b", 2, 3));
    authority.trimTo(4);
    authority.restartWith(authority.snapshotWithout("a"));

    assertThat(authority.stale(create)).isEqualTo(Fate.UNKNOWN);

    assertThat(authority.document().content()).isEmpty();
    assertThat(authority.stale(create)).isEqualTo(Fate.UNKNOWN);
    authority.accept(create("a", 2, Submission.HEAD, "knowingly"));
  }
}
