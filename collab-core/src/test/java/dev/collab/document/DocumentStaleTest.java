package dev.collab.document;

import static dev.collab.document.Authority.id;
import static dev.collab.document.Authority.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.Decision.Stale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Submissions whose base revision lies below the log's base. */
class DocumentStaleTest {

  /** A document at revision 20 whose log begins at 15; client "a" committed its number 1 at 1. */
  private static Authority trimmed() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 1, 1, 0, "x"));
    authority.fillTo(20);
    authority.trimTo(15);
    return authority;
  }

  @Test
  void prepare_baseOfTheLog_isDecidedExactly() {
    Authority authority = trimmed();

    authority.accept(insert("n", 1, 15, 0, "y"));
    assertThat(authority.stale(insert("o", 1, 14, 0, "y"))).isEqualTo(Fate.NOT_COMMITTED);
  }

  @Test
  void prepare_belowTheBase_isVoidedAndNothingElseChanges() {
    Authority authority = trimmed();
    String text = authority.text();
    Submission submission = insert("a", 2, 14, 0, "y");

    Stale stale = (Stale) authority.prepare(submission);

    assertThat(stale.fate()).isEqualTo(Fate.NOT_COMMITTED);
    Decision.Accepted voiding = stale.voiding().orElseThrow();
    assertThat(voiding.entry().id()).isEqualTo(id("a", 2));
    assertThat(voiding.entry().payload()).isEqualTo(new Payload.None());
    assertThat(voiding.entry().revision()).isEqualTo(21);
    assertThat(Authority.text(voiding.next())).isEqualTo(text);
    assertThat(voiding.next().lastSubmission(new ClientId("a")))
        .contains(new LastSubmission(2, 21, true));
    assertThat(authority.document().revision()).isEqualTo(20);
  }

  @Test
  void prepare_lateCopyOfAVoidedOne_isNeverApplied() {
    Authority authority = trimmed();
    Submission submission = insert("a", 2, 14, 0, "y");
    authority.stale(submission);
    Submission atTheHead = insert("a", 2, 21, 0, "y");

    for (Submission copy : new Submission[] {submission, atTheHead}) {
      assertThat(authority.prepare(copy))
          .isEqualTo(new Stale(Fate.NOT_COMMITTED, Optional.empty()));
    }
    authority.accept(insert("a", 3, 21, 0, "z"));
    assertThat(authority.prepare(submission))
        .isEqualTo(new Stale(Fate.NOT_COMMITTED, Optional.empty()));
    authority.restart();
    assertThat(authority.prepare(submission))
        .isEqualTo(new Stale(Fate.NOT_COMMITTED, Optional.empty()));
  }

  @Test
  void prepare_voidedOneWhoseEntryIsGone_isRefused() {
    Authority authority = trimmed();
    Submission submission = insert("a", 2, 14, 0, "y");
    authority.stale(submission);
    authority.accept(insert("a", 3, 21, 0, "z"));
    authority.trimTo(22);

    authority.refuse(submission, Refusal.SEQUENCE_SUPERSEDED);
  }

  @Test
  void prepare_committedBelowTheBase_isADuplicate() {
    assertThat(trimmed().prepare(insert("a", 1, 1, 0, "x"))).isEqualTo(new Decision.Duplicate(1));
  }

  @Test
  void prepare_forgottenClient_fateIsUnknown() {
    Authority authority = trimmed();
    authority.restartWith(authority.snapshotWithout("a"));
    Submission maybeCommitted = insert("a", 1, 1, 0, "x");

    assertThat(authority.stale(maybeCommitted)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void prepare_forgottenClientAsksAgain_fateStaysUnknown() {
    Authority authority = trimmed();
    authority.restartWith(authority.snapshotWithout("a"));
    Submission maybeCommitted = insert("a", 1, 1, 0, "x");
    authority.stale(maybeCommitted); // the answer is lost

    assertThat(authority.stale(maybeCommitted)).isEqualTo(Fate.UNKNOWN);
    authority.restart();
    assertThat(authority.stale(maybeCommitted)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void prepare_rowPutByALateCopyOfAnEarlierNumber_fateIsUnknown() {
    Authority authority = Authority.over("");
    authority.accept(insert("a", 4, 1, 0, "w"));
    Submission committed = insert("a", 5, 2, 0, "x");
    authority.accept(committed);
    authority.fillTo(20);
    authority.trimTo(15);
    authority.restartWith(authority.snapshotWithout("a"));

    assertThat(authority.stale(insert("a", 4, 1, 0, "w"))).isEqualTo(Fate.UNKNOWN);

    assertThat(authority.stale(committed)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void prepare_baseBehindAllThatIsForgotten_fateIsCertain() {
    Authority authority = trimmed();
    authority.restartWith(authority.snapshotWithout("a"));

    assertThat(authority.document().submissions().evictedUpTo()).isEqualTo(2);
    assertThat(authority.stale(insert("a", 2, 2, 0, "y"))).isEqualTo(Fate.NOT_COMMITTED);
    assertThat(authority.stale(insert("n", 1, 1, 0, "y"))).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void prepare_rowOlderThanTheBase_fateIsCertainWhateverIsForgotten() {
    Authority authority = trimmed();
    authority.restartWith(authority.snapshotWithout("filler10"));

    assertThat(authority.document().submissions().evictedUpTo()).isEqualTo(11);
    assertThat(authority.stale(insert("a", 2, 3, 0, "y"))).isEqualTo(Fate.NOT_COMMITTED);
    assertThat(authority.stale(insert("n", 2, 3, 0, "y"))).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void trimmedTo_moreRowsThanAreKept_forgetsTheOldestOnly() {
    Authority authority = Authority.over("");
    long revision = Document.MAX_KEPT_SUBMISSIONS + 3; // one row each, three too many
    authority.fillTo(revision);
    authority.trimTo(2);
    assertThat(authority.document().submissions().evictedUpTo()).isEqualTo(2);
    authority.trimTo(100);

    Document document = authority.document();
    assertThat(document.submissions().evictedUpTo()).isEqualTo(3);
    assertThat(document.submissions().rows()).hasSize(Document.MAX_KEPT_SUBMISSIONS);
    assertThat(document.lastSubmission(new ClientId("filler2"))).isEmpty();
    assertThat(document.lastSubmission(new ClientId("filler3"))).isPresent();
    assertThat(document.snapshot().evictedUpTo()).isEqualTo(3);
    assertThat(authority.stale(insert("filler2", 1, 2, 0, "."))).isEqualTo(Fate.UNKNOWN);
    assertThat(authority.stale(insert("filler2", 2, 3, 0, "."))).isEqualTo(Fate.NOT_COMMITTED);
  }
}
