package dev.collab.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeptWeightTest {

  private final KeptWeight kept = new KeptWeight();

  private static CommittedOperation entry(long revision, Payload payload) {
    return new CommittedOperation(
        new OperationId(new ClientId("a"), revision), revision - 1, payload, Instant.EPOCH);
  }

  private static Payload insert(int length) {
    TextOperation operation = TextOperation.insert(0, "x".repeat(length));
    return new Payload.Edit<>(TextType.TEXT, operation, operation);
  }

  @Test
  void weight_growsWithWhatEntriesInsertAndDelete() {
    kept.add(entry(1, new Payload.Create(TextType.TEXT, JsonValue.of("x".repeat(100)))));
    long created = kept.units();
    kept.add(entry(2, insert(1_000)));
    assertThat(created).isBetween(100L, 200L);
    assertThat(kept.units() - created).isBetween(2_000L, 2_200L);
  }

  @Test
  void weight_ofTrimmedEntriesIsGone_upToOneStep() {
    for (int revision = 1; revision <= 1_000; revision++) {
      kept.add(entry(revision, insert(10)));
    }
    long all = kept.units();
    long one = all / 1_000;
    kept.trimmedTo(500);
    assertThat(kept.units()).isBetween(500 * one, (500 + KeptWeight.STEP) * one);
    kept.trimmedTo(500);
    assertThat(kept.units()).isBetween(500 * one, (500 + KeptWeight.STEP) * one);
    kept.trimmedTo(1_000);
    assertThat(kept.units()).isBetween(0L, KeptWeight.STEP * one);
  }
}
