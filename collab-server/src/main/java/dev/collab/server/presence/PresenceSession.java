package dev.collab.server.presence;

import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceNotice;
import dev.collab.protocol.PresenceRequest;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.server.access.Resource;
import dev.collab.server.permission.Holder;
import dev.collab.server.permission.Permissions;
import dev.collab.server.permission.Places;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import java.time.Instant;
import java.util.Set;

/**
 * What one session does with presence: which channels it hears of, and what it shows in which.
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

  private final Session session;
  private final PresenceChannels channels;
  private final SeenPresences seen;
  private final OwnPresences own;

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
    this.channels = channels;
    this.seen = new SeenPresences(this, session, permissions, subscriptions, channels, context);
    this.own = new OwnPresences(this, session, context, permissions, channels);
    permissions.add(this);
  }

  @Override
  public void handle(Granted granted) {
    ClientMessage request = granted.request();
    switch (request.kind()) {
      case PRESENCE_SUBSCRIBE -> seen.subscribe((PresenceRequest) request);
      case PRESENCE_UNSUBSCRIBE -> seen.unsubscribe((PresenceRequest) request);
      case PRESENCE_REPEAT -> repeat(((PresenceRequest) request).channel());
      case PRESENCE -> own.update((PresenceUpdate) request);
      default -> throw new IllegalArgumentException("not about presence: " + request.kind());
    }
  }

  /** Shows what is there once more, at the pace of the client's own updates. */
  private void repeat(String channel) {
    if (seen.isSubscribed(channel)) { // otherwise nothing of it is shown to the client
      own.repeat(channel);
    }
  }

  /** Tells whether it is the client that shows something, here or on another connection. */
  boolean isSource(String source) {
    return session.identity().clientId().value().equals(source);
  }

  @Override
  public boolean holds(Resource resource) {
    return Places.channel(resource).filter(this::isInUse).isPresent();
  }

  private boolean isInUse(String channel) {
    return seen.isSubscribed(channel) || own.isShownOn(channel);
  }

  /** Takes back what is shown, and shows nothing any more, as far as it is not permitted. */
  @Override
  public void changed(Resource resource, Permission permission, Runnable ended) {
    Places.channel(resource)
        .filter(channel -> permission.compareTo(Permission.COMMENT) < 0 && isInUse(channel))
        .ifPresent(
            channel -> {
              if (permission == Permission.NONE && !seen.mayRead(channel)) {
                seen.forget(channel);
              }
              takeBack(channel);
            });
    ended.run();
  }

  /** Ends everything that the client shows on a channel; it goes on to see what it may see. */
  void takeBack(String name) {
    own.forget(name);
    boolean sees = seen.isSubscribed(name);
    channels.existing(name).ifPresent(channel -> channel.closed(this));
    if (sees) {
      channels.use(name, channel -> channel.subscribe(this, states -> {}));
    }
  }

  /** Sends what another client shows. */
  void deliver(PresenceState state, PresenceFrames frames, boolean onlyStatus) {
    seen.deliver(state, frames, onlyStatus);
  }

  @Override
  public void presenceLost(Set<Object> keys) {
    seen.lost(keys);
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
    Set<String> used = own.channels();
    used.addAll(seen.channels());
    own.close();
    used.forEach(name -> channels.existing(name).ifPresent(channel -> channel.closed(this)));
  }
}
