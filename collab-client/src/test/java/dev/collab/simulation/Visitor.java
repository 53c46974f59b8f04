package dev.collab.simulation;

import dev.collab.client.DocumentListener;
import dev.collab.client.DocumentStatus;
import dev.collab.client.Origin;
import dev.collab.client.Participant;
import dev.collab.client.PresenceListener;
import dev.collab.client.SharedPresence;
import dev.collab.operation.CollabException;
import dev.collab.presence.PresenceId;
import dev.collab.presence.Selection;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One person in one presence channel: shows something, in a document with selections, and looks at
 * who else is there. Keeps account of where the own selections ought to be, and of what was said
 * about them on the wire.
 */
final class Visitor implements PresenceListener, DocumentListener<Text, TextOperation> {

  /** What ought to be shown from a time on. */
  private record Moment(long at, JsonValue value) {

    @Override
    public String toString() {
      return Guestbook.described(value) + " from " + at / 1_000;
    }
  }

  private final String name;
  private final World world;
  private final @Nullable Typist typist;
  private final Supplier<SharedPresence> opening;
  private final Deque<Moment> moments = new ArrayDeque<>();
  private final List<Moment> sent = new ArrayList<>();
  private final Map<PresenceId, Integer> lastSeen = new HashMap<>();
  private SharedPresence presence;
  private List<Participant> told = List.of();
  private JsonValue shown = JsonValue.NULL;
  private List<Selection> selections = List.of();
  private boolean away;
  private @Nullable PresenceUpdate lastUpdate;

  private Visitor(
      String name, World world, @Nullable Typist typist, Supplier<SharedPresence> opening) {
    this.name = name;
    this.world = world;
    this.typist = typist;
    this.opening = opening;
    note();
    presence = open();
  }

  /** Somebody who shows in a document where the typist is. */
  static Visitor at(Typist typist, World world) {
    Visitor visitor =
        new Visitor(typist.toString(), world, typist, typist.document()::openPresence);
    typist.document().addListener(visitor);
    return visitor;
  }

  /** Somebody in a channel that belongs to no document. */
  static Visitor in(String name, World world, Supplier<SharedPresence> opening) {
    return new Visitor(name, world, null, opening);
  }

  private SharedPresence open() {
    SharedPresence opened = opening.get();
    opened.addListener(this);
    return opened;
  }

  SharedPresence presence() {
    return presence;
  }

  Optional<Typist> typist() {
    return Optional.ofNullable(typist);
  }

  boolean isAway() {
    return away;
  }

  /** Returns what ought to be shown now; JSON null for nothing. */
  JsonValue value() {
    return shown instanceof JsonObject object && typist != null
        ? Selection.encode(object, selections)
        : shown;
  }

  /** Returns what the servers were told last, if something is shown. */
  Optional<PresenceUpdate> lastUpdate() {
    return Optional.ofNullable(lastUpdate).filter(update -> update.value() != JsonValue.NULL);
  }

  private void note() {
    moments.add(new Moment(world.time().now(), value()));
  }

  // What the person does.

  /** Shows something new, with these selections if this is in a document. */
  void show(List<Selection> wanted) {
    selections = wanted;
    show(world.company().guestbook().sign(this));
  }

  /** Goes on showing the same with other selections. */
  void select(List<Selection> wanted) {
    if (shown != JsonValue.NULL) {
      selections = wanted;
      show(shown);
    }
  }

  void hide() {
    show(JsonValue.NULL);
  }

  private void show(JsonValue value) {
    shown = value;
    note();
    world.trace().add(name, "shows", Guestbook.described(value()));
    presence.show(value());
    world.time().runDue();
  }

  void toggleAway() {
    away = !away;
    world.trace().add(name, away ? "is away" : "is back");
    presence.away(away);
  }

  /** Closes the presence and opens it again, with nothing shown. */
  void reopen() {
    world.trace().add(name, "closes and opens the presence");
    presence.removeListener(this);
    presence.close();
    world.time().runDue();
    shown = JsonValue.NULL;
    away = false;
    lastUpdate = null;
    lastSeen.clear();
    told = List.of();
    note();
    presence = open();
  }

  // What happens to the own selections.

  @Override
  public void onChange(TextOperation change, Origin origin, Text state) {
    selections = Caret.over(selections, change, origin == Origin.LOCAL);
    note();
  }

  @Override
  public void onLoaded(Text state) {
    selections = Caret.within(selections, state.toString());
    note();
  }

  /** The client tells a server what is shown. */
  void sent(PresenceUpdate update) {
    if (lastUpdate == null
        || !lastUpdate.id().equals(update.id())
        || update.presenceVersion() >= lastUpdate.presenceVersion()) {
      lastUpdate = update;
    }
    sent.add(new Moment(world.time().now(), update.value()));
  }

  // What the person sees.

  @Override
  public void onChange(List<Participant> others) {
    world.trace().add(name, "sees", Guestbook.described(others), "in", channel());
    told = others;
    Map<PresenceId, Integer> seen = new HashMap<>();
    for (Participant other : others) {
      int number = world.company().guestbook().number(other.value());
      int before = lastSeen.getOrDefault(other.id(), 0);
      Violation.unless(
          number >= before, () -> name + " sees " + number + " again, behind " + before);
      seen.put(other.id(), number);
    }
    lastSeen.clear();
    lastSeen.putAll(seen);
  }

  @Override
  public void onError(CollabException error) {
    world.trace().add(name, "presence error", error);
    Violation.unless(Typist.PASSING.contains(error.code()), () -> this + ": " + error);
  }

  /** Checks what must hold at any time. */
  void check() {
    for (Moment one : sent) {
      Violation.unless(
          one.value() == JsonValue.NULL || isInForce(one),
          () -> this + " said " + one + " and ought to be seen with " + moments);
    }
    sent.clear();
    while (moments.size() > 1) {
      moments.removeFirst();
    }
    List<Participant> others = presence.others();
    Violation.unless(
        told.equals(others),
        () ->
            this
                + " was told "
                + Guestbook.described(told)
                + ", not "
                + Guestbook.described(others));
    others.forEach(this::check);
  }

  private boolean isInForce(Moment said) {
    JsonValue before = JsonValue.NULL;
    for (Moment moment : moments) {
      if (moment.at() == said.at() && moment.value().equals(said.value())) {
        return true;
      } else if (moment.at() < said.at()) {
        before = moment.value();
      }
    }
    return before.equals(said.value());
  }

  private void check(Participant other) {
    Guestbook guestbook = world.company().guestbook();
    Visitor author = guestbook.author(other.value());
    Violation.unless(author != this, () -> name + " sees itself");
    Violation.unless(
        author.name.equals(other.user().name()) && author.presence.channel().equals(channel()),
        () -> name + " sees " + other.user().name() + " with what " + author + " has shown");
    guestbook.seen(other.id(), author.name);
    if (typist != null) {
      Violation.unless(
          typist.document().status() == DocumentStatus.LIVE,
          () -> name + " sees " + author + " where there is no document");
      String text = typist.document().state().toString();
      for (Selection selection : other.selections()) {
        Violation.unless(
            Caret.isBoundary(selection.anchor(), text) && Caret.isBoundary(selection.head(), text),
            () -> name + " sees " + author + " at " + selection + " in " + text);
      }
    }
  }

  String channel() {
    return presence.channel();
  }

  @Override
  public String toString() {
    return name + " in " + channel();
  }
}
