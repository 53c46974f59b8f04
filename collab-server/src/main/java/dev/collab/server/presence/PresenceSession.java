package dev.collab.server.presence;

import dev.collab.presence.PresenceId;
import dev.collab.presence.Showing;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceNotice;
import dev.collab.protocol.PresenceRequest;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.server.access.Resource;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.permission.Holder;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Places;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.runtime.TokenBucket;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Frame;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one session does with presence: which channels it hears of, and what it shows in which.
 * Updates that come too fast wait, the newest of each presence; one that is overtaken is answered
 * when it is.
 *
 * <p>Thread-safe.
 */
public final class PresenceSession implements Feature, Holder {

  /** What a presence session handles. */
  public static final Set<ClientMessage.Kind> KINDS =
      Set.of(
          ClientMessage.Kind.PRESENCE_SUBSCRIBE,
          ClientMessage.Kind.PRESENCE_UNSUBSCRIBE,
          ClientMessage.Kind.PRESENCE_REPEAT,
          ClientMessage.Kind.PRESENCE);

  /** How many presences a connection may show. */
  static final int MAX_PRESENCES = 64;

  /** Which of its own presences a client means. */
  private record Key(String channel, String id) {}

  /**
   * What the client last said of one of its presences.
   *
   * @param version the client's number for it; -1 if it is to be gone
   * @param number its place in what this server tells
   */
  private record Newest(long version, long number) {}

  /** An update and its place in what this server tells. */
  private record Numbered(PresenceUpdate update, long number) {}

  private final Session session;
  private final ServerContext context;
  private final Permissions permissions;
  private final Subscriptions subscriptions;
  private final PresenceChannels channels;
  private final Narrowing narrowing;
  private final Object lock = new Object();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<Key, Newest> shown = new HashMap<>();
  private final Map<Key, Numbered> held = new LinkedHashMap<>();

  /** The channels that the client has lost track of, and that it is not shown again yet. */
  private final Set<String> repeats = new LinkedHashSet<>();

  private final TokenBucket bucket;
  private boolean releasing;

  /**
   * Creates what a new session does with presence.
   *
   * @param session the session
   * @param context what the parts of the server share
   * @param permissions what its client may do
   * @param subscriptions what it is subscribed to
   * @param channels the channels of this server
   */
  public PresenceSession(
      Session session,
      ServerContext context,
      Permissions permissions,
      Subscriptions subscriptions,
      PresenceChannels channels) {
    this.session = session;
    this.context = context;
    this.permissions = permissions;
    this.subscriptions = subscriptions;
    this.channels = channels;
    this.narrowing = new Narrowing(context.filter(), session::caller);
    this.bucket = TokenBucket.of(context.limits().presenceRate(), context.clock().instant());
    permissions.add(this);
  }

  @Override
  public void handle(Granted granted) {
    ClientMessage request = granted.request();
    switch (request.kind()) {
      case PRESENCE_SUBSCRIBE -> subscribe((PresenceRequest) request);
      case PRESENCE_UNSUBSCRIBE -> unsubscribe((PresenceRequest) request);
      case PRESENCE_REPEAT -> repeat((PresenceRequest) request);
      case PRESENCE -> update((PresenceUpdate) request);
      default -> throw new IllegalArgumentException("not about presence: " + request.kind());
    }
  }

  /** Notes the number of a request; returns false if a newer one of the channel came before. */
  private boolean isNewest(PresenceRequest request) {
    Long newest = sequences.get(request.channel());
    if (newest != null && request.sequence() < newest) {
      return false;
    }
    sequences.put(request.channel(), request.sequence());
    return true;
  }

  private void subscribe(PresenceRequest request) {
    Resource channel = new Resource.Channel(request.channel());
    boolean newest = false;
    boolean tooMany;
    synchronized (lock) {
      tooMany = !subscriptions.admits(channel);
      if (!tooMany) {
        newest = isNewest(request);
        if (newest) {
          subscriptions.add(channel);
        }
      }
    }
    if (tooMany) {
      session.refuse(request, subscriptions.tooMany());
      session.limited(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED);
    } else if (newest && !mayRead(request.channel())) {
      forget(request.channel());
      session.refuse(request, ErrorCodes.FORBIDDEN, Permissions.forbidden().message());
    } else if (newest) {
      channels.use(
          request.channel(), used -> used.subscribe(this, states -> subscribed(request, states)));
    } else {
      subscribed(request, List.of());
    }
  }

  private void subscribed(PresenceRequest request, List<PresenceState> all) {
    List<PresenceState> states = new ArrayList<>();
    List<PresenceState> ends = new ArrayList<>();
    for (PresenceState state : all) {
      if (isVisible(state)) {
        switch (narrowing.of(state)) {
          case TOLD -> states.add(state);
          case WITHDRAWN -> ends.add(Narrowing.end(state));
          case KEPT_BACK -> {}
        }
      }
    }
    boolean extended = session.isExtended();
    session.send(
        new PresenceNotice.Done(
            request.kind(), request.channel(), request.sequence(), extended ? states : List.of()));
    if (!extended) {
      states.forEach(session::send);
      session.send(new PresenceNotice.Wanted(request.channel()));
    }
    ends.forEach(session::send);
  }

  private void unsubscribe(PresenceRequest request) {
    boolean ends;
    synchronized (lock) {
      ends = isNewest(request) && subscriptions.remove(new Resource.Channel(request.channel()));
    }
    if (ends) {
      channels.existing(request.channel()).ifPresent(channel -> channel.unsubscribe(this));
      narrowing.forget(request.channel());
    }
    session.send(
        new PresenceNotice.Done(request.kind(), request.channel(), request.sequence(), List.of()));
  }

  /** Shows what is there once more, at the pace of the client's own updates. */
  private void repeat(PresenceRequest request) {
    String channel = request.channel();
    boolean atOnce;
    synchronized (lock) {
      if (!isSubscribed(channel)) {
        return; // nothing of it is shown to the client
      }
      atOnce = repeats.isEmpty() && bucket.tryTake(context.clock().instant());
      if (!atOnce) {
        repeats.add(channel);
        awaitRelease();
      }
    }
    if (atOnce) {
      repeat(channel);
    }
  }

  private void repeat(String name) {
    channels.existing(name).ifPresent(channel -> channel.repeat(this, id -> true));
  }

  private void update(PresenceUpdate update) {
    String secret = session.identity().secret();
    if (update.source().filter(source -> !source.equals(secret)).isPresent()) {
      session.refuse(update, ErrorCodes.SOURCE_NOT_OWNED, "src is not the id of this connection");
      return;
    }
    Key key = new Key(update.channel(), update.id());
    boolean ends = update.value() == JsonValue.NULL;
    boolean tooMany;
    boolean outdated;
    boolean waits = false;
    Numbered numbered = new Numbered(update, channels.nextNumber());
    Numbered overtaken = null;
    synchronized (lock) {
      Newest newest = shown.get(key);
      tooMany = newest == null && (ends ? held : shown).size() >= MAX_PRESENCES;
      outdated = newest != null && update.presenceVersion() < newest.version();
      if (!tooMany && !outdated) {
        if (!ends || newest != null) {
          shown.put(key, new Newest(ends ? -1 : update.presenceVersion(), numbered.number()));
        }
        waits = held.containsKey(key) || !bucket.tryTake(context.clock().instant());
        if (waits) {
          overtaken = hold(key, numbered);
        }
      }
    }
    if (outdated) {
      echo(update);
    } else if (tooMany) {
      session.refuse(
          update, ErrorCodes.TOO_MANY_PRESENCES, "more than " + MAX_PRESENCES + " presences");
      session.limited(RateLimited.What.PRESENCE, RateLimited.Action.REFUSED);
    } else if (waits) {
      if (overtaken != null) {
        echo(overtaken.update());
      }
      session.limited(RateLimited.What.PRESENCE, RateLimited.Action.DELAYED);
    } else {
      submit(numbered);
    }
  }

  /**
   * Lets an update wait in place of an older one. Called under the lock.
   *
   * @return the one that is overtaken, if any
   */
  private @Nullable Numbered hold(Key key, Numbered update) {
    Numbered overtaken = held.put(key, update);
    awaitRelease();
    return overtaken;
  }

  /** Has what waits go on as soon as the rate allows. Called under the lock. */
  private void awaitRelease() {
    if (!releasing) {
      releasing = true;
      releaseLater();
    }
  }

  private void releaseLater() {
    Duration wait;
    synchronized (lock) {
      wait = bucket.untilNext(context.clock().instant());
    }
    context.scheduler().schedule(wait, () -> context.pool().execute(this::release));
  }

  private void release() {
    List<Numbered> due = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    boolean more;
    synchronized (lock) {
      Instant now = context.clock().instant();
      while (!held.isEmpty() && bucket.tryTake(now)) {
        Key oldest = held.keySet().iterator().next();
        due.add(held.remove(oldest));
      }
      while (held.isEmpty() && !repeats.isEmpty() && bucket.tryTake(now)) {
        String first = repeats.iterator().next();
        repeats.remove(first);
        repeated.add(first);
      }
      more = (!held.isEmpty() || !repeats.isEmpty()) && !session.isClosed();
      releasing = more;
    }
    due.forEach(this::submit);
    repeated.forEach(this::repeat);
    if (more) {
      releaseLater();
    }
  }

  /** Answers an update that has no effect because there is a newer one. */
  private void echo(PresenceUpdate update) {
    PresenceState.Builder state =
        PresenceState.builder(
            update.channel(),
            session.identity().secret(),
            update.id(),
            update.presenceVersion(),
            update.value());
    update.base().ifPresent(state::base);
    session.send(state.build());
  }

  private void submit(Numbered numbered) {
    if (session.isClosed()) {
      return;
    }
    PresenceUpdate update = numbered.update();
    if (update.value() != JsonValue.NULL
        && !permissions.keeps(Places.of(update), Permission.COMMENT)) {
      submission(numbered).refused(ErrorCodes.FORBIDDEN, Permissions.forbidden().message());
      return;
    }
    channels.use(numbered.update().channel(), channel -> channel.submit(submission(numbered)));
  }

  private PresenceChannel.Submission submission(Numbered numbered) {
    PresenceUpdate update = numbered.update();
    Key key = new Key(update.channel(), update.id());
    Showing showing = channels.showing(session.info().openedAt(), numbered.number());
    PresenceBase base = update.base().orElse(null);
    PresenceId id = new PresenceId(session.identity().clientId().value(), update.id());
    long version = update.presenceVersion();
    PresenceRecord record =
        update.value() == JsonValue.NULL
            ? PresenceRecord.gone(id, version, showing, base)
            : PresenceRecord.shown(
                PresenceRecord.presence(
                    id,
                    version,
                    update.value(),
                    session.user(),
                    update.isAway(),
                    session.lastActive(),
                    base),
                showing,
                base);
    return new PresenceChannel.Submission() {

      @Override
      public PresenceSession session() {
        return PresenceSession.this;
      }

      @Override
      public PresenceRecord record() {
        return record;
      }

      @Override
      public void accepted(PresenceState state) {
        if (state.value() == JsonValue.NULL) {
          forget(key, numbered.number());
        }
        session.send(state.withSource(session.identity().secret()));
        if (record.presence() != null
            && !permissions.allows(Places.of(update), Permission.COMMENT)) {
          takeBack(update.channel()); // it was forbidden while this was under way
        }
      }

      @Override
      public void refused(String code, String message) {
        if (record.presence() != null) {
          channels
              .existing(update.channel())
              .filter(channel -> channel.isShownBy(PresenceSession.this, id))
              .ifPresentOrElse(channel -> {}, () -> forget(key, numbered.number()));
        }
        session.refuse(update, code, message);
      }
    };
  }

  /** A presence is not shown, unless the client has said something newer of it. */
  private void forget(Key key, long number) {
    synchronized (lock) {
      Newest newest = shown.get(key);
      if (newest != null && newest.number() <= number) {
        shown.remove(key);
      }
    }
  }

  /** Tells whether it is the client that shows something, here or on another connection. */
  boolean isSource(String source) {
    return session.identity().clientId().value().equals(source);
  }

  /** Tells whether the client may see presences on a channel, of whatever they are. */
  private boolean mayRead(String channel) {
    return Places.on(channel).stream().anyMatch(place -> permissions.keeps(place, Permission.READ));
  }

  /** Tells whether the client may see where something is shown. */
  private boolean isVisible(PresenceState state) {
    return permissions.allows(Places.of(state.channel(), state.base()), Permission.READ);
  }

  @Override
  public boolean holds(Resource resource) {
    return Places.channel(resource).filter(this::isInUse).isPresent();
  }

  private boolean isSubscribed(String channel) {
    return subscriptions.contains(new Resource.Channel(channel));
  }

  private boolean isInUse(String channel) {
    synchronized (lock) {
      return isSubscribed(channel)
          || shown.keySet().stream().anyMatch(key -> key.channel().equals(channel));
    }
  }

  /** Takes back what is shown, and shows nothing any more, as far as it is not permitted. */
  @Override
  public void changed(Resource resource, Permission permission, Runnable ended) {
    Places.channel(resource)
        .filter(channel -> permission.compareTo(Permission.COMMENT) < 0 && isInUse(channel))
        .ifPresent(
            channel -> {
              if (permission == Permission.NONE && !mayRead(channel)) {
                forget(channel);
              }
              takeBack(channel);
            });
    ended.run();
  }

  private void forget(String channel) {
    synchronized (lock) {
      subscriptions.remove(new Resource.Channel(channel));
    }
    narrowing.forget(channel);
  }

  /** Ends everything that the client shows on a channel; it goes on to see what it may see. */
  private void takeBack(String name) {
    boolean sees;
    synchronized (lock) {
      shown.keySet().removeIf(key -> key.channel().equals(name));
      held.keySet().removeIf(key -> key.channel().equals(name));
      sees = isSubscribed(name);
    }
    channels.existing(name).ifPresent(channel -> channel.closed(this));
    if (sees) {
      channels.use(name, channel -> channel.subscribe(this, states -> {}));
    }
  }

  /** Sends what another client shows. */
  void deliver(PresenceState state, PresenceFrames frames, boolean onlyStatus) {
    if ((onlyStatus && !session.isExtended()) || isSource(state.source())) {
      return;
    }
    if (state.value() != JsonValue.NULL && !isVisible(state)) {
      return;
    }
    Narrowing.Shown key = Narrowing.Shown.of(state);
    Narrowing.Outcome outcome = narrowing.of(state);
    if (outcome == Narrowing.Outcome.KEPT_BACK) {
      return;
    }
    if (outcome == Narrowing.Outcome.WITHDRAWN) {
      PresenceFrames end = new PresenceFrames(Narrowing.end(state));
      session.presenceEnd(key, end.of(session.isExtended()));
      return;
    }
    Frame frame = frames.of(session.isExtended());
    if (state.value() == JsonValue.NULL) {
      session.presenceEnd(key, frame);
    } else {
      session.presence(key, frame);
    }
  }

  @Override
  public void presenceLost(Set<Object> keys) {
    Map<String, Set<PresenceId>> lost = new LinkedHashMap<>();
    for (Object key : keys) {
      if (key instanceof Narrowing.Shown presence) {
        lost.computeIfAbsent(presence.channel(), channel -> new LinkedHashSet<>())
            .add(presence.id());
      }
    }
    lost.forEach(
        (name, ids) ->
            channels.existing(name).ifPresent(channel -> channel.repeat(this, ids::contains)));
  }

  /** Asks a client of the base whether it is still there. Others show it by themselves. */
  void ask(String channel) {
    if (!session.isExtended()) {
      session.send(new PresenceNotice.Wanted(channel));
    }
  }

  /** A client of the extension shows life by itself, so one that does not has to come back. */
  void endIfSilent() {
    if (session.isExtended()) {
      session.close(Session.SILENT);
    }
  }

  boolean isClosed() {
    return session.isClosed();
  }

  Instant lastFrame() {
    return session.lastFrame();
  }

  Instant lastActive() {
    return session.lastActive();
  }

  @Override
  public void closed() {
    Set<String> used = new HashSet<>();
    synchronized (lock) {
      for (Resource resource : subscriptions.of(Resource.Kind.CHANNEL)) {
        used.add(((Resource.Channel) resource).name());
      }
      shown.keySet().forEach(key -> used.add(key.channel()));
      held.clear();
      repeats.clear();
    }
    used.forEach(name -> channels.existing(name).ifPresent(channel -> channel.closed(this)));
  }
}
