package dev.collab.simulation;

import dev.collab.client.ClientException;
import dev.collab.operation.CollabException;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Something that was said in the room, with a text of its own, and what its author was told. */
final class Utterance {

  /** With these nobody can tell whether it has happened. */
  private static final Set<String> UNKNOWN =
      Set.of(ClientException.CHAT_UNDECIDED, ClientException.CHAT_CLOSED);

  /** What its author was told. */
  private enum Told {
    NOTHING,
    SAID,
    REFUSED,
    UNKNOWN
  }

  private final String text;
  private Told told = Told.NOTHING;
  private String code = "";

  private Utterance(String text) {
    this.text = text;
  }

  static Utterance of(String text, CompletionStage<?> stage) {
    Utterance utterance = new Utterance(text);
    var unused = stage.whenComplete((value, failure) -> utterance.tell(failure));
    return utterance;
  }

  private void tell(Throwable failure) {
    if (failure == null) {
      told = Told.SAID;
      return;
    }
    Violation.unless(failure instanceof CollabException, () -> text + " ended with " + failure);
    code = ((CollabException) failure).code();
    if (code.equals(ClientException.CHAT_FORGOTTEN)) {
      told = Told.SAID;
    } else {
      told = UNKNOWN.contains(code) ? Told.UNKNOWN : Told.REFUSED;
    }
  }

  /** Checks that the log has it if its author was told so, and never if it was handed back. */
  void check(RoomLedger ledger) {
    int times = ledger.timesSaid(text);
    Violation.unless(
        switch (told) {
          case SAID -> times == 1;
          case REFUSED -> times == 0;
          case NOTHING, UNKNOWN -> times <= 1;
        },
        () -> this + " stands in the room's log " + times + " times");
  }

  /** Checks that its author was told of it. */
  void checkTold() {
    Violation.unless(told != Told.NOTHING, () -> "nobody was told what became of " + this);
  }

  @Override
  public String toString() {
    return text + " (" + told + " " + code + ")";
  }
}
