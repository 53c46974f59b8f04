package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.runtime.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast the requests of one session have their turn. What has a rate of its own elsewhere,
 * because it is refused or overtaken rather than kept waiting, is not held up here: presences and
 * the events of chat rooms.
 *
 * <p>Confined: the requests of a session are handled serially.
 */
final class Pace {

  private final TokenBucket operations;
  private final TokenBucket requests;

  Pace(ServerLimits limits, Instant now) {
    operations = TokenBucket.of(limits.operationRate(), now);
    requests = TokenBucket.of(limits.requestRate(), now);
  }

  /** A request that comes too fast: what there is too much of, and how long it waits. */
  record Wait(RateLimited.What what, Duration time) {}

  /** Counts a request whose turn it is, unless it has to wait. */
  Optional<Wait> take(ClientMessage request, Instant now) {
    return switch (request.kind()) {
      case PRESENCE, CHAT_SUBMIT -> Optional.empty();
      case SUBMIT -> take(operations, RateLimited.What.OPERATIONS, now);
      default -> take(requests, RateLimited.What.REQUESTS, now);
    };
  }

  private static Optional<Wait> take(TokenBucket bucket, RateLimited.What what, Instant now) {
    return bucket.tryTake(now)
        ? Optional.empty()
        : Optional.of(new Wait(what, bucket.untilNext(now)));
  }
}
