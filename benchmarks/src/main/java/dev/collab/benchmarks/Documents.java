package dev.collab.benchmarks;

import dev.collab.document.ClientId;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.time.Instant;

/** Makes documents that encode their entries as a server does, and submits to them. */
final class Documents {

  /** When everything happens. */
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final DocumentRules rules;
  private long sequence;

  Documents() {
    OperationTypes types = OperationTypes.of(TextType.TEXT);
    rules = DocumentRules.of(types, new StorageCodec(types));
  }

  /** Returns a document at revision 1 that holds a text. */
  Document create(String text) {
    Proposal create = new Proposal.Create(TextType.TEXT.uri(), JsonValue.of(text));
    OperationId id = new OperationId(client(0), 1);
    return accepted(Document.empty(rules, 1).prepare(Submission.of(id, 0, create), NOW)).next();
  }

  /** Submits an operation under the next number. */
  Decision.Accepted submit(Document document, int author, long base, TextOperation operation) {
    return accepted(document.prepare(submission(author, ++sequence, base, operation), NOW));
  }

  static Submission submission(int author, long sequence, long base, TextOperation operation) {
    return Submission.of(
        new OperationId(client(author), sequence), base, new Proposal.Edit(operation));
  }

  /** Returns the decision if it is to accept, and throws an error otherwise. */
  static Decision.Accepted accepted(Decision decision) {
    if (decision instanceof Decision.Accepted accepted) {
      return accepted;
    }
    throw new IllegalStateException("not accepted: " + decision);
  }

  private static ClientId client(int author) {
    return new ClientId("c0123456789abcdefghij" + author);
  }
}
