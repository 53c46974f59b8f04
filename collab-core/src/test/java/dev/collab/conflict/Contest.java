package dev.collab.conflict;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.Decision.Accepted;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.document.TestEntryCodec;
import dev.collab.operation.OperationTypes;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A text that several change with a strategy; the text is created at revision 1. */
final class Contest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final OperationTypes TYPES = OperationTypes.of(TEXT);

  private final ConflictStrategy strategy;
  private final Map<String, Long> sequences = new HashMap<>();
  private final List<ReportedConflict> conflicts = new ArrayList<>();
  private Document document = Document.empty(DocumentRules.of(TYPES, new TestEntryCodec(TYPES)), 7);

  Contest(String text, ConflictStrategy strategy) {
    this.strategy = strategy;
    submit("creator", 0, 0, new Proposal.Create("text", JsonValue.of(text)));
  }

  /** Commits an edit made when nothing else was on the screen. */
  Accepted edit(String author, long base, TextOperation operation) {
    return edit(author, base, base, operation);
  }

  Accepted edit(String author, long base, long seen, TextOperation operation) {
    return submit(author, base, seen, new Proposal.Edit(operation));
  }

  private Accepted submit(String author, long base, long seen, Proposal proposal) {
    OperationId id = new OperationId(new ClientId(author), sequences.merge(author, 1L, Long::sum));
    Submission submission = new Submission(id, base, seen, proposal);
    List<ReportedConflict> found = new ArrayList<>();
    Accepted accepted =
        (Accepted)
            document.prepare(
                submission,
                merged -> {
                  Settlement settlement = strategy.settle(merged);
                  assertThat(strategy.settle(merged)).isEqualTo(settlement);
                  found.addAll(settlement.conflicts());
                  return settlement.correction();
                },
                NOW);
    conflicts.addAll(found);
    document = accepted.correction().orElse(accepted).next();
    return accepted;
  }

  void trimTo(long base) {
    document = document.trimmedTo(base);
  }

  long revision() {
    return document.revision();
  }

  Text state() {
    return document.content().orElseThrow().as(TEXT).orElseThrow().state();
  }

  String text() {
    return state().toString();
  }

  List<ReportedConflict> conflicts() {
    return conflicts;
  }
}
