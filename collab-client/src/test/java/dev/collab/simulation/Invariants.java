package dev.collab.simulation;

import dev.collab.client.DocumentStatus;
import dev.collab.document.Content;
import dev.collab.document.Snapshot;
import dev.collab.text.Text;
import dev.collab.text.TextType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What must hold in every world. */
final class Invariants {

  private static final long LOADING = 1_000_000_000L;

  private Invariants() {}

  /** Checks what must hold at any time. */
  static void check(World world) {
    world.ledgers().forEach(Ledger::follow);
    world.talk().check();
    for (SimulatedClient client : world.present()) {
      client.typists().forEach(Typist::check);
      client.visitors().forEach(Visitor::check);
    }
  }

  /** Tells whether nothing is under way any more. */
  static boolean isQuiet(World world) {
    return world.isWhole()
        && world.talk().isQuiet()
        && world.present().stream()
            .allMatch(
                client ->
                    client.isConnected() && client.typists().stream().allMatch(Typist::isQuiet));
  }

  /** Checks what must hold when everybody was left in peace for long enough. */
  static void checkQuiet(World world) {
    check(world);
    Violation.unless(isQuiet(world), () -> "something is left to do: " + world.present());
    for (Ledger ledger : world.ledgers()) {
      for (Node node : world.nodes().running()) {
        checkServer(world, node, ledger);
      }
      for (SimulatedClient client : world.present()) {
        client.typists().stream()
            .filter(typist -> typist.ledger() == ledger)
            .forEach(typist -> checkTypist(typist, ledger));
      }
      checkAccount(world, ledger);
    }
    world.talk().checkQuiet();
    if (world.plan().presence()) {
      PresenceInvariants.checkQuiet(world);
    }
  }

  private static void checkServer(World world, Node node, Ledger ledger) {
    var reading = node.server().snapshot(ledger.id()).toCompletableFuture();
    world.time().pass(LOADING);
    Snapshot snapshot = reading.join();
    Violation.unless(
        snapshot.revision() == ledger.revision()
            && snapshot.hash().equals(ledger.hash())
            && text(snapshot).equals(ledger.text()),
        () ->
            "a server is at "
                + snapshot.revision()
                + " with "
                + text(snapshot)
                + ", the log at "
                + ledger.revision()
                + " with "
                + ledger.text());
    snapshot
        .content()
        .ifPresent(
            content ->
                Violation.unless(
                    content.checksum()
                        == TextType.TEXT.checksum(Text.of(ledger.text().orElseThrow())),
                    () -> "the checksum of a server is wrong"));
  }

  private static Optional<String> text(Snapshot snapshot) {
    return snapshot.content().map(Content::state).map(Object::toString);
  }

  private static void checkTypist(Typist typist, Ledger ledger) {
    boolean live = typist.document().status() == DocumentStatus.LIVE;
    Violation.unless(
        live == ledger.text().isPresent() && typist.document().revision() == ledger.revision(),
        () ->
            typist
                + " is "
                + typist.document().status()
                + " at "
                + typist.document().revision()
                + ", the log at "
                + ledger.revision());
    if (live) {
      Text state = typist.document().state();
      Violation.unless(
          state.toString().equals(ledger.text().orElseThrow())
              && TextType.TEXT.checksum(state)
                  == TextType.TEXT.checksum(Text.of(ledger.text().orElseThrow())),
          () -> typist + " has " + state + ", the log " + ledger.text());
    }
  }

  /** Every character typed, and every deletion, has come to something that somebody knows of. */
  private static void checkAccount(World world, Ledger ledger) {
    Set<Integer> removed = new HashSet<>();
    Set<Integer> text = new HashSet<>();
    ledger.text().ifPresent(present -> present.codePoints().forEach(text::add));
    for (Typist typist : world.everybody()) {
      if (typist.ledger() != ledger) {
        continue;
      }
      removed.addAll(typist.removed());
      for (int marker : typist.typed()) {
        Violation.unless(
            typist.isAccounted(marker),
            () -> typist + " has lost " + Character.toString(marker) + " without being told");
      }
      for (int marker : typist.removed()) {
        Violation.unless(
            !text.contains(marker) || typist.restored().contains(marker) || typist.isRebased(),
            () -> Character.toString(marker) + ", which " + typist + " had deleted, is back");
      }
    }
    for (int marker : ledger.inserted()) {
      Violation.unless(
          text.contains(marker)
              || ledger.deleted().contains(marker)
              || ledger.vanished().contains(marker),
          () -> Character.toString(marker) + " has left the text in no known way");
    }
    for (int marker : ledger.deleted()) {
      Violation.unless(
          removed.contains(marker),
          () -> Character.toString(marker) + " was deleted, and nobody had done that");
    }
  }
}
