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
import dev.collab.server.runtime.ServerContext;
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

/**
 * Which channels one session hears of, and what it is told of them.
 *
 * <p>Thread-safe; requests come in serially.
 */
final class SeenPresences {

  /** Of how many channels the number of the newest request is remembered. */
  static final int REMEMBERED = 1_024;

  private final PresenceSession owner;
  private final Session session;
  private final Permissions permissions;
  private final Subscriptions subscriptions;
  private final PresenceChannels channels;
  private final Narrowing narrowing;
  private final long longestReply;

  /** The newest request of each channel that was asked about lately. */
  private final Map<String, Long> sequences = new LinkedHashMap<>(16, 0.75f, true);

  SeenPresences(
      PresenceSession owner,
      Session session,
      Permissions permissions,
      Subscriptions subscriptions,
      PresenceChannels channels,
      ServerContext context) {
    this.owner = owner;
    this.session = session;
    this.permissions = permissions;
    this.subscriptions = subscriptions;
    this.channels = channels;
    this.narrowing = new Narrowing(context.filter(), session::caller);
    this.longestReply = context.limits().maxQueuedFrames() / 2;
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
    synchronized (sequences) {
      boolean newest = sequences.merge(request.channel(), number, Math::max) == number;
      if (sequences.size() > REMEMBERED) {
        sequences.remove(sequences.keySet().iterator().next());
      }
      return newest;
    }
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
    int told = reply(request, states);
    for (PresenceState state : states.subList(told, states.size())) {
      session.presence(
          Narrowing.Shown.of(state), new PresenceFrames(state).of(session.isExtended()));
    }
    if (!session.isExtended()) {
      session.send(new PresenceNotice.Wanted(request.channel()));
    }
    ends.forEach(session::send);
  }

  /**
   * Answers with as many presences as there is room for: the others follow, and may be dropped and
   * shown again when there is room for them.
   *
   * @return how many are in the answer
   */
  private int reply(PresenceRequest request, List<PresenceState> states) {
    int most = session.isExtended() && session.hasRoom() ? states.size() : 0;
    String reply = session.encode(done(request, states.subList(0, most)));
    while (most > 0 && reply.length() > longestReply) {
      most /= 2;
      reply = session.encode(done(request, states.subList(0, most)));
    }
    session.sendFrame(reply);
    return most;
  }

  private static PresenceNotice done(PresenceRequest request, List<PresenceState> states) {
    return new PresenceNotice.Done(request.kind(), request.channel(), request.sequence(), states);
  }

  void unsubscribe(PresenceRequest request) {
    Resource ended = new Resource.Channel(request.channel());
    if (isNewest(request) && subscriptions.remove(ended)) {
      channels.existing(request.channel()).ifPresent(channel -> channel.unsubscribe(owner));
      narrowing.forget(request.channel());
    }
    session.send(done(request, List.of()));
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
