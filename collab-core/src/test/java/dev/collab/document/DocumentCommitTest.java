package dev.collab.document;

import static dev.collab.document.Authority.CODEC;
import static dev.collab.document.Authority.NOW;
import static dev.collab.document.Authority.id;
import static dev.collab.document.Authority.insert;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.OperationType;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Entries of the log that cannot be what was written. */
class DocumentCommitTest {

  private final Authority authority = Authority.over("ab");
  private final Document document = authority.document();

  private static CommittedOperation entry(long baseRevision, Payload payload) {
    return new CommittedOperation(id("a", 1), baseRevision, payload, NOW);
  }

  private static Payload edit(TextOperation operation) {
    return new Payload.Edit<>(TEXT, operation, TextOperation.noop());
  }

  private static void assertCorrupt(Document document, CommittedOperation entry, ChainHash hash) {
    ChainHash before = document.hash();
    long revision = document.revision();

    assertThatThrownBy(() -> document.commit(entry, new byte[] {1}, hash))
        .isInstanceOf(CorruptLogException.class)
        .extracting("code")
        .isEqualTo(CorruptLogException.CODE);

    assertThat(document.hash()).isEqualTo(before);
    assertThat(document.revision()).isEqualTo(revision);
    assertThat(document.lastSubmission(entry.id().client())).isEmpty();
  }

  /** Commits an entry whose hash is right, so that only the entry itself can be wrong. */
  private static void assertCorrupt(Document document, CommittedOperation entry) {
    ChainHash hash =
        document.hash().next(document.epoch(), document.revision() + 1, new byte[] {1});
    assertCorrupt(document, entry, hash);
  }

  @Test
  void commit_preparedElsewhere_isTheSameDocument() {
    Decision.Accepted accepted =
        (Decision.Accepted) document.prepare(insert("a", 1, 1, 1, "x"), NOW);

    Document committed =
        document.commit(accepted.entry(), accepted.encoded(), accepted.next().hash());

    assertThat(Authority.text(committed)).isEqualTo("axb");
    assertThat(committed.hash()).isEqualTo(accepted.next().hash());
    assertThat(committed.since(1)).isEqualTo(accepted.next().since(1));
    assertThat(committed.submissions().rows()).isEqualTo(accepted.next().submissions().rows());
  }

  @Test
  void commit_gapOrRepetition_isCorrupt() {
    assertCorrupt(document, entry(0, edit(TextOperation.insert(0, "x"))));
    assertCorrupt(document, entry(2, edit(TextOperation.insert(0, "x"))));
  }

  @Test
  void commit_otherHash_isCorrupt() {
    CommittedOperation entry = entry(1, edit(TextOperation.insert(0, "x")));
    ChainHash right = Authority.hashBehind(document, entry);

    assertCorrupt(document, entry, new ChainHash(right.high(), right.low() + 1));
    assertCorrupt(document, entry, document.hash());
    assertThat(document.commit(entry, CODEC.encode(entry), right).revision()).isEqualTo(2);
  }

  @Test
  void commit_otherBytes_isCorrupt() {
    CommittedOperation entry = entry(1, edit(TextOperation.insert(0, "x")));
    assertCorrupt(document, entry, Authority.hashBehind(document, entry));
  }

  @Test
  void commit_operationThatDoesNotFit_isCorrupt() {
    assertCorrupt(document, entry(1, edit(TextOperation.delete(1, 2))));
  }

  @Test
  void commit_editOfNothing_isCorrupt() {
    Document empty = Document.empty(Authority.RULES, 7);
    assertCorrupt(empty, entry(0, edit(TextOperation.insert(0, "x"))));
  }

  @Test
  void commit_creationOfWhatExists_isCorrupt() {
    assertCorrupt(document, entry(1, new Payload.Create(TEXT, JsonValue.of("x"))));
  }

  @Test
  void commit_creationWithInvalidContent_isCorrupt() {
    Document empty = Document.empty(Authority.RULES, 7);
    assertCorrupt(empty, entry(0, new Payload.Create(TEXT, JsonValue.of(5))));
    assertCorrupt(empty, entry(0, new Payload.Create(TEXT, JsonValue.of("\ud800"))));
  }

  @Test
  void commit_editOfAnotherType_isCorrupt() {
    TextOperation operation = TextOperation.insert(0, "x");
    Payload payload = new Payload.Edit<>(typeCalled("other"), operation, operation);
    assertCorrupt(document, entry(1, payload));
  }

  /** Returns a type with text's operations and another name. */
  @SuppressWarnings("unchecked")
  private static OperationType<?, TextOperation> typeCalled(String uri) {
    return (OperationType<?, TextOperation>)
        Proxy.newProxyInstance(
            OperationType.class.getClassLoader(),
            new Class<?>[] {OperationType.class},
            (proxy, method, arguments) ->
                method.getName().equals("uri") ? uri : method.invoke(TEXT, arguments));
  }
}
