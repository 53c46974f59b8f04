package dev.collab.server;

import static dev.collab.server.ServerHarness.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.conflict.ConflictStrategy;
import dev.collab.conflict.LastWriteWins;
import dev.collab.conflict.ReportedConflict;
import dev.collab.conflict.Settlement;
import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Amendment;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Verdict;
import dev.collab.server.observe.ConflictSettled;
import dev.collab.server.observe.StrategyFailed;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits that touch, on documents for which the application has chosen a strategy. */
class ConflictTest {

  private static final String CREATE =
      "{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text','data':'cat'}}";
  private static final String DOG = "{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['dog',{'d':3}]}";
  private static final String COW = "{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['cow',{'d':3}]}";

  private final List<ReportedConflict> reported = new ArrayList<>();
  private final ServerEvents events = new ServerEvents();

  private ServerHarness harness(Ground ground, ConflictStrategy strategy) {
    return new ServerHarness(ground)
        .with(
            builder ->
                builder
                    .listener(events.listener())
                    .conflicts(
                        document -> strategy,
                        (document, revision, conflict) -> {
                          reported.add(conflict);
                          throw new IllegalStateException("a defect of the application");
                        }));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void lastWriteWins_ofTwoEdits_leavesTheLaterAndReportsOnce(Ground ground) {
    ServerHarness harness = harness(ground, LastWriteWins.LAST_WRITE_WINS);
    WireClient ann = harness.member(harness.server(), "ann");
    WireClient bob = harness.member(harness.server(), "bob");
    ann.send(CREATE);
    harness.settle();
    ann.send(DOG);
    harness.settle();
    bob.send(COW);
    harness.settle();
    bob.send(COW.replace("'seq':1", "'seq':1,'src':'" + secret("bob") + "'"));
    harness.settle();

    assertThat(harness.text()).isEqualTo("cow");
    assertThat(reported).hasSize(1);
    assertThat(events.of(ConflictSettled.class)).hasSize(1);
    assertThat(events.of(StrategyFailed.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void lastWriteWins_onTwoServersAtOnce_isReportedOnceByOneOfThem(Ground ground) {
    ServerHarness harness = harness(ground, LastWriteWins.LAST_WRITE_WINS);
    CollabServer other = harness.start();
    WireClient ann = harness.member(harness.server(), "ann");
    WireClient bob = harness.member(other, "bob");
    ann.send(CREATE);
    harness.settle();
    ann.send(DOG);
    bob.send(COW);
    harness.settle();

    assertThat(harness.text()).isIn("cow", "dog");
    assertThat(reported).hasSize(1);
    assertThat(reported.get(0).later().toString()).contains(harness.text());
  }

  @Test
  void strategy_andAnInterceptor_correctTogether() {
    ServerHarness harness =
        harness(Ground.CALM, LastWriteWins.LAST_WRITE_WINS)
            .withInterceptor(
                new Interceptor() {
                  @Override
                  public CompletionStage<Verdict<Amendment>> submit(
                      Caller caller, DocumentId document, Submission submission) {
                    return Verdict.<Amendment>amend(
                            content ->
                                content.as(TextType.TEXT).orElseThrow().state().length() == 3
                                    ? Optional.of(TextOperation.insert(3, "!"))
                                    : Optional.empty())
                        .now();
                  }
                });
    WireClient ann = harness.member(harness.server(), "ann");
    WireClient bob = harness.member(harness.server(), "bob");
    ann.send(CREATE);
    ann.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['dog',{'d':3}]}");
    bob.send(COW);
    harness.settle();

    assertThat(harness.text()).isEqualTo("cow!");
  }

  @Test
  void strategy_thatThrows_leavesTheEditUncorrectedAndIsReported() {
    assertFails(
        merged -> {
          throw new IllegalStateException("a defect of the application");
        });
  }

  @Test
  void strategy_whoseCorrectionDoesNotFit_leavesTheEditUncorrectedAndIsReported() {
    assertFails(merged -> new Settlement(Optional.of(TextOperation.insert(99, "!")), List.of()));
    assertFails(
        merged -> new Settlement(Optional.of(TextOperation.insert(0, "\ud83d")), List.of()));
  }

  private void assertFails(ConflictStrategy strategy) {
    ServerHarness harness = harness(Ground.CALM, strategy);
    WireClient ann = harness.member(harness.server(), "ann");
    ann.send(CREATE);
    ann.send(DOG);
    harness.settle();

    assertThat(ann.received().toString()).doesNotContain("error");
    assertThat(harness.text()).isEqualTo("dog");
    assertThat(events.of(StrategyFailed.class))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.code()).isEqualTo(StrategyFailed.CODE));
    assertThat(reported).isEmpty();
  }
}
