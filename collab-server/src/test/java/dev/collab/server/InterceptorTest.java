package dev.collab.server;

import static dev.collab.server.ServerHarness.ack;
import static dev.collab.server.ServerHarness.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.protocol.Permission;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Amendment;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Resource;
import dev.collab.server.access.Verdict;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications that look at what is about to happen, and refuse it or make something else of it.
 */
class InterceptorTest {

  private static final String READ = "{'a':'s','c':'c','d':'d','v':null}";
  private static final String CREATE =
      "{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text','data':'ab'}}";
  private static final String EDIT = "{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}";
  private static final String SHOW = "{'a':'p','ch':'plain','id':'1','p':{'mood':'bad'},'pv':0}";
  private static final String POST = "{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'damn'}}}";

  /** Adds an exclamation mark at the end of the text. */
  private static final Amendment MARK =
      content ->
          Optional.of(
              TextOperation.insert(content.as(TextType.TEXT).orElseThrow().state().length(), "!"));

  /** Asks the same of everything. */
  private static Interceptor everywhere(Supplier<CompletionStage<?>> verdict) {
    return new Interceptor() {
      @Override
      public CompletionStage<Verdict<Permission>> subscribe(
          Caller caller, Resource resource, Permission permission) {
        return answer();
      }

      @Override
      public CompletionStage<Verdict<Amendment>> submit(
          Caller caller, DocumentId document, Submission submission) {
        return answer();
      }

      @Override
      public CompletionStage<Verdict<JsonValue>> presence(
          Caller caller, Resource place, JsonValue value) {
        return answer();
      }

      @Override
      public CompletionStage<Verdict<JsonObject>> chat(
          Caller caller, Resource.Room room, JsonObject event) {
        return answer();
      }

      @SuppressWarnings("unchecked")
      private <T> CompletionStage<Verdict<T>> answer() {
        return (CompletionStage<Verdict<T>>) verdict.get();
      }
    };
  }

  private static Interceptor submitting(Function<Caller, Verdict<Amendment>> verdict) {
    return new Interceptor() {
      @Override
      public CompletionStage<Verdict<Amendment>> submit(
          Caller caller, DocumentId document, Submission submission) {
        return verdict.apply(caller).now();
      }
    };
  }

  private static Interceptor amending(Amendment amendment) {
    return submitting(caller -> Verdict.amend(amendment));
  }

  private static ServerHarness harness(Ground ground, Interceptor... interceptors) {
    return new ServerHarness(ground)
        .with(
            builder -> {
              List.of(interceptors).forEach(builder::interceptor);
              return builder;
            });
  }

  private static ServerHarness harness(Interceptor... interceptors) {
    return harness(Ground.CALM, interceptors);
  }

  @ParameterizedTest
  @ValueSource(strings = {READ, CREATE, SHOW, POST})
  void refusal_isToldWithItsReasonAndNothingHappens(String frame) {
    ServerHarness harness =
        harness(everywhere(() -> Verdict.refuse("ERR_TOO_LATE", "it is closed").now()));
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(frame);
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains("'error':{'code':'ERR_TOO_LATE','message':'it is closed'}");
    assertThat(alice.closed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {READ, CREATE, SHOW, POST})
  void interceptor_thatFailsThrowsOrIsSilent_refusesThisMessageAlone(String frame) {
    List<Supplier<CompletionStage<?>>> answers = new ArrayList<>();
    answers.add(() -> CompletableFuture.failedStage(new IllegalStateException("down")));
    answers.add(
        () -> {
          throw new IllegalStateException("down");
        });
    answers.add(CompletableFuture::new);
    for (Supplier<CompletionStage<?>> answer : answers) {
      ServerHarness harness = harness(everywhere(answer));
      WireClient alice = harness.member(harness.server(), "alice");
      alice.send(frame);
      assertThat(alice.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
      alice.clear();
      alice.send("{'a':'u','c':'c','d':'d'}");
      assertThat(alice.received()).singleElement().asString().doesNotContain("error");
    }
  }

  @Test
  void interceptors_areAskedInTheirOrderUntilOneRefuses() {
    List<String> asked = new ArrayList<>();
    ServerHarness harness =
        harness(
            submitting(
                caller -> {
                  asked.add("first " + caller.principal());
                  return Verdict.allow();
                }),
            submitting(
                caller -> {
                  asked.add("second");
                  return Verdict.refuse("no");
                }),
            submitting(
                caller -> {
                  asked.add("third");
                  return Verdict.allow();
                }));
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(CREATE);
    assertThat(asked).containsExactly("first alice", "second");
    assertThat(alice.received()).singleElement().asString().contains("ERR_FORBIDDEN");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void amendedSubmission_isFollowedByAnEntryOfTheServerForEverybody(Ground ground) {
    ServerHarness harness = harness(ground, amending(MARK));
    CollabServer other = harness.start();
    WireClient alice = harness.member(harness.server(), "alice");
    WireClient bob = harness.member(other, "bob");
    alice.send(READ);
    bob.send(READ);
    alice.clear();
    bob.clear();
    alice.send(CREATE);
    harness.settle();
    String mark = "{'a':'op','c':'c','d':'d','v':1,'src':'server','seq':2,'op':[2,'!']}";
    assertThat(alice.received()).containsExactly(ack(0, secret("alice"), 1), mark);
    assertThat(bob.received())
        .satisfiesExactly(
            create -> assertThat(create).contains("'v':0,", "'create'"),
            marked -> assertThat(marked).isEqualTo(mark));
    assertThat(harness.text()).isEqualTo("ab!");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void amendedSubmission_sentAgain_isAcknowledgedAndNotAmendedAgain(Ground ground) {
    ServerHarness harness = harness(ground, amending(MARK));
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(CREATE);
    alice.connection().close(CloseReason.ABNORMAL);
    WireClient again = harness.member(harness.start(), "alice");
    again.send(CREATE.replace("'seq':1", "'seq':1,'src':'" + secret("alice") + "'"));
    harness.settle();
    assertThat(again.received()).containsExactly(ack(0, secret("alice"), 1));
    assertThat(harness.text()).isEqualTo("ab!");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void amendedSubmissions_ofTwoServersAtOnce_areEachAmendedOnce(Ground ground) {
    ServerHarness harness = harness(ground, amending(MARK));
    CollabServer other = harness.start();
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(CREATE);
    alice.send(READ);
    WireClient bob = harness.member(other, "bob");
    bob.send(READ);
    for (int i = 0; i < 10; i++) {
      alice.post("{'a':'op','c':'c','d':'d','v':2,'seq':%d,'op':['a']}".formatted(i + 2));
      bob.post("{'a':'op','c':'c','d':'d','v':2,'seq':%d,'op':['b']}".formatted(i + 2));
    }
    harness.settle();
    harness.settle();
    String text = harness.text();
    assertThat(text).hasSize(2 + 1 + 20 * 2).endsWith("ab!" + "!".repeat(20));
    for (WireClient client : List.of(alice, bob)) {
      assertThat(
              client.received().stream().filter(frame -> frame.contains("'src':'server'")).count())
          .isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void amendments_ofTwoInterceptors_areOneEntryInTheirOrder() {
    ServerHarness harness =
        harness(
            amending(content -> Optional.of(TextOperation.insert(0, "1"))),
            amending(content -> Optional.empty()),
            amending(content -> Optional.of(TextOperation.insert(1, "2"))));
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(READ);
    alice.clear();
    alice.send(CREATE);
    assertThat(alice.received())
        .containsExactly(
            ack(0, secret("alice"), 1),
            "{'a':'op','c':'c','d':'d','v':1,'src':'server','seq':2,'op':['12']}");
  }

  @Test
  void amendment_thatFailsOrDoesNotFit_refusesTheSubmissionAndChangesNothing() {
    List<Amendment> broken =
        List.of(
            content -> {
              throw new IllegalStateException("broken");
            },
            content -> Optional.of(TextOperation.insert(99, "far away")));
    for (Amendment amendment : broken) {
      ServerHarness harness = harness(amending(amendment));
      WireClient bob = harness.member(harness.server(), "bob");
      bob.send(READ);
      bob.clear();
      WireClient alice = harness.member(harness.server(), "alice");
      alice.send(CREATE);
      assertThat(alice.received()).singleElement().asString().contains("ERR_CORRECTION_FAILED");
      assertThat(bob.received()).isEmpty();
    }
  }

  @Test
  void amendedPresence_isShownInPlaceOfTheClients() {
    ServerHarness harness =
        harness(
            new Interceptor() {
              @Override
              public CompletionStage<Verdict<JsonValue>> presence(
                  Caller caller, Resource place, JsonValue value) {
                assertThat(place).isEqualTo(new Resource.Channel("plain"));
                return Verdict.<JsonValue>amend(JsonValue.of("hidden by " + caller.principal()))
                    .now();
              }
            });
    WireClient bob = harness.member(harness.server(), "bob");
    bob.send("{'a':'ps','ch':'plain','seq':1}");
    bob.clear();
    WireClient alice = harness.member(harness.server(), "alice");
    alice.post(SHOW);
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(alice.received()).singleElement().asString().contains("'p':'hidden by alice'");
    assertThat(bob.received()).singleElement().asString().contains("'p':'hidden by alice'");
    alice.send("{'a':'p','ch':'plain','id':'1','p':null,'pv':1}");
    assertThat(bob.received()).hasSize(2).last().asString().contains("'p':null");
  }

  @Test
  void amendedChatEvent_happensInPlaceOfTheClients() {
    ServerHarness harness =
        harness(
            new Interceptor() {
              @Override
              public CompletionStage<Verdict<JsonObject>> chat(
                  Caller caller, Resource.Room room, JsonObject event) {
                return Verdict.amend(
                        JsonValue.object("post", JsonValue.object("text", JsonValue.of("***"))))
                    .now();
              }
            });
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(POST);
    assertThat(alice.received()).singleElement().asString().contains("'text':'***'");
  }

  @Test
  void amendedPermission_narrowsUntilTheNextRequestForTheResource() {
    List<Permission> answers =
        new ArrayList<>(List.of(Permission.READ, Permission.MANAGE, Permission.NONE));
    ServerHarness harness =
        harness(
            new Interceptor() {
              @Override
              public CompletionStage<Verdict<Permission>> subscribe(
                  Caller caller, Resource resource, Permission permission) {
                assertThat(permission).isEqualTo(Permission.WRITE);
                return Verdict.amend(answers.remove(0)).now();
              }
            });
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(READ);
    alice.send(CREATE);
    assertThat(alice.everything())
        .satisfiesExactly(
            access -> assertThat(access).contains("'permission':'read'"),
            reply -> assertThat(reply).contains("'a':'s'"),
            refused -> assertThat(refused).contains("ERR_FORBIDDEN"));
    alice.clear();
    alice.send(READ);
    alice.send(CREATE);
    assertThat(alice.everything())
        .anyMatch(frame -> frame.contains("'permission':'write'"))
        .noneMatch(frame -> frame.contains("'manage'"))
        .last()
        .isEqualTo(ack(0, secret("alice"), 1));
    alice.clear();
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(alice.everything())
        .anyMatch(frame -> frame.contains("ERR_FORBIDDEN"))
        .anyMatch(frame -> frame.contains("'permission':'none'"));
  }

  @Test
  void subscription_toSeveralDocuments_isAskedForEach() {
    ServerHarness harness =
        harness(
            new Interceptor() {
              @Override
              public CompletionStage<Verdict<Permission>> subscribe(
                  Caller caller, Resource resource, Permission permission) {
                boolean isHidden =
                    resource.equals(new Resource.Document(new DocumentId("c", "hidden")));
                return isHidden
                    ? Verdict.<Permission>refuse("ERR_HIDDEN", "no").now()
                    : Verdict.<Permission>allow().now();
              }
            });
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send("{'a':'bs','c':'c','b':['hidden','d']}");
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains("'d':{'v':0", "'hidden':{'error':{'code':'ERR_HIDDEN'");
  }
}
