package dev.collab.undo;

import static dev.collab.text.TextOperation.delete;
import static dev.collab.text.TextOperation.insert;
import static dev.collab.text.TextOperation.replace;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorUndoTest {

  private static final ClientId ANN = new ClientId("ann");
  private static final ClientId BOB = new ClientId("bob");

  private final List<CommittedOperation> log = new ArrayList<>();
  private Text text = Text.of("(abc)");

  private AuthorUndoTest commit(ClientId author, TextOperation operation) {
    append(author, new Payload.Edit<>(TEXT, operation, operation.invert(text)));
    text = operation.applyTo(text);
    return this;
  }

  private void append(ClientId author, Payload payload) {
    int revision = log.size();
    log.add(
        new CommittedOperation(
            new OperationId(author, revision + 1), revision, payload, Instant.EPOCH));
  }

  private Optional<Proposal.Edit> undo(ClientId author) {
    return AuthorUndo.of(log, entry -> entry.id().client().equals(author));
  }

  private String undone(ClientId author) {
    return ((TextOperation) undo(author).orElseThrow().operation()).applyTo(text).toString();
  }

  @Test
  void undo_ofInterleavedEntries_takesBackTheAuthorsOnly() {
    commit(ANN, insert(1, "xy"))
        .commit(BOB, insert(2, "B"))
        .commit(ANN, delete(4, 3))
        .commit(BOB, insert(5, "!"))
        .commit(ANN, replace(0, 1, "["));
    assertThat(text).hasToString("[xBy)!");
    assertThat(undone(ANN)).isEqualTo("(Babc)!");
    assertThat(undone(BOB)).isEqualTo("[xy)");
  }

  @Test
  void undo_ofADeletionOthersTypedInto_restoresItWhole() {
    commit(ANN, delete(1, 3)).commit(BOB, insert(1, "X"));
    assertThat(undone(ANN)).isEqualTo("(abcX)");
  }

  @Test
  void undo_ofNothing_isEmpty() {
    commit(ANN, insert(0, "x")).commit(BOB, delete(0, 1));
    assertThat(undo(ANN)).isEmpty();
    assertThat(undo(new ClientId("eve"))).isEmpty();
    assertThat(AuthorUndo.of(List.of(), entry -> true)).isEmpty();
  }

  @Test
  void undo_overANewLife_leavesTheEarlierOneAlone() {
    commit(ANN, insert(0, "x"));
    append(BOB, new Payload.Delete());
    append(BOB, new Payload.Create(TEXT, JsonValue.of("new")));
    text = Text.of("new");
    assertThat(undo(ANN)).isEmpty();
    append(BOB, new Payload.None());
    commit(ANN, insert(3, "er"));
    assertThat(undone(ANN)).isEqualTo("new");
  }

  @Test
  void undo_ofRandomHistories_leavesBaseAndOthersInOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      log.clear();
      int fresh = 0x4E00;
      text = Text.of("abcdef");
      Set<Integer> kept = characters(text.toString());
      Set<String> pairs = new HashSet<>();
      for (int i = 0; i < 12; i++) {
        addPairs(text.toString(), pairs);
        int from = random.nextInt(text.length() + 1);
        int length = random.nextInt(Math.min(3, text.length() - from + 1));
        StringBuilder inserted = new StringBuilder();
        for (int k = random.nextInt(3); k > 0; k--) {
          inserted.appendCodePoint(fresh++);
        }
        boolean isAnn = random.nextBoolean();
        Text before = text;
        commit(isAnn ? ANN : BOB, replace(from, length, inserted.toString()));
        if (!isAnn) {
          kept.addAll(characters(inserted.toString()));
          kept.removeAll(characters(before.toString().substring(from, from + length)));
        }
      }
      addPairs(text.toString(), pairs);
      String last = undo(ANN).isPresent() ? undone(ANN) : text.toString();
      assertThat(characters(last)).isEqualTo(kept);
      assertThat(last).hasSize(kept.size());
      Set<String> after = new HashSet<>();
      addPairs(new StringBuilder(last).reverse().toString(), after);
      assertThat(after).doesNotContainAnyElementsOf(pairs);
    }
  }

  private static Set<Integer> characters(String text) {
    Set<Integer> characters = new HashSet<>();
    text.chars().forEach(characters::add);
    return characters;
  }

  /** Adds every two characters of which one stands before the other. */
  private static void addPairs(String text, Set<String> pairs) {
    for (int i = 0; i < text.length(); i++) {
      for (int j = i + 1; j < text.length(); j++) {
        pairs.add("" + text.charAt(i) + text.charAt(j));
      }
    }
  }
}
