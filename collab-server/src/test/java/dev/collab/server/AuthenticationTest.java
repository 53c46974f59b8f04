package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.presence.User;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.access.Verdict;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.session.Session;
import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, under which name, and for how long. */
class AuthenticationTest {

  private static final User ADA = User.of("u1", "Ada");

  /**
   * A token names a principal, and perhaps after a colon how many seconds of the clock it lasts.
   */
  private static Authentication read(Credentials credentials) {
    String token = credentials.token().orElse("");
    String[] parts = token.split(":", -1);
    if (parts[0].isEmpty()) {
      return Authentication.refused("a token is wanted");
    }
    Authentication.Accepted accepted =
        Authentication.accepted(parts[0], User.of("user " + parts[0], parts[0]))
            .withAttributes(Map.of("token", token));
    return parts.length == 1
        ? accepted
        : accepted.until(Instant.EPOCH.plusSeconds(Long.parseLong(parts[1])));
  }

  private static final Authenticator TOKENS =
      credentials -> CompletableFuture.completedStage(read(credentials));

  private static ServerHarness harness(Authenticator authenticator) {
    return new ServerHarness(Ground.CALM).withAuthenticator(authenticator);
  }

  private static String handshake(String secret, String more) {
    return "{'a':'hs','id':'" + secret + "','protocol':1,'collab':1" + more + "}";
  }

  private static String auth(String token) {
    return "{'a':'auth','token':'" + token + "'}";
  }

  private static WireClient withToken(ServerHarness harness, String secret, String token) {
    WireClient client = harness.connect();
    client.post(handshake(secret, ",'token':'" + token + "'"));
    harness.time().runDue();
    return client;
  }

  /** The clients that were let in. */
  private static List<ConnectionInfo> ready(ServerHarness harness) {
    return harness.events().of(ConnectionInfo.class).stream()
        .filter(info -> info.client().isPresent())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_withAToken_tellsWhoTheClientIsAndForHowLong(Ground ground) {
    ServerHarness harness =
        new ServerHarness(ground).withAuthenticator(TOKENS).withHeartbeat(Duration.ofSeconds(20));
    WireClient client = withToken(harness, ALICE, "ada:3600");
    assertThat(client.received())
        .containsExactly(
            "{'a':'hs','protocol':1,'protocolMinor':2,'id':'"
                + ALICE
                + "','type':'http://sharejs.org/types/JSONv0','collab':1,'limits':{'operation':"
                + "2097152,'document':2097152,'frame':4194304,'presence':2048,'chat':4096},"
                + "'user':{'id':'user ada','name':'ada'},'expires':3600000,'heartbeat':20000}");
    assertThat(ready(harness))
        .singleElement()
        .satisfies(event -> assertThat(event.principal()).isEqualTo("ada"));
  }

  @Test
  void handshake_again_isAnsweredAlikeWithTheTimeThatIsLeft() {
    ServerHarness harness = harness(TOKENS);
    WireClient client = withToken(harness, ALICE, "ada:3600");
    String first = client.received().get(0);
    client.clear();
    harness.time().pass(Duration.ofSeconds(600));
    client.send(handshake(BOB, ",'token':'eve'"));
    assertThat(client.received()).containsExactly(first.replace("3600000", "3000000"));
  }

  @Test
  void handshake_withoutAToken_isRefusedAndTheConnectionClosed() {
    ServerHarness harness = harness(TOKENS);
    WireClient client = harness.connect();
    client.post(handshake(ALICE, ",'token':''"));
    harness.time().runDue();
    assertThat(client.received()).singleElement().asString().contains("ERR_MESSAGE_BADLY_FORMED");
    client.clear();
    client.post("{'a':'hs','id':'" + ALICE + "','protocol':1,'collab':1,'token':null}");
    client.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'a':'hs'", "ERR_UNAUTHENTICATED", "a token is wanted")
        .doesNotContain("'token'");
    assertThat(client.closed()).contains(Session.UNAUTHENTICATED);
    assertThat(ready(harness)).isEmpty();
  }

  @Test
  void clientOfTheBase_isAskedAboutWithoutAToken() {
    List<Credentials> seen = new ArrayList<>();
    ServerHarness harness =
        harness(
            credentials -> {
              seen.add(credentials);
              return Authenticator.TRANSPORT.authenticate(credentials);
            });
    WireClient client = harness.connect(harness.server(), ALICE, "ada");
    client.send("{'a':'hs','id':null,'protocol':1,'token':'x'}");
    assertThat(client.received()).singleElement().asString().contains(ALICE).doesNotContain("user");
    assertThat(seen)
        .singleElement()
        .satisfies(
            credentials -> {
              assertThat(credentials.token()).isEmpty();
              assertThat(credentials.peer().principal()).isEqualTo("ada");
              assertThat(credentials.guestId()).doesNotContain(ALICE);
            });
  }

  @Test
  void guest_isTheSameEachTimeAndNobodyElse() {
    ServerHarness harness = new ServerHarness(Ground.CALM);
    List<String> ids = new ArrayList<>();
    for (String secret : List.of(ALICE, ALICE, BOB)) {
      WireClient client = harness.connect();
      client.send(handshake(secret, ",'user':{'name':'Ann','color':'#fff'}"));
      String reply = client.received().get(0);
      assertThat(reply).contains("'name':'Ann','color':'#fff'");
      ids.add(reply.substring(reply.indexOf("'user'")));
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2)).doesNotContain(ALICE);
  }

  @Test
  void publicId_isThatOfThePrincipalWhoWasAuthenticated() {
    ServerHarness harness = harness(TOKENS);
    withToken(harness, ALICE, "ada");
    withToken(harness, BOB, "ada");
    withToken(harness, ALICE, "eve");
    assertThat(ready(harness))
        .extracting(info -> info.client().orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(withToken(harness, ALICE, "ada").closed()).isEmpty();
  }

  // ---- authenticators that misbehave

  @ParameterizedTest
  @ValueSource(strings = {"throws", "fails", "null", "null stage"})
  void authenticator_thatFails_turnsTheClientAwayForNow(String how) {
    ServerHarness harness =
        harness(
            credentials ->
                switch (how) {
                  case "throws" -> throw new IllegalStateException("secret");
                  case "fails" -> CompletableFuture.failedStage(new IllegalStateException());
                  case "null" -> CompletableFuture.completedStage(null);
                  default -> null;
                });
    WireClient client = withToken(harness, ALICE, "ada");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'a':'hs'", "ERR_UNAVAILABLE")
        .doesNotContain("secret");
    assertThat(client.closed()).contains(Session.NO_HANDSHAKE);
  }

  /** An authenticator that answers when the test does. */
  private static final class Slow implements Authenticator {

    final List<CompletableFuture<Authentication>> answers = new ArrayList<>();

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
      CompletableFuture<Authentication> answer = new CompletableFuture<>();
      answers.add(answer);
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource({"4999, true", "5000, false", "5001, false"})
  void authenticator_thatIsSlow_letsInWhoIsKnownInTime(long millis, boolean in) {
    Slow slow = new Slow();
    ServerHarness harness = harness(slow);
    WireClient client = withToken(harness, ALICE, "ada");
    client.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.time().pass(Duration.ofMillis(millis));
    slow.answers.get(0).complete(Authentication.accepted("ada", ADA));
    harness.settle();
    if (in) {
      assertThat(client.received())
          .satisfiesExactly(
              reply -> assertThat(reply).contains("'a':'hs'", "'id':'" + ALICE + "'"),
              fetched -> assertThat(fetched).contains("'v':0"));
      assertThat(client.closed()).isEmpty();
    } else {
      assertThat(client.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
      assertThat(client.closed()).contains(Session.NO_HANDSHAKE);
      assertThat(ready(harness)).isEmpty();
    }
  }

  @Test
  void authenticator_thatNeverAnswers_holdsUpNobodyElse() {
    Slow slow = new Slow();
    ServerHarness harness =
        harness(
            credentials ->
                credentials.token().isPresent()
                    ? slow.authenticate(credentials)
                    : Authenticator.TRANSPORT.authenticate(credentials));
    WireClient other = harness.connect(BOB);
    WireClient stuck = withToken(harness, ALICE, "ada");
    other.post("{'a':'pp'}");
    harness.time().runDue();
    assertThat(other.received()).containsExactly("{'a':'pp'}");
    assertThat(stuck.received()).isEmpty();
  }

  @Test
  void framesBeforeTheAnswer_areAsShortAsBeforeTheHandshake() {
    Slow slow = new Slow();
    ServerHarness harness = harness(slow);
    WireClient client = withToken(harness, ALICE, "ada");
    client.post("{'a':'pp','x':'" + "x".repeat(4_096) + "'}");
    harness.time().runDue();
    assertThat(client.received()).singleElement().asString().contains("ERR_FRAME_TOO_LARGE");
  }

  @Test
  void connection_thatEndsBeforeTheAnswer_isNotLetIn() {
    Slow slow = new Slow();
    ServerHarness harness =
        harness(
            credentials ->
                credentials.token().isPresent()
                    ? slow.authenticate(credentials)
                    : Authenticator.TRANSPORT.authenticate(credentials));
    WireClient newer = withToken(harness, ALICE, "ada");
    WireClient older = harness.connect(ALICE);
    harness.events().clear();
    newer.connection().close(CloseReason.NORMAL);
    harness.time().runDue();
    slow.answers.get(0).complete(Authentication.accepted("", ADA));
    harness.settle();
    assertThat(ready(harness)).isEmpty();
    assertThat(older.closed()).as("nobody has taken over").isEmpty();
    assertThat(harness.server().status().connections()).hasSize(1);
  }

  // ---- interceptors

  private static Interceptor connecting(Function<Caller, CompletionStage<Verdict<User>>> rule) {
    return new Interceptor() {
      @Override
      public CompletionStage<Verdict<User>> connect(Caller caller) {
        return rule.apply(caller);
      }
    };
  }

  @Test
  void interceptor_thatAmends_saysWhoTheOthersSee() {
    List<Caller> seen = new ArrayList<>();
    ServerHarness harness =
        harness(TOKENS)
            .withInterceptor(connecting(caller -> Verdict.amend(ADA).now()))
            .withInterceptor(
                connecting(
                    caller -> {
                      seen.add(caller);
                      return Verdict.<User>allow().now();
                    }));
    WireClient client = withToken(harness, ALICE, "ada");
    assertThat(client.received()).singleElement().asString().contains("'id':'u1','name':'Ada'");
    assertThat(seen)
        .singleElement()
        .satisfies(
            caller -> {
              assertThat(caller.user()).isEqualTo(ADA);
              assertThat(caller.principal()).isEqualTo("ada");
              assertThat(caller.attribute("token")).contains("ada");
            });
  }

  @Test
  void interceptor_thatRefuses_endsTheConnectionAndNoOtherIsAsked() {
    ServerHarness harness =
        harness(TOKENS)
            .withInterceptor(connecting(caller -> Verdict.<User>refuse("not today").now()))
            .withInterceptor(
                connecting(
                    caller -> {
                      throw new AssertionError("is not asked");
                    }));
    WireClient client = withToken(harness, ALICE, "ada");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'a':'hs'", "ERR_FORBIDDEN", "not today");
    assertThat(client.closed()).contains(Session.SENT_AWAY);
  }

  @Test
  void interceptor_thatFails_turnsTheClientAwayForNow() {
    ServerHarness harness =
        harness(TOKENS)
            .withInterceptor(
                connecting(
                    caller -> {
                      throw new IllegalStateException();
                    }));
    WireClient client = withToken(harness, ALICE, "ada");
    assertThat(client.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
    assertThat(client.closed()).contains(Session.NO_HANDSHAKE);
  }

  // ---- expiry and renewal

  @ParameterizedTest
  @CsvSource({"59999, true", "60000, false", "60001, false"})
  void token_thatRunsOut_closesTheConnection(long millis, boolean open) {
    ServerHarness harness = harness(TOKENS);
    WireClient client = withToken(harness, ALICE, "ada:60");
    harness.time().pass(Duration.ofMillis(millis));
    assertThat(client.closed().isEmpty()).isEqualTo(open);
    if (!open) {
      assertThat(client.closed()).contains(Session.EXPIRED);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void token_thatHasRunOutAlready_isNone(long seconds, boolean in) {
    ServerHarness harness = harness(TOKENS);
    WireClient client = withToken(harness, ALICE, "ada:" + seconds);
    assertThat(client.received().get(0).contains("ERR_UNAUTHENTICATED")).isEqualTo(!in);
    assertThat(client.closed().isEmpty()).isEqualTo(in);
  }

  @Test
  void token_thatLastsAlmostForEver_doesNotRunOut() {
    ServerHarness harness =
        harness(
            credentials ->
                CompletableFuture.completedStage(
                    Authentication.accepted("ada", ADA).until(Instant.MAX)));
    WireClient client = withToken(harness, ALICE, "ada");
    assertThat(client.received()).singleElement().asString().contains("'expires':9007199254740991");
    harness.time().pass(Duration.ofDays(30));
    assertThat(client.closed()).isEmpty();
  }

  @Test
  void renewal_inTime_keepsTheConnectionAndBringsWhatTheTokenTells() {
    ServerHarness harness = harness(TOKENS);
    WireClient client = withToken(harness, ALICE, "ada:60");
    client.clear();
    client.send(auth("ada:90"));
    assertThat(client.received()).containsExactly("{'a':'auth','expires':90000}");
    client.clear();
    harness.time().pass(Duration.ofSeconds(59));
    assertThat(client.closed()).as("the first one has run out").isEmpty();
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(client.closed()).contains(Session.EXPIRED);
  }

  @Test
  void renewal_forEver_isAnsweredWithoutATime() {
    ServerHarness harness = harness(TOKENS);
    WireClient client = withToken(harness, ALICE, "ada:60");
    client.clear();
    client.send(auth("ada"));
    assertThat(client.received()).containsExactly("{'a':'auth'}");
    harness.time().pass(Duration.ofDays(2));
    assertThat(client.closed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ERR_MESSAGE_BADLY_FORMED",
    ":5, ERR_UNAUTHENTICATED",
    "ada:0, ERR_UNAUTHENTICATED",
    "eve, ERR_PRINCIPAL_CHANGED",
    "eve:99, ERR_PRINCIPAL_CHANGED",
    "throws, ERR_UNAVAILABLE",
    "null, ERR_UNAVAILABLE"
  })
  void renewal_thatIsRefused_leavesTheOldTokenInForce(String token, String code) {
    ServerHarness harness =
        harness(
            credentials ->
                switch (credentials.token().orElse("")) {
                  case "throws" -> throw new IllegalStateException();
                  case "null" -> CompletableFuture.completedStage(null);
                  default -> TOKENS.authenticate(credentials);
                });
    WireClient client = withToken(harness, ALICE, "ada:60");
    client.clear();
    client.send(auth(token));
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'a':'auth'", code)
        .doesNotContain("'token'");
    client.clear();
    client.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.time().pass(Duration.ofSeconds(29));
    assertThat(client.received()).singleElement().asString().contains("'v':0");
    assertThat(client.closed()).isEmpty();
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(client.closed()).contains(Session.EXPIRED);
  }

  @Test
  void renewal_ofAClientOfTheBase_isNotOffered() {
    ServerHarness harness = new ServerHarness(Ground.CALM);
    WireClient client = harness.connect(ALICE);
    client.send(auth("ada"));
    assertThat(client.received()).singleElement().asString().contains("ERR_ACTION_NOT_SUPPORTED");
  }

  // ---- heartbeat

  @ParameterizedTest
  @ValueSource(strings = {"{'a':'pp'}", "nonsense", "{'a':'f','c':'c','d':'d','v':null}"})
  void anyFrame_breaksTheSilence(String frame) {
    ServerHarness harness = new ServerHarness(Ground.CALM).withHeartbeat(Duration.ofSeconds(10));
    WireClient client = harness.connect();
    client.post(handshake(ALICE, ""));
    for (int i = 0; i < 5; i++) {
      harness.time().pass(Duration.ofSeconds(9));
      client.post(frame);
    }
    harness.time().runDue();
    assertThat(client.closed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9999, true", "10000, false", "10001, false"})
  void client_thatIsSilentForTooLong_isClosed(long millis, boolean open) {
    ServerHarness harness = new ServerHarness(Ground.CALM).withHeartbeat(Duration.ofSeconds(10));
    WireClient client = harness.connect();
    client.post(handshake(ALICE, ""));
    harness.time().pass(Duration.ofSeconds(5));
    client.post("{'a':'pp'}");
    harness.time().pass(Duration.ofMillis(millis));
    assertThat(client.closed().isEmpty()).isEqualTo(open);
    if (!open) {
      assertThat(client.closed()).contains(Session.SILENT);
    }
  }

  @Test
  void clientOfTheBase_mayBeSilent() {
    ServerHarness harness = new ServerHarness(Ground.CALM).withHeartbeat(Duration.ofSeconds(10));
    WireClient client = harness.connect(ALICE);
    harness.time().pass(Duration.ofDays(1));
    assertThat(client.closed()).isEmpty();
  }

  @Test
  void heartbeat_isNoLongerThanAClientKeepsItsPresences() {
    VirtualTime time = new VirtualTime();
    CollabServer.Builder builder =
        CollabServer.builder(
            InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time);
    assertThatThrownBy(() -> builder.heartbeat(Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(heartbeat(new ServerHarness(Ground.CALM).withHeartbeat(Duration.ofDays(1))))
        .contains("'heartbeat':25000");
    assertThat(heartbeat(new ServerHarness(Ground.CALM))).doesNotContain("heartbeat");
  }

  private static String heartbeat(ServerHarness harness) {
    WireClient client = harness.connect();
    client.post(handshake(ALICE, ""));
    harness.time().runDue();
    return client.received().get(0);
  }

  // ---- connections of one user

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void connections_ofOneUser_areLimited(int count, boolean in) {
    ServerHarness harness =
        harness(TOKENS).withLimits(ServerLimits.builder().maxConnections(2).build());
    WireClient last = null;
    for (int i = 0; i < count; i++) {
      last = withToken(harness, "%022d".formatted(i), "ada");
    }
    assertThat(last).isNotNull();
    assertThat(last.closed().isEmpty()).isEqualTo(in);
    assertThat(withToken(harness, BOB, "bob").closed()).as("others are not counted").isEmpty();
    if (!in) {
      assertThat(last.received()).singleElement().asString().contains("ERR_RATE_EXCEEDED");
      assertThat(last.closed()).contains(Session.TOO_MANY_CONNECTIONS);
      assertThat(harness.events().of(RateLimited.class))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.what()).isEqualTo(RateLimited.What.CONNECTIONS);
                assertThat(event.action()).isEqualTo(RateLimited.Action.CLOSED);
              });
    }
  }

  @Test
  void connection_thatTakesOverOrComesAfterAnEndedOne_isNotOneMore() {
    ServerHarness harness =
        harness(TOKENS).withLimits(ServerLimits.builder().maxConnections(1).build());
    WireClient first = withToken(harness, ALICE, "ada");
    WireClient second = withToken(harness, ALICE, "ada");
    assertThat(first.closed()).contains(Session.REPLACED);
    assertThat(second.closed()).isEmpty();
    second.connection().close(CloseReason.NORMAL);
    harness.settle();
    assertThat(withToken(harness, BOB, "ada").closed()).isEmpty();
  }

  @Test
  void guests_areNotCounted() {
    ServerHarness harness =
        new ServerHarness(Ground.CALM).withLimits(ServerLimits.builder().maxConnections(1).build());
    harness.connect(ALICE);
    assertThat(harness.connect(BOB).closed()).isEmpty();
  }
}
