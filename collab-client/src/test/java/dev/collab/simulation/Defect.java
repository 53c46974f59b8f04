package dev.collab.simulation;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.Logs;
import dev.collab.operation.OperationType;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What is made wrong on purpose, one thing in each world, to see whether it is noticed. */
enum Defect {
  /** A client sends what is outstanding again under a new number. */
  RESENT_UNDER_A_NEW_NUMBER(wire(WireDefects.RenumberingResender::new)),
  /** A submission that arrives twice is committed twice. */
  NO_DUPLICATE_CHECK(wire(WireDefects.Doubler::new)),
  /** A server that comes back does not know any more what it has committed. */
  DUPLICATES_FORGOTTEN(logs((logs, time) -> new CoordinatorDefects.ForgottenDuplicates(logs))),
  /** A client composes into what it has sent. */
  COMPOSED_INTO_THE_OUTSTANDING(wire(WireDefects.ComposingResender::new)),
  /** A client misses entries and does not notice. */
  LOST_ENTRIES(wire(WireDefects.LosingReader::new)),
  /** Submissions are acknowledged before they stand in the log. */
  ACKNOWLEDGED_TOO_EARLY(logs(CoordinatorDefects.EarlyAnswer::new)),
  /** The coordinator loses appends that it has confirmed. */
  LOST_APPENDS(logs((logs, time) -> new CoordinatorDefects.LostAppends(logs))),
  /** The coordinator appends without comparing. */
  NO_COMPARISON(logs((logs, time) -> new CoordinatorDefects.NoComparison(logs))),
  /** Servers do not look for what others have appended. */
  NO_HEAD_POLL(logs((logs, time) -> new CoordinatorDefects.SilentHeads(logs))),
  /** A client transforms with the sides swapped. */
  SWAPPED_SIDES(clientType(TypeDefects.SwappedSides::new)),
  /** A client does not undo what was refused. */
  NO_INVERSE(clientType(TypeDefects.NoInverse::new)),
  /** A client loses a part of what it splits. */
  LOSING_SPLIT(clientType(TypeDefects.LosingSplit::new)),
  /** A client keeps its own state when it resyncs. */
  BLIND_RESYNC(clientType(TypeDefects.BlindDiff::new)),
  /** A server composes history before it transforms over it. */
  COMPOSED_HISTORY(serverType(TypeDefects.ComposedHistory::new)),
  /** A client takes own edits for those of others when cursors move. */
  OWN_EDITS_TREATED_AS_FOREIGN(clientType(TypeDefects.StrangeHands::new)),
  /** A client leaves cursors where they are when others edit. */
  CURSORS_NOT_MOVED(clientType(TypeDefects.StuckCursors::new)),
  /** A server leaves cursors where they are when others edit. */
  CURSORS_NOT_MOVED_BY_THE_SERVER(serverType(TypeDefects.StuckCursors::new)),
  /** Nobody is told when a presence ends. */
  PRESENCE_NOT_ENDED(everyWire(PresenceDefects.Immortal::new)),
  /** A client gets an old presence once more, as if it were the newest. */
  OLD_PRESENCE_AS_NEWEST(everyWire(PresenceDefects.Echo::new)),
  /** A client gets what one shows under the name of another. */
  PRESENCE_OF_ANOTHER(everyWire(PresenceDefects.Masquerade::new)),
  /** Leases never run out, so that a server that has died leaves ghosts. */
  LEASE_NEVER_EXPIRES(leases(PresenceDefects.EternalLeases::new)),
  /** What is taken back stays with the coordinator. */
  PRESENCE_NOT_TAKEN_BACK(leases(PresenceDefects.StickyLeases::new)),
  /** What a client says in a room is said twice. */
  SAID_TWICE(wire(ChatDefects.Stutter::new)),
  /** A client misses what others say in a room, and does not notice. */
  UNHEARD(wire(ChatDefects.Deafness::new));

  private final Supplier<Variant> variant;

  Defect(Supplier<Variant> variant) {
    this.variant = variant;
  }

  /** Returns what a world with the defect is made of; for one world. */
  Supplier<Variant> variant() {
    return variant;
  }

  private static Supplier<Variant> wire(Supplier<Variant.Wire> wire) {
    return () ->
        new Variant() {
          @Override
          public Wire wire(int client) {
            return client == 0 ? wire.get() : Variant.super.wire(client);
          }
        };
  }

  private static Supplier<Variant> everyWire(Supplier<Variant.Wire> wire) {
    return () ->
        new Variant() {
          @Override
          public boolean company() {
            return true;
          }

          @Override
          public Wire wire(int client) {
            return wire.get();
          }
        };
  }

  private static Supplier<Variant> logs(BiFunction<Logs, VirtualTime, Logs> logs) {
    return () ->
        new Variant() {
          @Override
          public Coordinator coordinator(Coordinator sound, VirtualTime time) {
            return CoordinatorDefects.with(sound, inner -> logs.apply(inner, time));
          }
        };
  }

  private static Supplier<Variant> leases(UnaryOperator<Leases> leases) {
    return () ->
        new Variant() {
          @Override
          public boolean company() {
            return true;
          }

          @Override
          public Coordinator coordinator(Coordinator sound, VirtualTime time) {
            return CoordinatorDefects.withLeases(sound, leases.apply(sound.leases()));
          }
        };
  }

  private static Supplier<Variant> clientType(Supplier<OperationType<Text, TextOperation>> type) {
    return () ->
        new Variant() {
          @Override
          public boolean company() {
            return true;
          }

          @Override
          public OperationType<Text, TextOperation> clientType(int client) {
            return client == 0 ? type.get() : TextType.TEXT;
          }
        };
  }

  private static Supplier<Variant> serverType(Supplier<OperationType<Text, TextOperation>> type) {
    return () ->
        new Variant() {
          @Override
          public boolean company() {
            return true;
          }

          @Override
          public OperationType<Text, TextOperation> serverType() {
            return type.get();
          }
        };
  }
}
