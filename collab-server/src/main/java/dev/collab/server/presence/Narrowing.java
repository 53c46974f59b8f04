package dev.collab.server.presence;

import dev.collab.document.DocumentId;
import dev.collab.presence.PresenceId;
import dev.collab.protocol.PresenceState;
import dev.collab.server.access.Broadcast;
import dev.collab.server.access.Caller;
import dev.collab.server.runtime.GuardedFilter;
import dev.collab.value.JsonValue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What one client is shown of what the others show, as the application's filter has it: it
 * remembers what the client was shown, to withdraw it. Without a filter it remembers nothing.
 *
 * <p>Thread-safe, as long as what is shown on one channel comes serially.
 */
final class Narrowing {

  /** What becomes of a presence on its way to the client. */
  enum Outcome {
    TOLD,
    WITHDRAWN,
    KEPT_BACK
  }

  /** Which presence of another client it is. */
  record Shown(String channel, PresenceId id) {

    static Shown of(PresenceState state) {
      return new Shown(state.channel(), new PresenceId(state.source(), state.id()));
    }
  }

  private final GuardedFilter filter;
  private final Supplier<Caller> recipient;
  private final Set<Shown> told = ConcurrentHashMap.newKeySet();

  Narrowing(GuardedFilter filter, Supplier<Caller> recipient) {
    this.filter = filter;
    this.recipient = recipient;
  }

  /** Decides about what another client shows; an end goes to whom the presence was shown. */
  Outcome of(PresenceState state) {
    if (filter.isOpen()) {
      return Outcome.TOLD;
    }
    Shown key = Shown.of(state);
    if (state.value() == JsonValue.NULL) {
      return told.remove(key) ? Outcome.TOLD : Outcome.KEPT_BACK;
    }
    if (state.user().isPresent() && filter.delivers(recipient.get(), broadcast(state))) {
      told.add(key);
      return Outcome.TOLD;
    }
    return told.remove(key) ? Outcome.WITHDRAWN : Outcome.KEPT_BACK;
  }

  private static Broadcast broadcast(PresenceState state) {
    return new Broadcast.Presence(
        state.channel(),
        state.user().orElseThrow(),
        state.base().map(base -> new DocumentId(base.collection(), base.document())));
  }

  /** Returns what withdraws a presence from the client. */
  static PresenceState end(PresenceState state) {
    PresenceState.Builder end =
        PresenceState.builder(
            state.channel(), state.source(), state.id(), state.presenceVersion(), JsonValue.NULL);
    state.base().ifPresent(end::base);
    return end.build();
  }

  /** The client hears no more of a channel. */
  void forget(String channel) {
    told.removeIf(key -> key.channel().equals(channel));
  }
}
