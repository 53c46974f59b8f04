package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.Refusal;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireLimits;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.session.Session;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is at a limit is accepted, what is above it is not. */
class LimitsTest {

  private static final WireLimits WIRE = WireLimits.DEFAULT;

  private static ServerLimits wire(WireLimits wire) {
    return ServerLimits.builder().wire(wire).build();
  }

  @ParameterizedTest
  @CsvSource({"4095, true", "4096, true", "4097, false"})
  void frame_beforeTheHandshake_isShort(int length, boolean read) {
    WireClient client = new ServerHarness(Ground.CALM).connect();
    String start = "{'a':'hs','id':null,'protocol':1,'x':'";
    client.post(start + "x".repeat(length - start.length() - 2) + "'}");
    client.send("{'a':'hs','id':null,'protocol':1}");
    assertThat(client.received())
        .hasSize(2)
        .first()
        .asString()
        .contains(read ? "'a':'hs'" : "ERR_FRAME_TOO_LARGE");
    assertThat(client.closed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4999, true", "5000, false", "5001, false"})
  void handshake_inTime_keepsTheConnection(long millis, boolean kept) {
    ServerHarness harness = new ServerHarness(Ground.CALM);
    WireClient client = harness.connect();
    harness.time().pass(Duration.ofMillis(millis));
    client.send("{'a':'hs','id':null,'protocol':1}");
    assertThat(client.closed().isEmpty()).isEqualTo(kept);
    assertThat(client.received()).hasSize(kept ? 1 : 0);
    if (!kept) {
      assertThat(client.closed()).contains(Session.NO_HANDSHAKE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void submissions_thatWait_areLimited(int count, int refused) {
    var logs = new ArrayList<TamperedCoordinator>();
    ServerHarness harness =
        ServerHarness.over(
                target -> {
                  logs.add(new TamperedCoordinator(target));
                  return logs.get(0);
                })
            .withLimits(ServerLimits.builder().maxWaitingSubmissions(2).build());
    WireClient alice = harness.author(ALICE, "");
    logs.get(0).appends.add(TamperedCoordinator.silence());
    for (int i = 0; i < count; i++) {
      alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':%d,'op':['x']}".formatted(i + 2));
    }
    assertThat(alice.received()).hasSize(refused);
    assertThat(alice.received()).allMatch(reply -> reply.contains("ERR_RATE_EXCEEDED"));
    alice.clear();
    alice.send("{'a':'op','c':'c','d':'new','v':0,'seq':9,'create':{'type':'text'}}");
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains(count < 2 ? "'v':0" : "ERR_RATE_EXCEEDED");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void reads_thatWait_areLimitedAndCountedDown(int count, int refused) {
    var logs = new ArrayList<TamperedCoordinator>();
    ServerHarness harness =
        ServerHarness.over(
                target -> {
                  logs.add(new TamperedCoordinator(target));
                  return logs.get(0);
                })
            .withLimits(ServerLimits.builder().maxWaitingSubmissions(2).build());
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < 5; i++) { // answered ones do not count
      alice.send("{'a':'f','c':'c','d':'other','v':" + (i % 2 == 0 ? "null" : "9") + "}");
      alice.send("{'a':'bf','c':'c','b':['other','another']}");
    }
    alice.clear();
    logs.get(0).loads.add(TamperedCoordinator.silence());
    for (int i = 0; i < count; i++) {
      alice.send(i % 2 == 0 ? "{'a':'f','c':'c','d':'d'}" : "{'a':'bf','c':'c','b':['d']}");
    }
    assertThat(alice.received()).hasSize(refused);
    assertThat(alice.received()).allMatch(reply -> reply.contains("ERR_RATE_EXCEEDED"));
  }

  @ParameterizedTest
  @CsvSource({"99, true", "100, true", "101, false"})
  void document_atTheLimit_isKeptAndALargerOneIsNot(int size, boolean kept) {
    ServerHarness harness =
        new ServerHarness(Ground.CALM).withLimits(wire(WIRE.toBuilder().document(100).build()));
    WireClient alice = harness.author(ALICE, "x".repeat(50));
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['" + "y".repeat(size - 50) + "']}");
    assertThat(alice.received().get(0).contains("ERR_DOC_TOO_LARGE")).isEqualTo(!kept);
    assertThat(harness.text()).hasSize(kept ? size : 50);
  }

  @ParameterizedTest
  @CsvSource({"91, true", "92, true", "93, false"})
  void operation_atTheLimit_isCommittedAndAHeavierOneIsNot(int inserted, boolean committed) {
    ServerHarness harness =
        new ServerHarness(Ground.CALM).withLimits(wire(WIRE.toBuilder().operation(100).build()));
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['" + "y".repeat(inserted) + "']}");
    assertThat(alice.received().get(0).contains("ERR_OP_TOO_LARGE")).isEqualTo(!committed);
    assertThat(harness.text()).hasSize(committed ? inserted : 0);
  }

  @ParameterizedTest
  @CsvSource({"499, true", "500, true", "501, false"})
  void bulkFetch_ofMoreThanFitsIntoTheQueue_leavesOutWhatIsTooMuch(int size, boolean whole) {
    ServerHarness harness =
        new ServerHarness(Ground.CALM)
            .withLimits(ServerLimits.builder().maxQueuedFrames(2_000).build());
    WireClient alice = harness.connect(ALICE);
    for (String document : List.of("a", "b")) {
      alice.send(
          "{'a':'op','c':'c','d':'%s','v':0,'seq':1,'create':{'type':'text','data':'%s'}}"
              .formatted(document, "x".repeat(document.equals("a") ? 500 : size)));
    }
    alice.clear();
    alice.send("{'a':'bs','c':'c','b':['b','a','none']}");
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains(
            "'b':{'v':1",
            "'none':{'v':0",
            whole ? "'a':{'v':1" : "'a':{'error':{'code':'ERR_BATCH_TOO_LARGE'");
  }

  @Test
  void codesOfRefusals_areCodesOfTheWire() throws IllegalAccessException {
    assertThat(codes(ErrorCodes.class)).containsAll(codes(Refusal.class)).doesNotHaveDuplicates();
  }

  private static List<Object> codes(Class<?> type) throws IllegalAccessException {
    List<Object> codes = new ArrayList<>();
    for (Field field : Arrays.asList(type.getFields())) {
      codes.add(field.get(null));
    }
    return codes;
  }
}
