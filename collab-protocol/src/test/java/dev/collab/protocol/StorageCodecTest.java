package dev.collab.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.collab.document.ChainHash;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.CorruptLogException;
import dev.collab.document.LastSubmission;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Snapshot;
import dev.collab.operation.OperationTypes;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageCodecTest {

  private static final Instant TIME = Instant.ofEpochSecond(1795327184, 5);

  private final StorageCodec codec = new StorageCodec(OperationTypes.of(TextType.TEXT));

  static Stream<String> goldenEntries() {
    return Golden.lines("storage/entries-v1.jsonl").stream();
  }

  static Stream<String> goldenSnapshots() {
    return Golden.lines("storage/snapshots-v1.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("goldenEntries")
  void decode_goldenEntry_writesTheSameBytes(String stored) {
    assertThat(new String(codec.encode(codec.decode(stored.getBytes(UTF_8))), UTF_8))
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("goldenSnapshots")
  void decodeSnapshot_golden_writesTheSameBytes(String stored) {
    assertThat(
            new String(codec.encodeSnapshot(codec.decodeSnapshot(stored.getBytes(UTF_8))), UTF_8))
        .isEqualTo(stored);
  }

  @Test
  void encode_everyPayload_readsBack() {
    TextOperation operation = TextOperation.replace(3, 2, "a\ud83d\ude00\n");
    List<Payload> payloads =
        List.of(
            new Payload.Create(TextType.TEXT, JsonValue.of("x")),
            new Payload.Edit<>(TextType.TEXT, operation, TextOperation.replace(3, 4, "bc")),
            new Payload.Delete(),
            new Payload.None());
    for (Payload payload : payloads) {
      CommittedOperation entry = entry(payload, TIME);

      assertThat(codec.decode(codec.encode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void encode_loneSurrogate_survivesUtf8() {
    CommittedOperation entry =
        entry(
            new Payload.Edit<>(
                TextType.TEXT, TextOperation.insert(0, "\ude00"), TextOperation.delete(0, 1)),
            TIME);

    assertThat(codec.decode(codec.encode(entry))).isEqualTo(entry);
    assertThat(new String(codec.encode(entry), UTF_8)).contains("\\ude00");
  }

  @Test
  void encode_timeTooFarAway_isRefused() {
    CommittedOperation entry = entry(new Payload.None(), Instant.MAX);

    assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(entry));
  }

  @Test
  void encodeSnapshot_full_readsBackWhateverTheOrderOfRows() {
    Map<ClientId, LastSubmission> rows = new LinkedHashMap<>();
    for (int i = 99; i >= 0; i--) {
      rows.put(new ClientId("client" + i), new LastSubmission(i + 1, i, i % 2 == 0));
    }
    Snapshot snapshot =
        new Snapshot(
                7,
                1000,
                new ChainHash(-1, 5),
                Optional.of(Content.create(TextType.TEXT, JsonValue.of("hello"))),
                rows,
                12,
                TIME)
            .withCreatedAt(9);

    byte[] stored = codec.encodeSnapshot(snapshot);
    Snapshot read = codec.decodeSnapshot(stored);

    assertThat(read.epoch()).isEqualTo(7);
    assertThat(read.revision()).isEqualTo(1000);
    assertThat(read.hash()).isEqualTo(snapshot.hash());
    assertThat(read.content().map(Content::encodedState)).contains(JsonValue.of("hello"));
    assertThat(read.submissions()).isEqualTo(rows);
    assertThat(read.evictedUpTo()).isEqualTo(12);
    assertThat(read.createdAt()).isEqualTo(9);
    assertThat(read.modifiedAt()).isEqualTo(TIME);
    assertThat(codec.encodeSnapshot(read)).isEqualTo(stored);
  }

  @Test
  void decode_newerFormat_hasACodeOfItsOwn() {
    assertThatThrownBy(() -> codec.decode(bytes("{\"format\":2,\"whatever\":[]}")))
        .isInstanceOf(StorageFormatException.class)
        .hasFieldOrPropertyWithValue("code", StorageFormatException.NEWER)
        .hasMessage("storage format is 2, readable are 1..1");
  }

  @Test
  void decode_obsoleteFormat_hasACodeOfItsOwn() {
    assertThatThrownBy(() -> codec.decodeSnapshot(bytes("{\"format\":0}")))
        .isInstanceOf(StorageFormatException.class)
        .hasFieldOrPropertyWithValue("code", StorageFormatException.OBSOLETE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"format\":\"1\"}",
        "{\"format\":1}",
        "{\"format\":1,\"src\":\"\",\"seq\":1,\"v\":0,\"t\":[0,0]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":0,\"v\":0,\"t\":[0,0]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":-1,\"t\":[0,0]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":0,\"t\":[0]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":0,\"t\":[1e300,0]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":0,\"t\":[0,0],\"op\":[]}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":0,\"t\":[0,0],\"op\":[],\"type\":\"none\"}",
        "{\"format\":1,\"src\":\"x\",\"seq\":1,\"v\":0,\"t\":[0,0],\"op\":[3],\"inv\":[],"
            + "\"type\":\"http://sharejs.org/types/textv1\"}"
      })
  void decode_notAnEntry_isCorrupt(String stored) {
    assertThatThrownBy(() -> codec.decode(bytes(stored))).isInstanceOf(CorruptLogException.class);
  }

  @Test
  void decode_malformedUtf8_isCorrupt() {
    byte[] stored = codec.encode(entry(new Payload.None(), TIME));
    stored[20] = (byte) 0xC3;

    assertThatThrownBy(() -> codec.decode(stored)).isInstanceOf(CorruptLogException.class);
  }

  @Test
  void decode_damagedBytes_giveTypedErrorsOrEntriesThatReadBack() {
    long seed = Long.getLong("collab.fuzz.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> entries = goldenEntries().map(StorageCodecTest::bytes).toList();
    List<byte[]> snapshots = goldenSnapshots().map(StorageCodecTest::bytes).toList();
    for (int i = 0; i < 50_000; i++) {
      byte[] entry = damaged(random, entries);
      byte[] snapshot = damaged(random, snapshots);
      try {
        CommittedOperation read = codec.decode(entry);
        assertThat(codec.decode(codec.encode(read))).isEqualTo(read);
      } catch (CorruptLogException | StorageFormatException expected) {
        // is what damage gives
      } catch (RuntimeException e) {
        fail("seed " + seed + ": " + new String(entry, UTF_8), e);
      }
      try {
        Snapshot read = codec.decodeSnapshot(snapshot);
        byte[] again = codec.encodeSnapshot(read);
        assertThat(codec.encodeSnapshot(codec.decodeSnapshot(again))).isEqualTo(again);
      } catch (CorruptLogException | StorageFormatException expected) {
        // is what damage gives
      } catch (RuntimeException e) {
        fail("seed " + seed + ": " + new String(snapshot, UTF_8), e);
      }
    }
  }

  private static byte[] damaged(SplittableRandom random, List<byte[]> corpus) {
    byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextInt(3) == 0 ? (byte) random.nextInt() : bytes[random.nextInt(bytes.length)];
    }
    return bytes;
  }

  private static CommittedOperation entry(Payload payload, Instant time) {
    return new CommittedOperation(new OperationId(new ClientId("me"), 3), 17, payload, time);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
