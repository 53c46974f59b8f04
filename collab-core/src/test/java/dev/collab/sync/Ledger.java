package dev.collab.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Fate;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.text.Text;
import dev.collab.text.TextComponent;
import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps account of a simulation: what was typed, sent, committed and answered. */
final class Ledger {

  private final List<Text> states = new ArrayList<>(List.of(Text.empty()));
  private final Map<OperationId, Payload.Kind> entries = new HashMap<>();
  private final Set<OperationId> sent = new HashSet<>();
  private final Set<OperationId> rejected = new HashSet<>();
  private final Set<Integer> typed = new HashSet<>();
  private final Set<Integer> mayBeGone = new HashSet<>();
  private final Set<Integer> mayBeDoubled = new HashSet<>();

  /** Notes an edit; every character that it inserts is new. */
  void edited(TextOperation operation) {
    characters(operation).forEach(character -> assertThat(typed.add(character)).isTrue());
  }

  void deleted(String text) {
    text.codePoints().forEach(mayBeGone::add);
  }

  void sent(Submission submission) {
    assertThat(sent.add(submission.id())).isTrue();
  }

  void appended(CommittedOperation entry, Text state) {
    assertThat(entry.revision()).isEqualTo(states.size());
    Payload.Kind earlier = entries.putIfAbsent(entry.id(), entry.payload().kind());
    if (earlier != null) { // what is forgotten may be voided (again), nothing may be applied twice
      assertThat(entry.payload().kind())
          .as("%s stands in the log as %s", entry.id(), earlier)
          .isEqualTo(Payload.Kind.NONE);
    }
    states.add(state);
  }

  void acknowledged(Submission submission) {
    assertThat(entries).containsEntry(submission.id(), Payload.Kind.EDIT);
  }

  void rejected(Submission submission) {
    rejected.add(submission.id());
    mayBeGone.addAll(characters(operation(submission)));
  }

  void resynced(Submission submission, Fate fate) {
    Payload.Kind kind = entries.get(submission.id());
    switch (fate) {
      case COMMITTED -> assertThat(kind).isEqualTo(Payload.Kind.EDIT);
      case NOT_COMMITTED -> assertThat(kind).isEqualTo(Payload.Kind.NONE);
      case UNKNOWN -> {
        mayBeGone.addAll(characters(operation(submission)));
        mayBeDoubled.addAll(characters(operation(submission)));
      }
    }
  }

  Text stateAt(long revision) {
    return states.get((int) revision);
  }

  /** Checks that every submission has its outcome and every character is where it belongs. */
  void settle(String text) {
    Set<OperationId> unanswered = new HashSet<>(sent);
    unanswered.removeAll(entries.keySet());
    unanswered.removeAll(rejected);
    assertThat(unanswered).isEmpty();

    Map<Integer, Integer> found = new HashMap<>();
    text.codePoints().forEach(character -> found.merge(character, 1, Integer::sum));
    assertThat(typed).containsAll(found.keySet());
    for (int character : typed) {
      int count = found.getOrDefault(character, 0);
      assertThat(count > 0 || mayBeGone.contains(character)).as("%x is lost", character).isTrue();
      assertThat(count <= 1 || mayBeDoubled.contains(character))
          .as("%x is there %d times", character, count)
          .isTrue();
    }
  }

  private static TextOperation operation(Submission submission) {
    return (TextOperation) ((Proposal.Edit) submission.proposal()).operation();
  }

  private static List<Integer> characters(TextOperation operation) {
    List<Integer> characters = new ArrayList<>();
    for (TextComponent component : operation.components()) {
      if (component instanceof TextComponent.Insert insert) {
        insert.text().codePoints().forEach(characters::add);
      }
    }
    return characters;
  }
}
