package dev.collab.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.protocol.ClientMessage;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.access.Verdict;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate says holds for its request, and nothing overtakes it. */
class GateTest {

  private final Map<String, CompletionStage<Verdict<Granted>>> verdicts = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Gate gate =
      request -> {
        String name = SessionHarness.name(request);
        asked.add(name);
        if (name.equals("throws")) {
          throw new IllegalStateException();
        }
        return verdicts.getOrDefault(name, Gate.ALLOWED);
      };
  private final SessionHarness harness = new SessionHarness(gate, ServerLimits.DEFAULT);

  private CompletableFuture<Verdict<Granted>> pending(String name) {
    CompletableFuture<Verdict<Granted>> verdict = new CompletableFuture<>();
    verdicts.put(name, verdict);
    return verdict;
  }

  @Test
  void request_thatIsAllowedAtOnce_isHandledAtOnce() {
    harness.fetch("a", "b");
    assertThat(harness.fetched()).containsExactly("a", "b");
  }

  @Test
  void request_thatIsAllowedLater_isHandledBeforeWhatCameBehindIt() {
    CompletableFuture<Verdict<Granted>> verdict = pending("a");
    harness.fetch("a", "b");
    assertThat(asked).as("one thing is asked at a time").containsExactly("a");
    verdict.complete(Verdict.allow());
    harness.time.runDue();
    assertThat(harness.fetched()).containsExactly("a", "b");
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void request_thatIsAmended_isHandledAsAmended() {
    harness.fetch("other");
    ClientMessage other = harness.handled.get(0).request();
    verdicts.put("a", Verdict.amend(Granted.asAsked(other)).now());
    harness.fetch("a");
    assertThat(harness.fetched()).containsExactly("other", "other");
  }

  @Test
  void request_thatIsRefused_isAnsweredWithTheCodeAndNotHandled() {
    verdicts.put("a", Verdict.<Granted>refuse("ERR_OF_MINE", "no").now());
    harness.fetch("a", "b");
    assertThat(harness.sent())
        .containsExactly(
            "{'a':'f','c':'c','d':'a','v':null,'error':{'code':'ERR_OF_MINE','message':'no'}}");
    assertThat(harness.fetched()).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource({"throws", "fails", "null"})
  void gate_thatFails_concernsItsRequestAlone(String how) {
    verdicts.put("fails", CompletableFuture.failedStage(new IllegalStateException()));
    verdicts.put("null", CompletableFuture.completedStage(null));
    harness.fetch(how, "b");
    assertThat(harness.sent()).singleElement().asString().contains("ERR_UNAVAILABLE");
    assertThat(harness.fetched()).containsExactly("b");
  }

  @Test
  void gate_thatDoesNotAnswer_isNotWaitedForLongerThanItMayTake() {
    CompletableFuture<Verdict<Granted>> verdict = pending("a");
    harness.fetch("a", "b");
    harness.time.pass(RequestQueue.PATIENCE.minus(Duration.ofMillis(1)));
    assertThat(harness.sent()).isEmpty();
    harness.time.pass(Duration.ofMillis(1));
    assertThat(harness.sent()).singleElement().asString().contains("'d':'a'", "ERR_UNAVAILABLE");
    assertThat(harness.fetched()).containsExactly("b");
    verdict.complete(Verdict.allow());
    harness.time.pass(Duration.ofMinutes(1));
    assertThat(harness.fetched()).containsExactly("b");
  }

  @Test
  void ping_andWhatCannotBeRead_areAnsweredAtOnce() {
    pending("a");
    harness.fetch("a");
    harness.say("{'a':'pp'}");
    harness.say("{'a':'zz'}");
    harness.say("nonsense");
    assertThat(harness.sent())
        .satisfiesExactly(
            pong -> assertThat(pong).isEqualTo("{'a':'pp'}"),
            unknown -> assertThat(unknown).contains("ERR_MESSAGE_BADLY_FORMED"),
            nonsense -> assertThat(nonsense).contains("ERR_MESSAGE_BADLY_FORMED"));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void requests_aboveTheLimitOfThoseThatWait_areRefusedAtOnce(int count, int refused) {
    SessionHarness small =
        new SessionHarness(gate, ServerLimits.builder().maxWaitingMessages(2).build());
    CompletableFuture<Verdict<Granted>> verdict = pending("a");
    small.fetch("a");
    for (int i = 0; i < count; i++) {
      small.fetch("b" + i);
    }
    assertThat(small.sent()).hasSize(refused);
    assertThat(small.sent()).allMatch(reply -> reply.contains("ERR_RATE_EXCEEDED"));
    verdict.complete(Verdict.allow());
    small.time.runDue();
    assertThat(small.fetched()).hasSize(1 + count - refused);
  }

  @Test
  void requests_thatWait_areCountedInTheStatus() {
    CompletableFuture<Verdict<Granted>> verdict = pending("a");
    harness.fetch("a", "b", "c");
    assertThat(harness.session.status().waitingRequests()).isEqualTo(3);
    verdict.complete(Verdict.allow());
    harness.time.runDue();
    assertThat(harness.session.status().waitingRequests()).isZero();
  }

  @Test
  void connection_thatEndsWhileTheGateIsAsked_handlesNothingMore() {
    CompletableFuture<Verdict<Granted>> verdict = pending("a");
    harness.fetch("a", "b");
    harness.session.onClosed(CloseReason.ABNORMAL);
    assertThat(harness.ended).isEqualTo(1);
    verdict.complete(Verdict.allow());
    harness.time.pass(Duration.ofMinutes(1));
    assertThat(harness.handled).isEmpty();
    assertThat(harness.ended).isEqualTo(1);
  }
}
