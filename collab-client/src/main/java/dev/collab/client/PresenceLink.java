package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.Presence;
import dev.collab.presence.PresenceId;
import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceNotice;
import dev.collab.protocol.PresenceRequest;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One presence channel as it is here: what the others show, what is shown here, and how the server
 * is told of it: the newest, not too often, and in a document only when the server has everything
 * that it rests on.
 *
 * <p>Confined: callers must serialise calls; {@link #others} may be called by anybody.
 */
final class PresenceLink {

  /** What is shown here is sent at most once in this time. */
  private static final Duration PACE = Duration.ofMillis(50);

  /** What passes by itself: the request is made again a little later. */
  private static final Set<String> PASSING =
      Set.of(
          ErrorCodes.UNAVAILABLE,
          ErrorCodes.VERSION_FROM_FUTURE,
          ErrorCodes.PRESENCE_TRANSFORM_FAILED);

  private record Shown(
      PresenceState state, JsonValue value, long revision, Status status, Duration idle) {

    Shown movedTo(JsonValue newValue, long newRevision) {
      return new Shown(state, newValue, newRevision, status, idle);
    }

    /** The owner does something. Whoever says that they are away may do so all the same. */
    Shown active() {
      return status == Status.AWAY
          ? this
          : new Shown(state, value, revision, Status.ACTIVE, Duration.ZERO);
    }
  }

  private final String channel;
  private final @Nullable String collection;
  private final @Nullable String document;
  private final Settings settings;
  private final Author author;
  private final Place place;
  private final List<PresenceListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<PresenceId, Shown> shown = new LinkedHashMap<>();

  /** What belongs to revisions that are not here yet. */
  private final Map<PresenceId, PresenceState> early = new LinkedHashMap<>();

  private volatile List<Participant> others = List.of();

  /** Names what is shown here, from the first time on. */
  private @Nullable String ownId;

  private @Nullable Session session;

  /** The number of the newest request to see the others. */
  private long asked;

  private JsonValue own = JsonValue.NULL;
  private boolean away;
  private boolean unsent;
  private boolean pausing;
  private int failures;

  /** Whether the server may have taken back what is shown here, or keep back the others. */
  private boolean barred;

  private long version;
  private boolean closed;
  private Runnable whenClosed = () -> {};

  PresenceLink(String channel, Settings settings, Author author) {
    this(channel, null, null, settings, author, Place.NOWHERE);
  }

  PresenceLink(
      String channel,
      @Nullable String collection,
      @Nullable String document,
      Settings settings,
      Author author,
      Place place) {
    this.channel = channel;
    this.collection = collection;
    this.document = document;
    this.settings = settings;
    this.author = author;
    this.place = place;
  }

  String channel() {
    return channel;
  }

  List<Participant> others() {
    return others;
  }

  void add(PresenceListener listener) {
    listeners.add(listener);
  }

  void remove(PresenceListener listener) {
    listeners.remove(listener);
  }

  // The connection.

  void connected(Session opened) {
    session = opened;
    barred = false;
    subscribe();
    unsent = own != JsonValue.NULL;
    send();
  }

  private void subscribe() {
    if (session != null) {
      asked = author.nextRequest();
      session.send(
          collection == null || document == null || !session.isExtended()
              ? PresenceRequest.subscribe(channel, asked)
              : PresenceRequest.subscribe(collection, document, asked));
    }
  }

  /** Who is there is not known any more. */
  void disconnected() {
    session = null;
    shown.clear();
    early.clear();
    tell();
  }

  // What is shown here.

  void show(JsonValue value) {
    if (closed) {
      throw new IllegalStateException("the presence is closed");
    }
    try {
      place.check(value);
    } catch (InvalidOperationException e) {
      failed(new ClientException(ErrorCodes.PRESENCE_BADLY_FORMED, String.valueOf(e.getMessage())));
      return;
    }
    if (!value.equals(own)) {
      own = value;
      unsent = true;
      send();
    }
  }

  void away(boolean isAway) {
    if (isAway != away) {
      away = isAway;
      unsent |= own != JsonValue.NULL; // an end may wait as well
      send();
    }
  }

  /** An edit has moved what is shown here; the others move it by themselves. */
  void moveOwn(UnaryOperator<JsonValue> move) {
    own = move.apply(own);
  }

  /** Sends what is shown, if that may be now; otherwise somebody calls again. */
  void send() {
    Session open = session;
    if (!unsent || pausing || open == null || closed || !place.isReady()) {
      return;
    }
    unsent = false;
    pausing = true;
    PresenceUpdate.Builder update = PresenceUpdate.builder(channel, ownId(), version++, own);
    place.base().ifPresent(update::base);
    if (open.isExtended()) {
      update.away(away);
    }
    open.send(update.build());
    settings
        .confinement()
        .later(
            PACE,
            () -> {
              pausing = false;
              send();
            });
  }

  private String ownId() {
    String id = ownId;
    if (id == null) {
      id =
          Long.toHexString(settings.random().nextLong())
              + Long.toHexString(settings.random().nextLong());
      ownId = id;
    }
    return id;
  }

  void close() {
    if (closed) {
      return;
    }
    if (session != null) {
      if (version > 0) {
        PresenceUpdate.Builder end =
            PresenceUpdate.builder(channel, ownId(), version++, JsonValue.NULL);
        if (place.revision() >= 0 || place == Place.NOWHERE) {
          place.base().ifPresent(end::base);
        }
        session.send(end.build());
      }
      session.send(PresenceRequest.unsubscribe(channel, author.nextRequest()));
    }
    closed = true;
    session = null;
    shown.clear();
    early.clear();
    others = List.of();
    whenClosed.run();
  }

  /** Has something done when this is closed. Called before it is used. */
  void whenClosed(Runnable task) {
    whenClosed = task;
  }

  // What the others show.

  void received(PresenceNotice notice) {
    if (notice instanceof PresenceNotice.Done done) {
      if (done.sequence() == asked) {
        // what came before may be of an earlier subscription, and ended when there was none
        shown.clear();
        early.clear();
      }
      for (PresenceState state : done.presences()) {
        take(state);
      }
      tell();
    } else if (notice instanceof PresenceState state) {
      take(state);
      tell();
    } else if (notice instanceof PresenceNotice.Wanted) {
      unsent |= own != JsonValue.NULL;
      send();
    }
  }

  private void take(PresenceState state) {
    if (author.isNamed(state.source())) {
      failures = 0;
      return;
    }
    PresenceId id = new PresenceId(state.source(), state.id());
    Shown known = shown.get(id);
    if (known != null && state.presenceVersion() < known.state().presenceVersion()) {
      return;
    }
    early.remove(id);
    if (state.value() == JsonValue.NULL) {
      shown.remove(id);
      return;
    }
    long revision = state.base().map(base -> base.version()).orElse(Presence.NO_REVISION);
    if (revision > place.revision()) {
      early.put(id, state);
      return;
    }
    Optional<JsonValue> value = place.forward(state.value(), state.source(), revision);
    if (value.isPresent()) {
      Status status = state.status().orElse(Status.ACTIVE);
      Duration idle = state.idle().orElse(Duration.ZERO);
      shown.put(id, new Shown(state, value.get(), place.revision(), status, idle));
    } else {
      shown.remove(id);
    }
  }

  /**
   * The document has taken in an entry.
   *
   * @param author the client that made it
   * @param move moves what the given client shows
   */
  void advance(String author, Move move) {
    shown.replaceAll(
        (id, one) -> {
          Shown moved = one.movedTo(move.apply(one.value(), id.source()), place.revision());
          return id.source().equals(author) ? moved.active() : moved;
        });
    for (PresenceState state : List.copyOf(early.values())) {
      take(state);
    }
  }

  /** Moves a value over an entry. */
  @FunctionalInterface
  interface Move {

    JsonValue apply(JsonValue value, String source);
  }

  /** The document goes on from another state: who is where has to be asked again. */
  void replaced() {
    shown.clear();
    early.clear();
    subscribe();
    unsent |= own != JsonValue.NULL;
  }

  /** Tells what the others show, in the state that the user sees. */
  void tell() {
    List<Participant> now = new ArrayList<>();
    shown.forEach(
        (id, one) ->
            now.add(
                new Participant(
                    id,
                    one.state().user().orElseGet(() -> User.of(id.source(), "Guest")),
                    place.toView(one.value()),
                    one.status(),
                    one.idle())));
    if (!now.equals(others)) {
      List<Participant> told = List.copyOf(now);
      others = told;
      settings.confinement().notifier().tell(listeners, listener -> listener.onChange(told));
    }
  }

  /** The server says what the user may do from now on where this is shown. */
  void permitted(Permission permission) {
    boolean wasBarred = barred;
    barred = permission.compareTo(Permission.COMMENT) < 0;
    if (permission == Permission.NONE) {
      shown.clear();
      early.clear();
      tell();
    } else if (wasBarred && !closed) {
      subscribe();
      unsent |= own != JsonValue.NULL && !barred;
      send();
    }
  }

  /** The server refused a request to show something or to see the others. */
  void refused(ServerException error) {
    if (!PASSING.contains(error.code())) {
      barred |= error.code().equals(ErrorCodes.FORBIDDEN);
      failed(error);
      return;
    }
    Session refusing = session;
    settings.backOff(
        failures++,
        () -> {
          if (session == refusing && !closed) {
            subscribe();
            unsent |= own != JsonValue.NULL || version > 0; // it may have been an end
            send();
          }
        });
  }

  private void failed(CollabException error) {
    settings.confinement().notifier().tell(listeners, listener -> listener.onError(error));
  }
}
