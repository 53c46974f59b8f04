package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program undoes what a client did. */
class UndoTest {

  private static final DocumentId ID = new DocumentId("c", "d");

  private static ClientId authorAt(ServerHarness over, long revision) {
    return over.events().of(OperationCommitted.class).stream()
        .filter(event -> event.revision() == revision)
        .map(event -> event.operation().client())
        .findFirst()
        .orElseThrow();
  }

  private static CompletionStage<Long> undo(ServerHarness over, ClientId author, long since) {
    return over.server().documents().undo(ID, author, since);
  }

  @ParameterizedTest
  @EnumSource
  void undo_ofInterleavedEdits_takesBackTheAuthorsAndTellsEverybody(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.connect(ALICE);
    WireClient bob = over.connect(over.start(), BOB, "");
    over.await(over.server().documents().create(ID, TextType.TEXT, JsonValue.of("(abc)")));
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':[1,'xy']}");
    over.settle();
    bob.send("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':[2,'B']}");
    over.settle();
    alice.send("{'a':'op','c':'c','d':'d','v':3,'seq':2,'op':[4,{'d':3}]}");
    over.settle();
    assertThat(over.text()).isEqualTo("(xBy)");
    ClientId author = authorAt(over, 2);
    bob.clear();
    assertThat(over.await(undo(over, author, 3))).isEqualTo(5);
    assertThat(over.text()).isEqualTo("(xByabc)");
    assertThat(over.await(undo(over, author, 5))).isEqualTo(5);
    over.settle();
    assertThat(bob.received()).hasSize(1);
    assertThat(over.await(undo(over, authorAt(over, 3), 0))).isEqualTo(6);
    assertThat(over.text()).isEqualTo("(xyabc)");
  }

  @Test
  void undo_sinceATime_leavesWhatIsOlder() {
    ServerHarness over = new ServerHarness(Ground.values()[0]);
    Documents documents = over.server().documents();
    over.await(documents.create(ID, TextType.TEXT, JsonValue.of("abc")));
    over.await(documents.submit(ID, Submission.HEAD, edit(TextOperation.insert(0, "x"))));
    ClientId program = authorAt(over, 2);
    assertThat(over.await(documents.undo(ID, program, Instant.MAX))).isEqualTo(2);
    assertThat(over.await(documents.undo(ID, program, Instant.MIN))).isEqualTo(3);
    assertThat(over.text()).isEqualTo("abc");
  }

  @Test
  void undo_belowWhatIsKept_failsAndChangesNothing() {
    ServerHarness over = new ServerHarness(Ground.values()[0]);
    Documents documents = over.server().documents();
    ClientId nobody = new ClientId("nobody");
    assertThat(over.code(undo(over, nobody, 0))).isEqualTo(ErrorCodes.DOCUMENT_DOES_NOT_EXIST);
    over.await(documents.create(ID, TextType.TEXT, JsonValue.of("abc")));
    assertThat(over.code(undo(over, nobody, 2))).isEqualTo(ErrorCodes.VERSION_FROM_FUTURE);
    assertThat(over.await(undo(over, nobody, 0))).isEqualTo(1);
    over.await(documents.submit(ID, Submission.HEAD, edit(TextOperation.insert(0, "x"))));
    over.await(documents.purge(ID));
    assertThat(over.code(undo(over, nobody, 1))).isEqualTo(ErrorCodes.OPERATIONS_NOT_FOUND);
    assertThat(over.code(documents.undo(ID, nobody, Instant.MIN)))
        .isEqualTo(ErrorCodes.OPERATIONS_NOT_FOUND);
    assertThat(over.text()).isEqualTo("xabc");
    assertThatThrownBy(() -> undo(over, nobody, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Proposal edit(TextOperation operation) {
    return new Proposal.Edit(operation);
  }
}
