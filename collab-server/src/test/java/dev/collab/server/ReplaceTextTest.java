package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.chat.ChatType;
import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Snapshot;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireLimits;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.ServerLimits;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole texts that the program submits. */
class ReplaceTextTest {

  private static final DocumentId ID = new DocumentId("c", "d");

  private ServerHarness harness = new ServerHarness(Ground.CALM);

  private Documents documents() {
    return harness.server().documents();
  }

  private void create(String text) {
    harness.await(documents().create(ID, TextType.TEXT, JsonValue.of(text)));
  }

  private long edit(long base, TextOperation operation) {
    return harness.await(documents().submit(ID, base, new Proposal.Edit(operation)));
  }

  private ReplacedText replace(long base, String text) {
    return harness.await(documents().replaceText(ID, base, text));
  }

  /** Says how a replacement is refused, and that it left nothing behind. */
  private String refused(long base, String text) {
    Snapshot before = harness.await(documents().read(ID));
    String code = harness.code(documents().replaceText(ID, base, text));
    Snapshot after = harness.await(documents().read(ID));
    assertThat(after.revision()).isEqualTo(before.revision());
    assertThat(after.content()).isEqualTo(before.content());
    return code;
  }

  @ParameterizedTest
  @EnumSource
  void wholeText_ofAnOldRevision_keepsWhatOthersDidSince(Ground ground) {
    harness = new ServerHarness(ground);
    create("one\ntwo\nthree\n");
    edit(1, TextOperation.insert(0, "zero\n"));
    edit(2, TextOperation.builder().retain(9).delete(4).build());
    assertThat(harness.text()).isEqualTo("zero\\none\\nthree\\n");
    ReplacedText replaced = replace(1, "one\ntwo\nthree!\n");
    assertThat(replaced).isEqualTo(new ReplacedText(4, "zero\none\nthree!\n"));
    assertThat(replace(4, "zero\none\nfour\n")).isEqualTo(new ReplacedText(5, "zero\none\nfour\n"));
    Documents other = harness.start().documents();
    assertThat(harness.await(other.replaceText(ID, 5, "one\nfour\n")))
        .isEqualTo(new ReplacedText(6, "one\nfour\n"));
    assertThat(replace(5, "zero\none\nfour\nfive\n"))
        .isEqualTo(new ReplacedText(7, "one\nfour\nfive\n"));
  }

  @Test
  void wholeText_afterAReadByAnybody_isToldToSubscribersAsASmallChange() {
    create("Hello, world");
    WireClient alice = harness.connect(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.clear();
    replace(1, "Hello, big world");
    harness.settle();
    assertThat(alice.received()).singleElement().asString().contains("'op':[7,'big ']");
  }

  @Test
  void twoWholeTexts_ofOneRevision_areBothKept() {
    create("a\nb\nc\n");
    CompletionStage<ReplacedText> first = documents().replaceText(ID, 1, "A\nb\nc\n");
    CompletionStage<ReplacedText> second = documents().replaceText(ID, 1, "a\nb\nC\n");
    harness.await(first);
    harness.await(second);
    assertThat(harness.text()).isEqualTo("A\\nb\\nC\\n");
  }

  @Test
  void wholeText_thatChangesNothing_commitsNothingAndAnswersWithThePresent() {
    create("text");
    edit(1, TextOperation.insert(4, "!"));
    assertThat(replace(2, "text!")).isEqualTo(new ReplacedText(2, "text!"));
    assertThat(replace(1, "text")).isEqualTo(new ReplacedText(2, "text!"));
    assertThat(harness.await(documents().read(ID)).revision()).isEqualTo(2);
  }

  @Test
  void emojiThatDifferInTheirSecondHalf_areReplacedWhole() {
    create("\ud83d\ude00");
    assertThat(replace(1, "\ud83d\ude01")).isEqualTo(new ReplacedText(2, "\ud83d\ude01"));
  }

  @Test
  void wholeText_ofARevisionFromTheFuture_isRefused() {
    create("text");
    assertThat(refused(2, "other")).isEqualTo(ErrorCodes.VERSION_FROM_FUTURE);
  }

  @Test
  void wholeText_ofATrimmedRevision_isRefused() {
    LongHistory history = new LongHistory(harness);
    history.trimmed();
    assertThat(refused(2, "other")).isEqualTo(ErrorCodes.OPERATIONS_NOT_FOUND);
    long old = history.revision() - 900;
    String then = history.text().substring(900);
    assertThat(replace(old, then + ".").text()).isEqualTo(history.text() + ".");
  }

  @Test
  void wholeText_ofARevisionBeforeAPurge_isRefused() {
    create("text");
    harness.await(documents().purge(ID));
    assertThat(refused(1, "other")).isEqualTo(ErrorCodes.OPERATIONS_NOT_FOUND);
    assertThat(replace(1L << 32, "other").text()).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "text \ude00\ud83d", "\ud83d\ud83d\ude00"})
  void wholeText_withHalfASurrogatePair_isRefused(String text) {
    create("\ud83d\ude00");
    assertThat(refused(1, text)).isEqualTo(ErrorCodes.OPERATION_BADLY_FORMED);
  }

  @Test
  void wholeText_overALimit_isRefused() {
    WireLimits wire = WireLimits.builder().document(100).operation(80).build();
    harness.withLimits(ServerLimits.builder().wire(wire).build());
    create("");
    assertThat(refused(1, "x".repeat(101))).isEqualTo(ErrorCodes.DOCUMENT_TOO_LARGE);
    assertThat(refused(1, "x".repeat(100))).isEqualTo(ErrorCodes.OPERATION_TOO_LARGE);
    replace(1, "x".repeat(60));
    assertThat(refused(1, "y".repeat(60))).isEqualTo(ErrorCodes.DOCUMENT_TOO_LARGE);
  }

  @Test
  void wholeText_ofNoDocumentOrAnotherLifeOfIt_isRefused() {
    assertThat(refused(0, "text")).isEqualTo(ErrorCodes.DOCUMENT_DOES_NOT_EXIST);
    create("text");
    assertThat(refused(0, "text")).isEqualTo(ErrorCodes.DOCUMENT_ALREADY_CREATED);
    harness.await(documents().delete(ID));
    assertThat(refused(1, "other")).isEqualTo(ErrorCodes.DOCUMENT_WAS_DELETED);
    assertThat(refused(2, "other")).isEqualTo(ErrorCodes.DOCUMENT_DOES_NOT_EXIST);
    create("again");
    assertThat(refused(1, "other")).isEqualTo(ErrorCodes.DOCUMENT_WAS_DELETED);
    assertThat(replace(3, "other").text()).isEqualTo("other");
  }

  @Test
  void wholeText_forADocumentOfAnotherType_isRefused() {
    harness.withType(ChatType.CHAT);
    harness.await(documents().create(ID, ChatType.CHAT, JsonValue.NULL));
    assertThat(refused(1, "text")).isEqualTo(ErrorCodes.OPERATION_NOT_APPLIED);
  }

  @Test
  void wholeText_whenTheServerIsClosed_failsAsUnavailable() {
    create("text");
    harness.server().close();
    assertThat(harness.code(documents().replaceText(ID, 1, "other")))
        .isEqualTo(ErrorCodes.UNAVAILABLE);
  }

  @Test
  void negativeRevision_isRefusedAtOnce() {
    assertThatThrownBy(() -> documents().replaceText(ID, -1, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
