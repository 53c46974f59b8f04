package dev.collab.document;

import static dev.collab.document.Authority.NOW;
import static dev.collab.document.Authority.create;
import static dev.collab.document.Authority.delete;
import static dev.collab.document.Authority.edit;
import static dev.collab.document.Authority.insert;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatOperation;
import dev.collab.document.Decision.Accepted;
import dev.collab.document.Decision.Duplicate;
import dev.collab.document.Decision.Refused;
import dev.collab.operation.OperationTypes;
import dev.collab.text.TextOperation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentCorrectionTest {

  /** Puts an exclamation mark in front of everything. */
  private static final Correction MARK = merged -> Optional.of(TextOperation.insert(0, "!"));

  private static Correction unasked() {
    return merged -> {
      throw new AssertionError("nothing was accepted");
    };
  }

  @Test
  void prepare_withACorrection_isTwoConsecutiveEntries() {
    Document document = Authority.over("ab").document();
    Accepted accepted = (Accepted) document.prepare(insert("a", 1, 1, 2, "c"), MARK, NOW);
    Accepted correction = accepted.correction().orElseThrow();

    assertThat(accepted.entries()).containsExactly(accepted, correction);
    assertThat(Authority.text(accepted.next())).isEqualTo("abc");
    assertThat(Authority.text(correction.next())).isEqualTo("!abc");
    assertThat(correction.entry().id()).isEqualTo(new OperationId(ClientId.AUTHORITY, 3));
    assertThat(correction.entry().baseRevision()).isEqualTo(accepted.entry().revision());
    assertThat(correction.next().hash())
        .isEqualTo(Authority.hashBehind(accepted.next(), correction.entry()));
  }

  @Test
  void prepare_withACorrection_changesNothing() {
    Document document = Authority.over("ab").document();
    document.prepare(insert("a", 1, 1, 2, "c"), MARK, NOW);

    assertThat(document.revision()).isEqualTo(1);
    assertThat(document.lastSubmission(ClientId.AUTHORITY)).isEmpty();
  }

  @Test
  void prepare_withACorrection_tellsWhatWasMergedAndWhatWasNotSeen() {
    Authority authority = Authority.over("ab");
    authority.accept(insert("x", 1, 1, 0, "1"));
    authority.accept(insert("x", 2, 2, 0, "2"));
    Submission submission =
        new Submission(Authority.id("a", 1), 2, 1, new Proposal.Edit(TextOperation.insert(3, "c")));
    AtomicReference<Merged> told = new AtomicReference<>();
    Accepted accepted =
        (Accepted)
            authority
                .document()
                .prepare(
                    submission,
                    merged -> {
                      told.set(merged);
                      return Optional.empty();
                    },
                    NOW);

    Merged merged = told.get();
    assertThat(merged.submission()).isSameAs(submission);
    assertThat(merged.before()).isSameAs(authority.document());
    assertThat(merged.entry()).isSameAs(accepted.entry());
    assertThat(merged.content().as(TEXT).orElseThrow().state().toString()).isEqualTo("21abc");
    assertThat(merged.unseen()).extracting(CommittedOperation::revision).containsExactly(2L, 3L);
    assertThat(accepted.correction()).isEmpty();
  }

  @Test
  void unseen_ofASubmissionAtTheHead_isNothing() {
    Authority authority = Authority.over("ab");
    AtomicReference<Merged> told = new AtomicReference<>();
    Submission submission = insert("a", 1, Submission.HEAD, 0, "x");
    authority
        .document()
        .prepare(
            submission,
            merged -> {
              told.set(merged);
              return Optional.empty();
            },
            NOW);

    assertThat(told.get().unseen()).isEmpty();
  }

  @Test
  void unseen_furtherBackThanTheHistory_isWhatIsAtHand() {
    Authority authority = Authority.over("ab");
    authority.fillTo(9);
    authority.trimTo(5);
    Merged merged =
        new Merged(
            authority.document(),
            new Submission(Authority.id("a", 1), 7, 1, new Proposal.Delete()),
            authority.document().since(8).get(0),
            authority.document().content().orElseThrow());

    assertThat(merged.unseen()).hasSize(4);
  }

  @Test
  void prepare_aCreation_isCorrectedToo() {
    Document document = Document.empty(Authority.RULES, 7);
    Accepted accepted = (Accepted) document.prepare(create("a", 1, 0, "x"), MARK, NOW);

    assertThat(Authority.text(accepted.correction().orElseThrow().next())).isEqualTo("!x");
  }

  @Test
  void prepare_aDeletion_isNotCorrected() {
    Document document = Authority.over("ab").document();
    Accepted accepted = (Accepted) document.prepare(delete("a", 1, 1), unasked(), NOW);

    assertThat(accepted.entries()).containsExactly(accepted);
  }

  @Test
  void prepare_sentAgain_isNotCorrectedAgain() {
    Authority authority = Authority.over("ab");
    Submission submission = insert("a", 1, 1, 0, "x");
    Accepted accepted = (Accepted) authority.document().prepare(submission, MARK, NOW);
    Document after = accepted.correction().orElseThrow().next();

    assertThat(after.prepare(submission, unasked(), NOW)).isEqualTo(new Duplicate(1));
    assertThat(accepted.next().prepare(submission, unasked(), NOW)).isEqualTo(new Duplicate(1));
  }

  @Test
  void prepare_whatIsRefusedOrTooOld_isNotCorrected() {
    Authority authority = Authority.over("ab");
    assertThat(authority.document().prepare(insert("a", 1, 1, 9, "x"), unasked(), NOW))
        .isInstanceOf(Refused.class);

    authority.fillTo(9);
    authority.trimTo(5);
    assertThat(authority.document().prepare(insert("a", 1, 1, 0, "x"), unasked(), NOW))
        .isInstanceOf(Decision.Stale.class);
  }

  @Test
  void prepare_aCorrectionWithoutEffect_isNoEntry() {
    Document document = Authority.over("ab").document();
    Accepted accepted =
        (Accepted)
            document.prepare(insert("a", 1, 1, 0, "x"), merged -> Optional.of(TEXT.noop()), NOW);

    assertThat(accepted.correction()).isEmpty();
  }

  @Test
  void prepare_aCorrectionThatFails_refusesTheSubmission() {
    assertFails(
        merged -> {
          throw new IllegalStateException("a defect of the application");
        });
  }

  @Test
  void prepare_aCorrectionThatDoesNotFit_refusesTheSubmission() {
    assertFails(merged -> Optional.of(TextOperation.insert(99, "!")));
    assertFails(merged -> Optional.of(TextOperation.insert(0, "\ud83d")));
    assertFails(merged -> Optional.of(ChatOperation.of(List.of())).map(NotText::new));
  }

  private record NotText(ChatOperation inner) implements dev.collab.operation.Operation {
    @Override
    public boolean isNoop() {
      return false;
    }

    @Override
    public int weight() {
      return 1;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101})
  void prepare_aCorrectionAboveALimit_refusesTheSubmission(int size) {
    DocumentRules rules = new DocumentRules(OperationTypes.of(TEXT), Authority.CODEC, 64, 100);
    Document document = Authority.over("x".repeat(60), rules).document();
    Correction filling = merged -> Optional.of(TextOperation.insert(0, "y".repeat(size - 61)));
    Decision decision = document.prepare(insert("a", 1, 1, 0, "x"), filling, NOW);

    if (size > 100) {
      assertThat(((Refused) decision).code()).isEqualTo(Refusal.CORRECTION_FAILED);
    } else {
      assertThat(((Accepted) decision).correction()).isPresent();
    }
  }

  private static void assertFails(Correction correction) {
    Authority authority = Authority.over("ab");
    Document before = authority.document();
    Decision decision = before.prepare(insert("a", 1, 1, 0, "x"), correction, NOW);

    assertThat(((Refused) decision).code()).isEqualTo(Refusal.CORRECTION_FAILED);
    assertThat(Authority.text(before)).isEqualTo("ab");
    assertThat(before.prepare(insert("a", 1, 1, 0, "x"), NOW)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void prepare_manyCorrected_isFollowedByWhoeverReadsTheLog(long seed) {
    Random random = new Random(seed);
    AtomicInteger marks = new AtomicInteger();
    Authority authority = Authority.over("start");
    Authority follower = new Authority(authority.document());
    Document document = authority.document();
    for (int i = 1; i <= 200; i++) {
      long base = document.revision() - random.nextInt((int) Math.min(document.revision(), 8));
      Correction sometimes =
          merged ->
              random.nextBoolean()
                  ? Optional.of(TextOperation.insert(0, "!" + marks.incrementAndGet()))
                  : Optional.empty();
      Decision decision =
          document.prepare(
              edit("c" + i % 3, i, base, TextOperation.insert(0, "x")), sometimes, NOW);
      for (Accepted accepted : ((Accepted) decision).entries()) {
        follower.append(accepted.entry());
        document = accepted.next();
      }
    }

    assertThat(follower.text()).isEqualTo(Authority.text(document));
    assertThat(follower.document().hash()).isEqualTo(document.hash());
    assertThat(follower.document().snapshot().submissions())
        .isEqualTo(document.snapshot().submissions());
    for (int i = 1; i <= marks.get(); i++) {
      assertThat(follower.text()).contains("!" + i);
    }
  }
}
