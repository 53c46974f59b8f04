package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;

import java.time.Duration;

/** Lets Alice write c/d for so long that old entries are forgotten. */
final class LongHistory {

  private final ServerHarness harness;
  private WireClient alice;
  private final StringBuilder text = new StringBuilder();
  private long revision = 1;

  LongHistory(ServerHarness harness) {
    this.harness = harness;
    this.alice = harness.author(ALICE, "");
  }

  /** Writes some letters, one an entry, within no time. */
  void write(int letters) {
    for (int i = 0; i < letters; i++) {
      char letter = (char) ('a' + revision % 26);
      alice.post(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['%c']}"
              .formatted(revision, revision + 1, letter));
      harness.time().runDue();
      text.insert(0, letter);
      revision++;
    }
    alice.clear();
  }

  /** Goes on through another connection of Alice. */
  void resume(WireClient connection) {
    alice = connection;
  }

  /** Writes until the entries up to 500 are gone. */
  void trimmed() {
    write(499);
    harness.time().pass(Duration.ofMinutes(11));
    write(1_000);
  }

  long revision() {
    return revision;
  }

  String text() {
    return text.toString();
  }
}
