package dev.collab.server.presence;

import dev.collab.presence.PresenceId;
import dev.collab.presence.Showing;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Places;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.runtime.TokenBucket;
import dev.collab.server.session.Session;
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
 * What one session shows on which channels. Updates that come too fast wait, the newest of each
 * presence; one that is overtaken is answered when it is. At the same rate, behind them, the client
 * is shown once more what it has lost track of.
 *
 * <p>Thread-safe.
 */
final class OwnPresences {

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

  private final PresenceSession owner;
  private final Session session;
  private final ServerContext context;
  private final Permissions permissions;
  private final PresenceChannels channels;
  private final Object lock = new Object();
  private final Map<Key, Newest> shown = new HashMap<>();
  private final Map<Key, Numbered> held = new LinkedHashMap<>();

  /** The channels that the client has lost track of, and that it is not shown again yet. */
  private final Set<String> repeats = new LinkedHashSet<>();

  private final TokenBucket bucket;
  private boolean releasing;

  OwnPresences(
      PresenceSession owner,
      Session session,
      ServerContext context,
      Permissions permissions,
      PresenceChannels channels) {
    this.owner = owner;
    this.session = session;
    this.context = context;
    this.permissions = permissions;
    this.channels = channels;
    this.bucket = TokenBucket.of(context.limits().presenceRate(), context.clock().instant());
  }

  /** Returns the channels on which something is shown, or is about to be. */
  Set<String> channels() {
    Set<String> names = new HashSet<>();
    synchronized (lock) {
      shown.keySet().forEach(key -> names.add(key.channel()));
    }
    return names;
  }

  boolean isShownOn(String channel) {
    synchronized (lock) {
      return shown.keySet().stream().anyMatch(key -> key.channel().equals(channel));
    }
  }

  /** Shows the client once more what is on a channel, when it is its turn. */
  void repeat(String channel) {
    boolean atOnce;
    synchronized (lock) {
      atOnce = repeats.isEmpty() && bucket.tryTake(context.clock().instant());
      if (!atOnce) {
        repeats.add(channel);
        awaitRelease();
      }
    }
    if (atOnce) {
      repeatNow(channel);
    }
  }

  private void repeatNow(String name) {
    channels.existing(name).ifPresent(channel -> channel.repeat(owner, id -> true));
  }

  /** Shows something, or nothing any more, when it is its turn. */
  void update(PresenceUpdate update) {
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
    repeated.forEach(this::repeatNow);
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
        return owner;
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
          owner.takeBack(update.channel()); // it was forbidden while this was under way
        }
      }

      @Override
      public void refused(String code, String message) {
        if (record.presence() != null) {
          channels
              .existing(update.channel())
              .filter(channel -> channel.isShownBy(owner, id))
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

  /** Forgets what is shown on a channel, and what was to be shown. */
  void forget(String channel) {
    synchronized (lock) {
      shown.keySet().removeIf(key -> key.channel().equals(channel));
      held.keySet().removeIf(key -> key.channel().equals(channel));
    }
  }

  /** Lets nothing wait any more. */
  void close() {
    synchronized (lock) {
      held.clear();
      repeats.clear();
    }
  }
}
