package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.ReadResult;
import dev.collab.document.ClientId;
import dev.collab.presence.User;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Authenticator;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that the application sends away, on all servers at once. */
class KickTest {

  private static final CloseReason GONE = new CloseReason(4005, "be gone");

  private final ServerHarness harness = new ServerHarness(Ground.CALM);

  @ParameterizedTest
  @EnumSource(Ground.class)
  void kick_ofAUser_closesItsConnectionsOnAllServersAndNoOther(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    CollabServer other = harness.start();
    harness.settle();
    WireClient here = harness.member(harness.server(), "eve");
    WireClient there = harness.connect(other, ALICE, "eve");
    WireClient bob = harness.member(other, "bob");
    CompletableFuture<Void> done =
        harness.server().access().kick("eve", "be gone").toCompletableFuture();
    harness.settle();
    assertThat(done).isCompleted();
    assertThat(here.closed()).contains(GONE);
    assertThat(there.closed()).contains(GONE);
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void kick_ofAClient_closesItsConnectionAlone() {
    WireClient eve = harness.member(harness.server(), "eve");
    WireClient again = harness.connect(harness.server(), ALICE, "eve");
    harness.settle();
    List<ClientId> clients = new ArrayList<>();
    harness
        .server()
        .status()
        .connections()
        .forEach(connection -> connection.connection().client().ifPresent(clients::add));
    harness.server().access().kick(clients.get(0), "be gone");
    harness.settle();
    assertThat(eve.closed()).contains(GONE);
    assertThat(again.closed()).isEmpty();
  }

  @Test
  void kick_doesNotKeepAnybodyFromComingBack() {
    harness.member(harness.server(), "eve");
    harness.server().access().kick("eve", "be gone");
    harness.settle();
    WireClient back = harness.member(harness.server(), "eve");
    back.send("{'a':'pp'}");
    assertThat(back.closed()).isEmpty();
    assertThat(back.received()).containsExactly("{'a':'pp'}");
  }

  @Test
  void kick_whileTheUserIsBeingLetIn_isNotMissed() {
    CompletableFuture<Authentication> slow = new CompletableFuture<>();
    Authenticator authenticator = credentials -> slow;
    harness.with(builder -> builder.authenticator(authenticator));
    harness.settle();
    WireClient eve = harness.connect();
    eve.post("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    harness.time().pass(Duration.ofSeconds(1));
    harness.server().access().kick("eve", "be gone");
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(eve.closed()).isEmpty();
    slow.complete(Authentication.accepted("eve", User.of("eve", "Eve")));
    harness.settle();
    assertThat(eve.closed()).contains(GONE);
  }

  @Test
  void kick_whileAServerIsCutOff_takesEffectWhenItIsBack() {
    TamperedControl cut = new TamperedControl();
    ServerHarness harness = ServerHarness.over(cut::over);
    CollabServer other = harness.startOnTheSharedLog();
    harness.settle();
    WireClient eve = harness.member(harness.server(), "eve");
    WireClient bob = harness.member(harness.server(), "bob");
    cut.off = true;
    other.access().kick("eve", "be gone");
    harness.settle();
    assertThat(eve.closed()).isEmpty();
    cut.off = false;
    harness.settle();
    assertThat(eve.closed()).contains(GONE);
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void kick_whenMoreWasMissedThanIsKept_makesEverybodyComeBack() {
    TamperedControl cut = new TamperedControl();
    ServerHarness harness = ServerHarness.over(cut::over);
    CollabServer other = harness.startOnTheSharedLog();
    harness.settle();
    WireClient bob = harness.member(harness.server(), "bob");
    cut.off = true;
    for (int i = 0; i < 2_000; i++) {
      other.access().kick("nobody" + i, "be gone");
      harness.time().pass(Duration.ofSeconds(1));
    }
    harness.settle();
    assertThat(bob.closed()).isEmpty();
    cut.off = false;
    harness.settle();
    assertThat(bob.closed()).map(CloseReason::code).contains(1012);
  }

  @Test
  void log_ofManyEvents_isTrimmed() {
    for (int i = 0; i < 2_000; i++) {
      harness.server().access().kick("nobody" + i, "be gone");
      harness.time().pass(Duration.ofSeconds(1));
    }
    harness.settle();
    List<ReadResult> read = new ArrayList<>();
    harness.logs().read("control", 0, 10).thenAccept(read::add);
    harness.settle();
    assertThat(read).singleElement().isInstanceOf(ReadResult.Trimmed.class);
  }

  @Test
  void kick_withoutAUserOrWithALongReason_isRefused() {
    AccessControl access = harness.server().access();
    assertThatThrownBy(() -> access.kick("", "x")).isInstanceOf(IllegalArgumentException.class);
    access.kick("eve", "x".repeat(123));
    assertThatThrownBy(() -> access.kick("eve", "x".repeat(124)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void events_beforeAServerBegan_concernNobodyOfIt() {
    harness.member(harness.server(), "eve");
    harness.server().access().kick("eve", "be gone");
    harness.settle();
    CollabServer later = harness.start();
    harness.settle();
    WireClient eve = harness.member(later, "eve");
    harness.settle();
    assertThat(eve.closed()).isEmpty();
  }
}
