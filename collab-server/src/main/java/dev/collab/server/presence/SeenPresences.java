package dev.collab.server.presence;

import dev.collab.presence.PresenceId;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceNotice;
import dev.collab.protocol.PresenceRequest;
import dev.collab.protocol.PresenceState;
import dev.collab.server.access.Resource;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Places;
import dev.collab.server.session.Frame;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which channels one session hears of, and what it is told of them.
 *
 * <p>Thread-safe; requests come in serially.
 */
final class SeenPresences {

  private final PresenceSession owner;
  private final Session session;
  private final Permissions permissions;
  private final Subscriptions subscriptions;
  private final PresenceChannels channels;
  private final Narrowing narrowing;

  /** The newest request of each channel. */
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();

  SeenPresences(
      PresenceSession owner,
      Session session,
      Permissions permissions,
      Subscriptions subscriptions,
      PresenceChannels channels,
      Narrowing narrowing) {
    this.owner = owner;
    this.session = session;
    this.permissions = permissions;
    this.subscriptions = subscriptions;
    this.channels = channels;
    this.narrowing = narrowing;
  }

  boolean isSubscribed(String channel) {
    return subscriptions.contains(new Resource.Channel(channel));
  }

  /** Returns the channels that the client sees. */
  List<String> channels() {
    return subscriptions.of(Resource.Kind.CHANNEL).stream()
        .map(resource -> ((Resource.Channel) resource).name())
        .toList();
  }

  /** Notes the number of a request; returns false if a newer one of the channel came before. */
  private boolean isNewest(PresenceRequest request) {
    long number = request.sequence();
    return sequences.merge(request.channel(), number, Math::max) == number;
  }

  void subscribe(PresenceRequest request) {
    Resource channel = new Resource.Channel(request.channel());
    boolean tooMany = !subscriptions.admits(channel);
    boolean newest = !tooMany && isNewest(request);
    if (newest) {
      subscriptions.add(channel);
    }
    if (tooMany) {
      session.refuse(request, subscriptions.tooMany());
      session.limited(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED);
    } else if (newest && !mayRead(request.channel())) {
      forget(request.channel());
      session.refuse(request, ErrorCodes.FORBIDDEN, Permissions.forbidden().message());
    } else if (newest) {
      channels.use(
          request.channel(), used -> used.subscribe(owner, states -> subscribed(request, states)));
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

  void unsubscribe(PresenceRequest request) {
    Resource ended = new Resource.Channel(request.channel());
    if (isNewest(request) && subscriptions.remove(ended)) {
      channels.existing(request.channel()).ifPresent(channel -> channel.unsubscribe(owner));
      narrowing.forget(request.channel());
    }
    session.send(
        new PresenceNotice.Done(request.kind(), request.channel(), request.sequence(), List.of()));
  }

  /** Tells whether the client may see presences on a channel, of whatever they are. */
  boolean mayRead(String channel) {
    return Places.on(channel).stream().anyMatch(place -> permissions.keeps(place, Permission.READ));
  }

  /** Tells whether the client may see where something is shown. */
  private boolean isVisible(PresenceState state) {
    return permissions.allows(Places.of(state.channel(), state.base()), Permission.READ);
  }

  /** Ends a subscription; the channel is told elsewhere. */
  void forget(String channel) {
    subscriptions.remove(new Resource.Channel(channel));
    narrowing.forget(channel);
  }

  /** Sends what another client shows. */
  void deliver(PresenceState state, PresenceFrames frames, boolean onlyStatus) {
    if ((onlyStatus && !session.isExtended()) || owner.isSource(state.source())) {
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

  /** Has presences shown once more that were dropped. */
  void lost(Set<Object> keys) {
    Map<String, Set<PresenceId>> lost = new LinkedHashMap<>();
    for (Object key : keys) {
      if (key instanceof Narrowing.Shown presence) {
        lost.computeIfAbsent(presence.channel(), channel -> new LinkedHashSet<>())
            .add(presence.id());
      }
    }
    lost.forEach(
        (name, ids) ->
            channels.existing(name).ifPresent(channel -> channel.repeat(owner, ids::contains)));
  }
}
