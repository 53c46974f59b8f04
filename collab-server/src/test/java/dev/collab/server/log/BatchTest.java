package dev.collab.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.LogEntry;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Correction;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.Fate;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.protocol.WireError;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final OperationTypes TYPES = OperationTypes.of(TextType.TEXT);
  private static final DocumentRules RULES = DocumentRules.of(TYPES, new StorageCodec(TYPES));

  private Document prepared = Document.empty(RULES, 1);
  private final List<PipelineItem<Audience>> items = new ArrayList<>();

  BatchTest() {
    submit(new Proposal.Create("text", JsonValue.of("")), Correction.NONE);
    items.clear();
  }

  private void submit(Proposal proposal, Correction correction) {
    Submission submission =
        Submission.of(
            new OperationId(new ClientId("a"), prepared.revision() + 1),
            prepared.revision(),
            proposal);
    PipelineItem<Audience> item =
        new PipelineItem<>(
            new Nobody(submission), prepared.prepare(submission, correction, Instant.EPOCH));
    item.entries().forEach(accepted -> prepared = accepted.next());
    items.add(item);
  }

  private void edit(int length, Correction correction) {
    submit(new Proposal.Edit(TextOperation.insert(0, "x".repeat(length))), correction);
  }

  private static Correction adding(int length) {
    return merged -> Optional.of(TextOperation.insert(0, "y".repeat(length)));
  }

  @Test
  void of_anItemWithACorrection_hasBothEntriesInOrder() {
    edit(1, adding(1));
    edit(1, Correction.NONE);
    Batch batch = Batch.of(items);

    assertThat(batch.items()).isEqualTo(2);
    assertThat(batch.entries()).extracting(LogEntry::revision).containsExactly(2L, 3L, 4L);
  }

  @Test
  void of_anItemWhoseCorrectionHasNoRoom_leavesBothEntriesForTheNext() {
    edit(10, Correction.NONE);
    edit(10, adding(70_000));
    Batch batch = Batch.of(items);

    assertThat(batch.items()).isEqualTo(1);
    assertThat(batch.entries()).hasSize(1);
    Batch next = Batch.of(items.subList(1, 2));
    assertThat(next.items()).isEqualTo(1);
    assertThat(next.entries()).extracting(LogEntry::revision).containsExactly(3L, 4L);
  }

  @Test
  void of_manyItemsWithCorrections_countsItemsAndTakesAllTheirEntries() {
    for (int i = 0; i < 129; i++) {
      edit(1, adding(1));
    }
    Batch batch = Batch.of(items);

    assertThat(batch.items()).isEqualTo(128);
    assertThat(batch.entries()).hasSize(256);
  }

  private record Nobody(Submission submission) implements PendingSubmission<Audience> {

    @Override
    public Object origin() {
      return this;
    }

    @Override
    public void committed(CommittedOperation entry, Document document, Audience audience) {}

    @Override
    public void duplicate(long baseRevision, Document document, Audience audience) {}

    @Override
    public void refused(WireError error, Audience audience) {}

    @Override
    public void stale(Fate fate, Document document, Audience audience) {}

    @Override
    public void failed(WireError error) {}
  }
}
