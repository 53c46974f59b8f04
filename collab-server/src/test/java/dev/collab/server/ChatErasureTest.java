package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatOperation;
import dev.collab.chat.ChatType;
import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.operation.OperationTypes;
import dev.collab.presence.User;
import dev.collab.protocol.StorageCodec;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.observe.Gauge;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was erased from a chat is nowhere in what the coordinator keeps. */
class ChatErasureTest {

  private static final String KEY = "chat/lobby";

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));

  private static WireClient member(ServerHarness over, String secret) {
    WireClient client = over.connect();
    client.post("{'a':'hs','id':'%s','protocol':1,'protocolMinor':2,'collab':1}".formatted(secret));
    client.post("{'a':'cs','r':'lobby','v':null}");
    over.time().pass(Duration.ofSeconds(20));
    client.clear();
    return client;
  }

  private static void say(ServerHarness over) {
    WireClient alice = member(over, ALICE);
    alice.post("{'a':'cp','r':'lobby','seq':1,'e':{'post':{'text':'very secret'}}}");
    alice.post("{'a':'cp','r':'lobby','seq':2,'e':{'post':{'text':'plain'}}}");
    alice.post("{'a':'cp','r':'lobby','seq':3,'e':{'edit':{'id':1,'text':'still secret'}}}");
    over.time().pass(Duration.ofSeconds(20));
    alice.connection().close(CloseReason.NORMAL);
    assertThat(over.stored()).contains("very secret", "still secret", "plain");
  }

  /** Appends the entry of a moderator who erases the first message, as another server would. */
  private static void erase(ServerHarness over) {
    Logs logs = over.logs();
    LogHead head = over.await(logs.head(KEY)).orElseThrow();
    ChatOperation operation =
        ChatOperation.of(
            ChatAct.of(User.of("m", "Mod"), Instant.EPOCH, new ChatEvent.Erase(1)).asModerator());
    var codec = new StorageCodec(OperationTypes.of(ChatType.CHAT));
    byte[] encoded =
        codec.encode(
            new CommittedOperation(
                new OperationId(new ClientId("moderator"), 1),
                head.revision(),
                new Payload.Edit<>(ChatType.CHAT, operation, ChatType.CHAT.noop()),
                Instant.EPOCH));
    ChainHash hash =
        ChainHash.of(head.hash().toByteArray()).next(head.epoch(), head.revision() + 1, encoded);
    AppendResult appended =
        over.await(
            logs.append(
                KEY,
                head,
                List.of(
                    new LogEntry(
                        head.revision() + 1,
                        Bytes.copyOf(hash.toByteArray()),
                        Bytes.copyOf(encoded)))));
    assertThat(appended).isInstanceOf(AppendResult.Committed.class);
  }

  @ParameterizedTest
  @EnumSource
  void erased_isGoneFromEverythingThatIsStored(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    say(over);
    WireClient bob = member(over, BOB);
    erase(over);
    over.time().pass(Duration.ofSeconds(20));
    assertThat(over.stored()).doesNotContain("secret").contains("plain");
    assertThat(bob.received()).singleElement().asString().contains("'e':{'erase':{'id':1}");
    WireClient newcomer = over.connect(over.start());
    newcomer.post("{'a':'hs','id':null,'protocol':1,'protocolMinor':2,'collab':1}");
    newcomer.post("{'a':'cs','r':'lobby','v':null}");
    over.time().pass(Duration.ofSeconds(20));
    assertThat(newcomer.received()).last().asString().contains("plain").doesNotContain("secret");
  }

  @Test
  void erasure_onWhichTheCoordinatorFails_isRepeated() {
    say(harness);
    member(harness, BOB);
    log.saves.add(TamperedCoordinator.failure());
    log.saves.add(TamperedCoordinator.lostReply());
    log.trims.add(TamperedCoordinator.failure());
    log.trims.add(TamperedCoordinator.answer(0L));
    log.trims.add(TamperedCoordinator.lostReply());
    erase(harness);
    harness.time().pass(Duration.ofSeconds(20));
    assertThat(log.trims).isEmpty();
    assertThat(harness.stored()).doesNotContain("secret").contains("plain");
  }

  @Test
  void room_inWhichSomethingHasToBeErased_isNotGivenUp() {
    say(harness);
    WireClient bob = member(harness, BOB);
    for (int i = 0; i < 60; i++) {
      log.saves.add(TamperedCoordinator.failure());
    }
    erase(harness);
    harness.time().pass(Duration.ofSeconds(20));
    bob.connection().close(CloseReason.NORMAL);
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(harness.server().gauges().get(Gauge.ROOMS)).isEqualTo(1);
    assertThat(harness.stored()).contains("secret");
    harness.time().pass(Duration.ofMinutes(10));
    assertThat(harness.stored()).doesNotContain("secret");
    assertThat(harness.server().gauges().get(Gauge.ROOMS)).isZero();
  }

  @Test
  void erasure_thatWasInterrupted_isDoneByWhoeverLoadsTheRoomNext() {
    say(harness);
    harness.server().close();
    harness.time().pass(Duration.ofSeconds(1));
    erase(harness);
    harness.settle();
    assertThat(harness.stored()).contains("very secret");
    harness.restart();
    member(harness, BOB);
    assertThat(harness.stored()).doesNotContain("secret").contains("plain");
    assertThat(harness.await(harness.logs().read(KEY, 0, 1)))
        .isInstanceOf(ReadResult.Trimmed.class);
  }

  @Test
  void events_whileSomethingIsErased_areCommittedAndStay() {
    say(harness);
    WireClient bob = member(harness, BOB);
    log.saves.add(TamperedCoordinator.failure());
    erase(harness);
    for (int i = 1; i <= 5; i++) {
      bob.post("{'a':'cp','r':'lobby','seq':%d,'e':{'post':{'text':'later %d'}}}".formatted(i, i));
      harness.time().pass(Duration.ofMillis(300));
    }
    harness.time().pass(Duration.ofSeconds(20));
    assertThat(harness.stored()).doesNotContain("secret").contains("plain", "later 1", "later 5");
    bob.clear();
    bob.post("{'a':'cs','r':'lobby','v':null}");
    harness.time().pass(Duration.ofSeconds(20));
    assertThat(bob.received()).last().asString().contains("later 1", "later 5");
  }
}
