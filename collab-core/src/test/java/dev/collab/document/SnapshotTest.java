package dev.collab.document;

import static dev.collab.document.Authority.CODEC;
import static dev.collab.document.Authority.NOW;
import static dev.collab.document.Authority.RULES;
import static dev.collab.document.Authority.id;
import static dev.collab.document.Authority.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static Authority edited() {
    Authority authority = Authority.over("ab");
    authority.accept(insert("a", 1, 1, 1, "x"));
    authority.append(id("b", 4), new Payload.None());
    authority.accept(insert("a", 2, 3, 0, "y"));
    return authority;
  }

  private static void assertSame(Document actual, Document expected) {
    assertThat(actual.epoch()).isEqualTo(expected.epoch());
    assertThat(actual.revision()).isEqualTo(expected.revision());
    assertThat(actual.hash()).isEqualTo(expected.hash());
    assertThat(actual.submissions().rows()).isEqualTo(expected.submissions().rows());
    assertThat(actual.snapshot().modifiedAt()).isEqualTo(expected.snapshot().modifiedAt());
    assertThat(actual.content().map(Content::encodedState))
        .isEqualTo(expected.content().map(Content::encodedState));
  }

  @Test
  void snapshot_writtenAndRead_restoresTheDocument() {
    Document document = edited().document();
    byte[] stored = CODEC.encodeSnapshot(document.snapshot());

    Document restored = Document.restore(RULES, CODEC.decodeSnapshot(stored), List.of());

    assertSame(restored, document);
    assertThat(restored.base()).isEqualTo(4);
    assertThat(CODEC.encodeSnapshot(restored.snapshot())).isEqualTo(stored);
  }

  @Test
  void snapshot_noDocument_restoresNone() {
    Document document = Document.empty(RULES, 7);
    assertSame(Document.restore(RULES, document.snapshot(), List.of()), document);
  }

  @Test
  void restore_anyPrecedingEntries_theyAreAtHandForTransforming() {
    Document document = edited().document();
    for (long base = 0; base <= 4; base++) {
      Document restored = Document.restore(RULES, document.snapshot(), document.since(base));
      assertSame(restored, document);
      assertThat(restored.base()).isEqualTo(base);
      assertThat(restored.since(base)).isEqualTo(document.since(base));
      Decision decision = restored.prepare(insert("n", 1, 1, 2, "!"), NOW);
      if (base <= 1) {
        assertThat(Authority.text(((Decision.Accepted) decision).next())).isEqualTo("yaxb!");
      } else {
        assertThat(decision).isInstanceOf(Decision.Stale.class);
      }
    }
  }

  @Test
  void restore_laterEntriesCommitted_equalsTheDocumentThatNeverStopped() {
    Authority authority = Authority.over("ab");
    Snapshot early = authority.document().snapshot();
    authority.accept(insert("a", 1, 1, 1, "x"));
    authority.accept(insert("b", 1, 1, 2, "y"));
    Document document = authority.document();

    Document restored = Document.restore(RULES, early, document.since(0).subList(0, 1));
    for (CommittedOperation entry : document.since(1)) {
      ChainHash hash = Authority.hashBehind(restored, entry);
      restored = restored.commit(entry, CODEC.encode(entry), hash);
    }

    assertSame(restored, document);
  }

  @Test
  void restore_entriesThatDoNotLeadToTheSnapshot_isCorrupt() {
    Document document = edited().document();
    List<CommittedOperation> all = document.since(0);
    List<CommittedOperation> gap = new ArrayList<>(all);
    gap.remove(1);
    List<CommittedOperation> tooMany = new ArrayList<>(all);
    tooMany.add(all.get(3));

    for (List<CommittedOperation> wrong : List.of(gap, all.subList(0, 3), tooMany)) {
      assertThatThrownBy(() -> Document.restore(RULES, document.snapshot(), wrong))
          .isInstanceOf(CorruptLogException.class);
    }
  }

  @Test
  void snapshot_impossibleNumbers_throws() {
    assertThatThrownBy(() -> snapshot(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> snapshot(5, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> snapshot(5, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(snapshot(5, 5).evictedUpTo()).isEqualTo(5);
  }

  private static Snapshot snapshot(long revision, long evictedUpTo) {
    return new Snapshot(1, revision, ChainHash.START, Optional.empty(), Map.of(), evictedUpTo, NOW);
  }

  @Test
  void createdAt_followsTheLivesOfTheDocument() {
    Document document = edited().document();
    assertThat(document.createdAt()).isEqualTo(1);
    assertThat(Document.restore(RULES, document.snapshot(), List.of()).createdAt()).isEqualTo(1);
    assertThat(Document.empty(RULES, 0).createdAt()).isZero();
    assertThatThrownBy(() -> snapshot(5, 0).withCreatedAt(6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(snapshot(5, 0).withCreatedAt(5).createdAt()).isEqualTo(5);
  }

  @Test
  void inNextEpoch_keepsEverythingButTheHistory() {
    Document document = edited().document();
    Snapshot before = document.snapshot();
    Snapshot next = before.inNextEpoch();
    assertThat(next.epoch()).isEqualTo(before.epoch() + 1);
    assertThat(next.revision()).isEqualTo(1L << 32);
    assertThat(next.hash()).isNotEqualTo(before.hash());
    assertThat(next.content()).isEqualTo(before.content());
    assertThat(next.submissions()).isEqualTo(before.submissions());
    assertThat(next.createdAt()).isEqualTo(before.createdAt());
    assertThat(next.inNextEpoch().revision()).isEqualTo(2L << 32);
    Document restored = Document.restore(RULES, next, List.of());
    assertThat(restored.epochStart()).isEqualTo(restored.revision()).isEqualTo(1L << 32);
    assertThat(document.epoch() == 0 ? document.epochStart() : 0).isZero();
  }

  @Test
  void inNextEpoch_atTheEndOfTheIntegers_throws() {
    long last = (1L << 53) - (2L << 32);
    assertThat(snapshot(last, 0).inNextEpoch().revision()).isEqualTo(last + (1L << 32));
    assertThatThrownBy(() -> snapshot(last + (1L << 32), 0).inNextEpoch())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void codec_damagedBytes_isCorruptOrAnotherValue() {
    Document document = edited().document();
    byte[] entry = CODEC.encode(document.since(1).get(0));
    byte[] snapshot = CODEC.encodeSnapshot(document.snapshot());

    assertThat(CODEC.decode(entry)).isEqualTo(document.since(1).get(0));
    for (int length = 0; length < entry.length; length++) {
      byte[] cut = Arrays.copyOf(entry, length);
      assertThatThrownBy(() -> CODEC.decode(cut)).isInstanceOf(CorruptLogException.class);
    }
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = Arrays.copyOf(snapshot, length);
      assertThatThrownBy(() -> CODEC.decodeSnapshot(cut)).isInstanceOf(CorruptLogException.class);
    }
  }
}
