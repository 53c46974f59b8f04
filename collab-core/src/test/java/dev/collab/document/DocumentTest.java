package dev.collab.document;

import static dev.collab.document.Authority.CODEC;
import static dev.collab.document.Authority.NOW;
import static dev.collab.document.Authority.create;
import static dev.collab.document.Authority.edit;
import static dev.collab.document.Authority.id;
import static dev.collab.document.Authority.insert;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.Decision.Accepted;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

  @Test
  void empty_newDocument_hasNothing() {
    Document document = Document.empty(Authority.RULES, 7);

    assertThat(document.revision()).isZero();
    assertThat(document.base()).isZero();
    assertThat(document.epoch()).isEqualTo(7);
    assertThat(document.hash()).isEqualTo(ChainHash.START);
    assertThat(document.content()).isEmpty();
    assertThat(document.lastSubmission(new ClientId("a"))).isEmpty();
    assertThat(document.since(0)).isEmpty();
  }

  @Test
  void prepare_editAtTheHead_isTakenAsItIs() {
    Authority authority = Authority.over("ab");

    Accepted accepted = authority.accept(insert("a", 1, 1, 1, "x"));

    assertThat(authority.text()).isEqualTo("axb");
    assertThat(accepted.entry().id()).isEqualTo(id("a", 1));
    assertThat(accepted.entry().baseRevision()).isEqualTo(1);
    assertThat(accepted.entry().revision()).isEqualTo(2);
    assertThat(accepted.entry().committedAt()).isEqualTo(NOW);
    assertThat(accepted.next().revision()).isEqualTo(2);
    assertThat(accepted.next().lastSubmission(new ClientId("a")))
        .contains(new LastSubmission(1, 2, false));
    assertThat(CODEC.decode(accepted.encoded())).isEqualTo(accepted.entry());
  }

  @Test
  void prepare_twoInsertsAtOnePlace_theLaterCommittedStandsFirst() {
    Authority authority = Authority.over("");

    authority.accept(insert("a", 1, 1, 0, "Hello"));
    authority.accept(insert("b", 1, 1, 0, "World"));

    assertThat(authority.text()).isEqualTo("WorldHello");
  }

  @Test
  void prepare_historyThatComposesDifferently_isTransformedEntryByEntry() {
    Authority authority = Authority.over("x");
    authority.accept(edit("b", 1, 1, TextOperation.delete(0, 1)));
    authority.accept(insert("b", 2, 2, 0, "b"));

    authority.accept(insert("a", 1, 1, 1, "a"));

    assertThat(authority.text()).isEqualTo("ab"); // over the composition it would be "ba"
  }

  @Test
  void prepare_twiceOnOneDocument_decisionsDoNotSeeEachOther() {
    Authority authority = Authority.over("ab");
    Document document = authority.document();

    Accepted first = (Accepted) authority.prepare(insert("a", 1, 1, 0, "x"));
    Accepted second = (Accepted) authority.prepare(insert("b", 1, 1, 2, "y"));

    assertThat(Authority.text(first.next())).isEqualTo("xab");
    assertThat(Authority.text(second.next())).isEqualTo("aby");
    assertThat(Authority.text(document)).isEqualTo("ab");
    assertThat(document.revision()).isEqualTo(1);
    assertThat(document.since(0)).hasSize(1);
    assertThat(document.lastSubmission(new ClientId("a"))).isEmpty();
    assertThat(first.next().lastSubmission(new ClientId("b"))).isEmpty();
    assertThat(first.next().since(1)).containsExactly(first.entry());
    assertThat(second.next().since(1)).containsExactly(second.entry());
    assertThat(first.next().hash()).isNotEqualTo(second.next().hash());
  }

  @Test
  void prepare_afterRefusedAppend_isTransformedOverTheMissingEntry() {
    Authority here = Authority.over("ab");
    Authority elsewhere = new Authority(here.document());
    Submission submission = insert("a", 1, 1, 2, "x");
    Accepted dropped = (Accepted) here.prepare(submission);
    Accepted first = elsewhere.accept(insert("b", 1, 1, 0, "123"));

    Document caughtUp = here.document().commit(first.entry(), first.encoded(), first.next().hash());
    Accepted again = (Accepted) caughtUp.prepare(submission, NOW);

    assertThat(Authority.text(again.next())).isEqualTo("123abx");
    assertThat(again.entry().baseRevision()).isEqualTo(2);
    assertThat(dropped.entry().baseRevision()).isEqualTo(1);
  }

  @Test
  void prepare_onPreparedDocuments_makesAChainThatCommitsAlike() {
    Document document = Authority.over("").document();
    Document prepared = document;
    List<Accepted> batch = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batch.add((Accepted) prepared.prepare(insert("c" + i, 1, 1, 0, "" + i), NOW));
      prepared = batch.get(i).next();
    }

    Document follower = document;
    for (Accepted accepted : batch) {
      follower = follower.commit(accepted.entry(), accepted.encoded(), accepted.next().hash());
    }

    assertThat(Authority.text(prepared)).isEqualTo("43210");
    assertThat(Authority.text(follower)).isEqualTo("43210");
    assertThat(follower.hash()).isEqualTo(prepared.hash());
    assertThat(follower.since(0)).isEqualTo(prepared.since(0));
  }

  @Test
  void prepare_encodedEdit_isReadByTheDocumentsType() {
    Authority authority = Authority.over("ab");
    JsonValue encoded = TEXT.encodeOperation(TextOperation.insert(1, "x"));

    authority.accept(Submission.of(id("a", 1), 1, new Proposal.EncodedEdit(encoded)));

    assertThat(authority.text()).isEqualTo("axb");
    authority.refuse(
        Submission.of(id("a", 2), 2, new Proposal.EncodedEdit(JsonValue.of("no operation"))),
        InvalidOperationException.BADLY_FORMED);
  }

  @Test
  void prepare_revisionOfTheFuture_isRefused() {
    Authority.over("ab").refuse(insert("a", 1, 2, 0, "x"), Refusal.REVISION_FROM_THE_FUTURE);
  }

  @Test
  void prepare_pastTheEndOfItsBase_isRefusedThoughTheHeadIsLonger() {
    Authority authority = Authority.over("ab");
    authority.accept(insert("b", 1, 1, 2, "more text"));

    authority.refuse(insert("a", 1, 1, 3, "x"), InvalidOperationException.NOT_APPLIED);
    authority.refuse(
        edit("a", 1, 1, TextOperation.delete(1, 2)), InvalidOperationException.NOT_APPLIED);
  }

  @Test
  void prepare_loneSurrogate_isRefused() {
    Authority authority = Authority.over("ab");

    authority.refuse(insert("a", 1, 1, 1, "\ud83d"), InvalidOperationException.NOT_APPLIED);
    authority.refuse(insert("a", 1, 1, 0, "x\ude00"), InvalidOperationException.NOT_APPLIED);
    new Authority(Document.empty(Authority.RULES, 7))
        .refuse(create("a", 1, 0, "\ud83d"), InvalidOperationException.BADLY_FORMED);
  }

  @Test
  void prepare_halfOfAPairReplaced_isCommittedWithWholePairs() {
    Authority authority = Authority.over("a\ud83d\ude00b");

    Accepted accepted = authority.accept(edit("a", 1, 1, TextOperation.replace(2, 1, "\ude01")));

    assertThat(authority.text()).isEqualTo("a\ud83d\ude01b");
    assertThat(((Payload.Edit<?>) accepted.entry().payload()).operation())
        .isEqualTo(TextOperation.replace(1, 2, "\ud83d\ude01"));
  }

  @Test
  void prepare_pairHalvedByAConcurrentEdit_isRefused() {
    Authority authority = Authority.over("\ud83d\ude00");
    authority.accept(edit("b", 1, 1, TextOperation.delete(0, 2)));

    authority.refuse(
        edit("a", 1, 1, TextOperation.replace(1, 1, "\ude01")),
        InvalidOperationException.NOT_APPLIED);
  }

  @Test
  void since_anyRevision_inversesRebuildEveryEarlierState() {
    Authority authority = Authority.over("The quick brown fox");
    List<String> states = new ArrayList<>(List.of(authority.text()));
    authority.accept(edit("a", 1, 1, TextOperation.delete(4, 6)));
    states.add(authority.text());
    authority.accept(edit("b", 1, 1, TextOperation.replace(4, 11, "red")));
    states.add(authority.text());
    authority.append(id("c", 1), new Payload.None());
    states.add(authority.text());
    authority.accept(edit("a", 2, 2, TextOperation.replace(0, 3, "A")));
    states.add(authority.text());

    List<CommittedOperation> entries = authority.document().since(1);
    String state = authority.text();
    for (int i = entries.size() - 1; i >= 0; i--) {
      assertThat(state).isEqualTo(states.get(i + 1));
      if (entries.get(i).payload() instanceof Payload.Edit<?> edit) {
        state = ((TextOperation) edit.inverse()).applyTo(state);
      }
    }
    assertThat(state).isEqualTo("The quick brown fox");
  }

  @Test
  void trimmedTo_lowerOrEqualBase_changesNothing() {
    Authority authority = Authority.over("");
    authority.fillTo(5);
    authority.trimTo(3);
    Document document = authority.document();

    assertThat(document.base()).isEqualTo(3);
    assertThat(document.since(3)).hasSize(2);
    assertThat(document.trimmedTo(3)).isSameAs(document);
    assertThat(document.trimmedTo(2)).isSameAs(document);
    assertThatThrownBy(() -> document.trimmedTo(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> document.since(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> document.since(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void encoded_changedByTheCaller_theDecisionKeepsItsBytes() {
    Accepted accepted = Authority.over("").accept(insert("a", 1, 1, 0, "x"));
    byte[] bytes = accepted.encoded();
    bytes[0]++;

    assertThat(accepted.encoded()).isEqualTo(CODEC.encode(accepted.entry()));
  }

  @Test
  void prepare_operationOfAnotherType_isRefused() {
    Submission foreign = Submission.of(id("a", 1), 1, new Proposal.Edit(new ForeignOperation()));

    Authority.over("ab").refuse(foreign, InvalidOperationException.BADLY_FORMED);
  }

  private record ForeignOperation() implements Operation {

    @Override
    public boolean isNoop() {
      return false;
    }

    @Override
    public int weight() {
      return 1;
    }
  }
}
