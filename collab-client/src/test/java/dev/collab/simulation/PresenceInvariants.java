package dev.collab.simulation;

import dev.collab.client.Participant;
import dev.collab.presence.Selection;
import dev.collab.presence.Status;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.server.access.PresenceTimes;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of who is seen where, when everybody was left in peace for a while. */
final class PresenceInvariants {

  /** How long it may take until everybody has heard of a status. */
  private static final Duration NEWS = Duration.ofSeconds(5);

  private PresenceInvariants() {}

  static void checkQuiet(World world) {
    Map<String, Set<String>> fields = new HashMap<>();
    for (SimulatedClient client : world.present()) {
      for (Visitor visitor : client.visitors()) {
        checkSeen(world, visitor);
        Set<String> shown = fields.computeIfAbsent(visitor.channel(), channel -> new HashSet<>());
        if (isShown(visitor)) {
          visitor.lastUpdate().map(PresenceUpdate::id).ifPresent(shown::add);
        }
      }
    }
    fields.forEach((channel, shown) -> checkLeases(world, channel, shown));
  }

  /** Those with a connection see nobody who has died. */
  static void checkNoGhosts(World world, List<SimulatedClient> readers) {
    Set<Visitor> alive = visitors(world.present());
    for (Visitor reader : visitors(readers)) {
      for (Participant one : reader.presence().others()) {
        Visitor author = world.company().guestbook().author(one.value());
        Violation.unless(
            alive.contains(author), () -> reader + " sees " + author + " behind the lease");
      }
    }
  }

  private static Set<Visitor> visitors(List<SimulatedClient> clients) {
    return clients.stream()
        .flatMap(client -> client.visitors().stream())
        .collect(Collectors.toSet());
  }

  /** What the coordinator holds for all servers is just what is shown. */
  private static void checkLeases(World world, String channel, Set<String> shown) {
    Set<String> held =
        world.leases().values("presence/" + channel).entrySet().stream()
            .filter(entry -> entry.getValue().toUtf8().contains("\"p\":"))
            .map(Map.Entry::getKey)
            .map(field -> field.substring(field.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    Violation.unless(
        held.equals(shown),
        () -> "leases hold " + held + " in " + channel + ", shown are " + shown);
  }

  private static int number(World world, JsonValue value) {
    return world.company().guestbook().number(value);
  }

  private static void checkSeen(World world, Visitor reader) {
    Map<Integer, Participant> seen = new HashMap<>();
    for (Participant one : reader.presence().others()) {
      Violation.unless(
          seen.put(number(world, one.value()), one) == null,
          () -> reader + " sees " + Guestbook.described(one.value()) + " twice");
    }
    for (SimulatedClient client : world.present()) {
      for (Visitor shown : client.visitors()) {
        if (shown != reader && shown.channel().equals(reader.channel()) && isShown(shown)) {
          Participant found = seen.remove(number(world, shown.value()));
          Violation.unless(
              found != null,
              () ->
                  reader
                      + " does not see "
                      + shown
                      + ", but "
                      + Guestbook.described(reader.presence().others()));
          checkSeen(world, reader, client, shown, found);
        }
      }
    }
    Violation.unless(
        seen.isEmpty(), () -> reader + " sees what is gone: " + Guestbook.described(seen.values()));
  }

  /** Tells whether something ought to be seen. */
  private static boolean isShown(Visitor visitor) {
    return visitor.value() != JsonValue.NULL
        && visitor.typist().map(typist -> typist.ledger().text().isPresent()).orElse(true);
  }

  private static void checkSeen(
      World world, Visitor reader, SimulatedClient client, Visitor shown, Participant found) {
    PresenceUpdate update =
        shown.lastUpdate().orElseThrow(() -> new Violation(shown + " was never told of"));
    JsonValue expected = expected(shown, update, found.id().source());
    Violation.unless(
        found.value().equals(expected),
        () ->
            reader
                + " sees "
                + shown
                + " with "
                + Guestbook.described(found.value())
                + ", not with "
                + Guestbook.described(expected));
    checkStatus(world, reader, client, shown, found.status());
  }

  /** Returns what was said last, moved over the entries of the log. */
  private static JsonValue expected(Visitor shown, PresenceUpdate update, String source) {
    if (shown.typist().isEmpty()) {
      return update.value();
    }
    Ledger ledger = shown.typist().get().ledger();
    PresenceBase base = update.base().orElseThrow();
    String text = ledger.textAt(base.version()).orElseThrow();
    List<Selection> selections = Caret.within(Selection.decode(update.value()), text);
    for (Ledger.Edit edit : ledger.editsSince(base.version())) {
      selections = Caret.over(selections, edit.operation(), edit.source().equals(source));
    }
    return update.value() instanceof JsonObject object && !Selection.decode(object).isEmpty()
        ? Selection.encode(object, selections)
        : update.value();
  }

  private static void checkStatus(
      World world, Visitor reader, SimulatedClient client, Visitor shown, Status status) {
    PresenceTimes times = world.plan().times();
    Duration quiet = Duration.ofNanos(world.time().now() - client.lastActive());
    Duration news = NEWS.plus(times.lease());
    boolean isAway = shown.isAway() || quiet.compareTo(times.awayAfter().plus(news)) > 0;
    boolean isIdle = !isAway && quiet.compareTo(times.idleAfter().plus(news)) > 0;
    boolean mayBeAway = shown.isAway() || quiet.compareTo(times.awayAfter()) > 0;
    Violation.unless(
        isAway ? status == Status.AWAY : !isIdle || mayBeAway || status == Status.IDLE,
        () -> reader + " sees " + shown + " " + status + " after " + quiet);
    Violation.unless(
        mayBeAway || status != Status.AWAY, () -> reader + " sees " + shown + " away, too early");
  }
}
