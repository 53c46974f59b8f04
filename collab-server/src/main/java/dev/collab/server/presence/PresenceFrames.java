package dev.collab.server.presence;

import dev.collab.presence.Presence;
import dev.collab.presence.Status;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.WireLimits;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.session.Frame;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is shown on its way to clients, encoded once for all of each dialect.
 *
 * <p>Confined: callers must serialise calls.
 */
final class PresenceFrames {

  private static final JsonCodec BASE = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
  private static final JsonCodec EXTENDED = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  private final PresenceState state;
  private @Nullable Frame base;
  private @Nullable Frame extended;

  PresenceFrames(PresenceState state) {
    this.state = state;
  }

  static PresenceState state(
      String channel, PresenceRecord record, Instant now, PresenceTimes times) {
    Presence presence = record.presence();
    PresenceState.Builder builder =
        PresenceState.builder(
            channel,
            record.id().source(),
            record.id().id(),
            record.version(),
            presence == null ? JsonValue.NULL : presence.value());
    PresenceBase place = record.base();
    if (place != null) {
      builder.base(place);
    }
    if (presence != null) {
      Duration idle = Duration.between(presence.lastActive(), now);
      builder
          .user(presence.user())
          .status(status(presence, now, times))
          .idle(idle.isNegative() ? Duration.ZERO : idle);
    }
    return builder.build();
  }

  static Status status(Presence presence, Instant now, PresenceTimes times) {
    return presence.status(now, times.idleAfter(), times.awayAfter());
  }

  /** Returns the frame in a dialect. */
  Frame of(boolean isExtended) {
    if (isExtended) {
      if (extended == null) {
        extended = Frame.of(EXTENDED.encode(state));
      }
      return extended;
    }
    if (base == null) {
      base = Frame.of(BASE.encode(state));
    }
    return base;
  }
}
