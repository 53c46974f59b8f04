package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.server.DocumentPage.Item;
import dev.collab.server.DocumentPage.State;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program that embeds a server does with documents. */
class DocumentsTest {

  private static final DocumentId ID = new DocumentId("c", "d");

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));
  private final Documents documents = harness.server().documents();

  private static Proposal edit(TextOperation operation) {
    return new Proposal.Edit(operation);
  }

  private static CompletionStage<Long> create(ServerHarness over, String id, String text) {
    return over.server()
        .documents()
        .create(new DocumentId("c", id), TextType.TEXT, JsonValue.of(text));
  }

  @ParameterizedTest
  @EnumSource
  void changesOfTheProgram_takeTheWayOfAllOthers(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.connect(ALICE);
    WireClient bob = over.connect(over.start(), BOB, "");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.clear();
    bob.clear();
    assertThat(over.await(create(over, "d", "text"))).isEqualTo(1);
    Documents program = over.server().documents();
    assertThat(over.await(program.submit(ID, 1, edit(TextOperation.insert(4, "!"))))).isEqualTo(2);
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':['a']}");
    assertThat(over.await(program.submit(ID, 2, edit(TextOperation.insert(5, "?"))))).isEqualTo(4);
    assertThat(over.text()).isEqualTo("atext!?");
    assertThat(over.await(program.delete(ID))).isEqualTo(5);
    over.settle();
    assertThat(bob.received())
        .hasSize(5)
        .last()
        .asString()
        .matches("\\{'a':'op','c':'c','d':'d','v':4,'src':'server-.*','seq':4,'del':true}");
    assertThat(alice.received()).hasSize(5);
    assertThat(over.events().of(OperationCommitted.class)).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void manySubmissionsAtOnce_areCommittedInOrderAndOnce(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    List<CompletionStage<Long>> revisions = new ArrayList<>();
    revisions.add(create(over, "d", ""));
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      expected.insert(0, i);
      revisions.add(
          over.server()
              .documents()
              .submit(ID, Submission.HEAD, edit(TextOperation.insert(0, String.valueOf(i)))));
    }
    for (int i = 0; i <= 50; i++) {
      assertThat(over.await(revisions.get(i))).isEqualTo(i + 1L);
    }
    assertThat(over.text()).isEqualTo(expected.toString());
  }

  @Test
  void submissionThatIsRefused_failsWithTheCodeAndKeepsNoOtherFromBeingMade() {
    CompletionStage<Long> early = documents.submit(ID, 0, edit(TextOperation.insert(0, "x")));
    CompletionStage<Long> created = documents.create(ID, TextType.TEXT, JsonValue.NULL);
    CompletionStage<Long> again = documents.create(ID, TextType.TEXT, JsonValue.NULL);
    CompletionStage<Long> misfit = documents.submit(ID, 1, edit(TextOperation.insert(9, "x")));
    CompletionStage<Long> future = documents.submit(ID, 99, new Proposal.Delete());
    CompletionStage<Long> fits = documents.submit(ID, 1, edit(TextOperation.insert(0, "x")));
    assertThat(harness.code(early)).isEqualTo(ErrorCodes.DOCUMENT_DOES_NOT_EXIST);
    assertThat(harness.await(created)).isEqualTo(1);
    assertThat(harness.code(again)).isEqualTo(ErrorCodes.DOCUMENT_ALREADY_CREATED);
    assertThat(harness.code(misfit)).isEqualTo("ERR_OT_OP_NOT_APPLIED");
    assertThat(harness.code(future)).isEqualTo(ErrorCodes.VERSION_FROM_FUTURE);
    assertThat(harness.await(fits)).isEqualTo(2);
  }

  @Test
  void namesAndRevisionsThatCannotBe_areRefusedAtOnce() {
    DocumentId half = new DocumentId("c", "\ud83d");
    assertThatThrownBy(() -> documents.submit(half, 0, new Proposal.Delete()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> documents.read(half)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> documents.purge(half)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> documents.submit(ID, -2, new Proposal.Delete()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void submission_whenTheServerCloses_failsAsUnavailable() {
    log.appends.add(TamperedCoordinator.silence());
    CompletionStage<Long> created = documents.create(ID, TextType.TEXT, JsonValue.NULL);
    CompletionStage<Long> next = documents.delete(ID);
    harness.time().runDue();
    harness.server().close();
    assertThat(harness.code(created)).isEqualTo(ErrorCodes.UNAVAILABLE);
    assertThat(harness.code(next)).isEqualTo(ErrorCodes.UNAVAILABLE);
    assertThat(harness.code(documents.delete(ID))).isEqualTo(ErrorCodes.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void list_pagesThroughEveryDocumentOnce(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    Documents program = over.server().documents();
    for (int i = 0; i < 12; i++) {
      over.await(create(over, "d" + i, ""));
    }
    over.await(program.create(new DocumentId("other", "x"), TextType.TEXT, JsonValue.NULL));
    over.await(program.delete(new DocumentId("c", "d3")));
    over.await(program.delete(new DocumentId("c", "d4")));
    over.await(program.purge(new DocumentId("c", "d4")));
    over.await(program.purge(new DocumentId("c", "d5")));
    for (Documents any : List.of(program, over.start().documents())) {
      DocumentQuery some = DocumentQuery.in("c").limit(5).withDeleted();
      List<Item> found = new ArrayList<>();
      Optional<DocumentId> next = Optional.empty();
      do {
        DocumentPage page = over.await(any.list(next.map(some::after).orElse(some)));
        found.addAll(page.documents());
        next = page.next();
      } while (next.isPresent());
      assertThat(found).extracting(Item::id).doesNotHaveDuplicates().hasSize(12);
      assertThat(found)
          .contains(
              new Item(new DocumentId("c", "d0"), 1, State.LIVE),
              new Item(new DocumentId("c", "d3"), 2, State.DELETED),
              new Item(new DocumentId("c", "d4"), 1L << 32, State.DELETED),
              new Item(new DocumentId("c", "d5"), 1L << 32, State.LIVE));
      assertThat(over.await(any.list(DocumentQuery.in("c"))).documents())
          .hasSize(10)
          .noneMatch(item -> item.state() == State.DELETED);
      assertThat(over.await(any.list(DocumentQuery.in("c").startingWith("d1"))).documents())
          .extracting(item -> item.id().id())
          .containsExactly("d1", "d10", "d11");
      assertThat(over.await(any.list(DocumentQuery.all())).documents()).hasSize(11);
      assertThat(over.await(any.list(DocumentQuery.in("nowhere"))).documents()).isEmpty();
    }
  }

  @Test
  void list_ofNamesWithAnyCharacters_isNotConfused() {
    for (String name : List.of("a/b", "a", "a b", "ä😀", "", "%2F")) {
      harness.await(
          documents.create(new DocumentId(name, "x" + name), TextType.TEXT, JsonValue.NULL));
    }
    assertThat(harness.await(documents.list(DocumentQuery.in("a"))).documents())
        .extracting(Item::id)
        .containsExactly(new DocumentId("a", "xa"));
    assertThat(harness.await(documents.list(DocumentQuery.all())).documents()).hasSize(6);
  }

  @Test
  void list_withADamagedLog_showsTheOthers() {
    harness.await(create(harness, "fine", ""));
    Bytes start = Bytes.copyOf(new byte[16]);
    LogHead head = new LogHead(0, 0, start);
    harness.await(harness.logs().create("document/c/broken", head));
    harness.await(
        harness
            .logs()
            .append("document/c/broken", head, List.of(new LogEntry(1, start, Bytes.ofUtf8("{")))));
    assertThat(harness.await(documents.list(DocumentQuery.in("c"))).documents())
        .containsExactly(
            new Item(new DocumentId("c", "broken"), 1, State.UNREADABLE),
            new Item(new DocumentId("c", "fine"), 1, State.LIVE));
  }

  @Test
  void list_whenTheCoordinatorFailsOnce_asksAgain() {
    Documents fresh = nothingLoaded();
    log.heads.add(TamperedCoordinator.failure());
    log.reads.add(TamperedCoordinator.failure());
    assertThat(harness.await(fresh.list(DocumentQuery.in("c"))).documents())
        .extracting(DocumentPage.Item::id)
        .containsExactly(ID);
    assertThat(log.heads).isEmpty();
    assertThat(log.reads).isEmpty();
  }

  @Test
  void list_whenTheCoordinatorDoesNotAnswer_failsAsUnavailableAndWorksLater() {
    Documents fresh = nothingLoaded();
    for (int i = 0; i < 100; i++) {
      log.heads.add(TamperedCoordinator.failure());
    }
    assertThat(harness.code(fresh.list(DocumentQuery.in("c")))).isEqualTo(ErrorCodes.UNAVAILABLE);
    log.heads.clear();
    assertThat(harness.await(fresh.list(DocumentQuery.in("c"))).documents()).hasSize(1);
  }

  /** A server that has to ask the coordinator about c/d. */
  private Documents nothingLoaded() {
    harness.await(create(harness, "d", ""));
    harness.restart();
    return harness.server().documents();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_001})
  void limit_outsideItsRange_isRefused(int limit) {
    assertThatThrownBy(() -> DocumentQuery.all().limit(limit))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DocumentQuery.all().limit(1).limit(1_000)).isNotNull();
  }
}
