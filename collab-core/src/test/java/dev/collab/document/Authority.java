package dev.collab.document;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.Decision.Accepted;
import dev.collab.document.Decision.Refused;
import dev.collab.operation.OperationTypes;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A document that changes: what is accepted is appended at once. For tests of {@link Document}. */
final class Authority {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final OperationTypes TYPES = OperationTypes.of(TEXT);
  static final EntryCodec CODEC = new TestEntryCodec(TYPES);
  static final DocumentRules RULES = DocumentRules.of(TYPES, CODEC);

  private Document document;

  Authority(Document document) {
    this.document = document;
  }

  /** Returns an authority over a document that client "creator" created at revision 1. */
  static Authority over(String text) {
    return over(text, RULES);
  }

  static Authority over(String text, DocumentRules rules) {
    Authority authority = new Authority(Document.empty(rules, 7));
    authority.accept(create("creator", 1, 0, text));
    return authority;
  }

  Document document() {
    return document;
  }

  String text() {
    return text(document);
  }

  static String text(Document document) {
    return document.content().orElseThrow().as(TEXT).orElseThrow().state().toString();
  }

  Decision prepare(Submission submission) {
    return document.prepare(submission, NOW);
  }

  Accepted accept(Submission submission) {
    Decision decision = prepare(submission);
    assertThat(decision).isInstanceOf(Accepted.class);
    Accepted accepted = (Accepted) decision;
    document = accepted.next();
    return accepted;
  }

  /** Commits the entry that has to stand in the log before the answer. */
  Fate stale(Submission submission) {
    Decision.Stale stale = (Decision.Stale) prepare(submission);
    stale.voiding().ifPresent(voiding -> document = voiding.next());
    return stale.fate();
  }

  /** Takes in an entry as if another node had appended it. */
  void append(OperationId id, Payload payload) {
    append(new CommittedOperation(id, document.revision(), payload, NOW));
  }

  void append(CommittedOperation entry) {
    document = document.commit(entry, CODEC.encode(entry), hashBehind(document, entry));
  }

  static ChainHash hashBehind(Document document, CommittedOperation entry) {
    return document.hash().next(document.epoch(), entry.revision(), CODEC.encode(entry));
  }

  void refuse(Submission submission, String code) {
    Document before = document;
    Decision decision = prepare(submission);
    assertThat(decision).isInstanceOf(Refused.class);
    assertThat(((Refused) decision).code()).isEqualTo(code);
    assertThat(document).isSameAs(before);
  }

  /** Appends inserts at 0, each by a client of its own, until the document has a revision. */
  void fillTo(long revision) {
    while (document.revision() < revision) {
      accept(insert("filler" + document.revision(), 1, document.revision(), 0, "."));
    }
  }

  void trimTo(long base) {
    document = document.trimmedTo(base);
  }

  /** Goes on from what is stored: a snapshot, without entries before it. */
  void restart() {
    restartWith(document.snapshot());
  }

  void restartWith(Snapshot snapshot) {
    document =
        Document.restore(
            document.rules(),
            CODEC.decodeSnapshot(CODEC.encodeSnapshot(snapshot)),
            document.since(document.base()));
  }

  /** Returns the document's snapshot without a client's row, as a full table forgets it. */
  Snapshot snapshotWithout(String client) {
    Snapshot full = document.snapshot();
    Map<ClientId, LastSubmission> rows = new HashMap<>(full.submissions());
    LastSubmission row = Optional.ofNullable(rows.remove(new ClientId(client))).orElseThrow();
    return new Snapshot(
        full.epoch(),
        full.revision(),
        full.hash(),
        full.content(),
        rows,
        Math.max(full.evictedUpTo(), row.revision()),
        full.modifiedAt());
  }

  static OperationId id(String client, long sequence) {
    return new OperationId(new ClientId(client), sequence);
  }

  static Submission create(String client, long sequence, long base, String text) {
    Proposal proposal = new Proposal.Create("text", JsonValue.of(text));
    return Submission.of(id(client, sequence), base, proposal);
  }

  static Submission delete(String client, long sequence, long base) {
    return Submission.of(id(client, sequence), base, new Proposal.Delete());
  }

  static Submission edit(String client, long sequence, long base, TextOperation operation) {
    return Submission.of(id(client, sequence), base, new Proposal.Edit(operation));
  }

  static Submission insert(String client, long sequence, long base, int position, String text) {
    return edit(client, sequence, base, TextOperation.insert(position, text));
  }
}
