package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.CoordinatorException;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

abstract class GeneralRules extends CoordinatorRules {

  GeneralRules(CoordinatorContract contract) {
    super(contract);
  }

  @Test
  void required_C1_1_accessors_alwaysReturnTheSameInstances() {
    assertThat(node.logs()).isSameAs(node.logs());
    assertThat(node.broadcasts()).isSameAs(node.broadcasts());
    assertThat(node.leases()).isSameAs(node.leases());
  }

  @Test
  void required_C1_2_call_afterClose_failsWithCoordinatorException() {
    String key = emptyLog();
    node.close();
    Stream<CompletionStage<?>> calls =
        Stream.of(
            logs.head(key),
            logs.append(key, START, entries("a", 1, 1)),
            node.leases().get("k"),
            node.broadcasts().publish("t", Bytes.empty()));
    calls.forEach(
        call ->
            assertThatThrownBy(() -> await(call)).hasCauseInstanceOf(CoordinatorException.class));
  }

  @Test
  void required_C1_3_close_twice_doesNothing() {
    node.close();
    node.close();
  }

  @Test
  void required_C1_4_nullArgument_throwsAtOnce() {
    assertThatThrownBy(() -> logs.head(nothing())).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> logs.append(name("x"), nothing(), entries("a", 1, 1)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> node.leases().get(nothing())).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> node.broadcasts().publish(nothing(), Bytes.empty()))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void required_C1_5_keys_ofAnyCharacters_areDistinct() {
    List<String> keys =
        Stream.of(
                "", "{}", "{a}", "a:b", "a/b", "*", "?", "é", "e\u0301", "\ud83d\ude00", " ", "\n")
            .map(this::name)
            .toList();
    for (int i = 0; i < keys.size(); i++) {
      LogHead start = new LogHead(EPOCH, i, Bytes.ofUtf8("start " + i));
      assertThat(await(logs.create(keys.get(i), start))).isEqualTo(start);
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(headOf(keys.get(i)).revision()).isEqualTo(i);
    }
  }

  @Test
  void required_C1_5_longKeysWithOneDifference_areDistinct() {
    String same = name("x".repeat(500));
    await(logs.create(same + "a", START));
    assertThat(await(logs.head(same + "b"))).isEmpty();
  }

  @Test
  void required_C1_6_payload_ofAnyBytes_comesBackUnchanged() {
    byte[] all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
    String key = emptyLog();
    List<LogEntry> entries =
        List.of(
            new LogEntry(1, Bytes.copyOf(all), Bytes.empty()),
            new LogEntry(2, Bytes.copyOf(new byte[16]), Bytes.copyOf(all)),
            new LogEntry(3, Bytes.copyOf(all), Bytes.copyOf(new byte[100_000])));
    commit(key, START, entries);
    assertThat(read(key, 0)).isEqualTo(entries);
  }

  @Test
  void required_C2_1_create_ofNewLog_returnsItsStart() {
    LogHead start = new LogHead(-1, 1L << 32, Bytes.ofUtf8("later"));
    String key = name("log");
    assertThat(await(logs.create(key, start))).isEqualTo(start);
    assertThat(headOf(key)).isEqualTo(start);
    assertThat(read(key, 1L << 32)).isEmpty();
  }

  @Test
  void required_C2_2_create_ofExistingLog_changesNothing() {
    String key = logOf(2);
    LogHead other = new LogHead(99, 5, Bytes.ofUtf8("other"));
    assertThat(await(logs.create(key, other))).isEqualTo(head("a", 2));
    assertThat(headOf(key)).isEqualTo(head("a", 2));
  }

  @Test
  void required_C2_2_create_byManyAtOnce_letsOneStand() {
    String key = name("raced");
    List<CompletionStage<LogHead>> calls =
        IntStream.range(0, 20)
            .mapToObj(i -> logs.create(key, new LogHead(i, i, Bytes.ofUtf8("start " + i))))
            .toList();
    List<LogHead> heads = calls.stream().map(Awaiting::await).distinct().toList();
    assertThat(heads).containsExactly(headOf(key));
  }

  @Test
  void required_C2_3_head_ofNoLog_isEmpty() {
    assertThat(await(logs.head(name("none")))).isEmpty();
  }

  /** Null where the type forbids it, as a careless caller would pass it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
