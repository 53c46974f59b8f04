package dev.collab.server.session;

import dev.collab.protocol.AuthRequest;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.RefusedRequest;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Resource;
import dev.collab.server.access.Verdict;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.runtime.TokenBucket;
import dev.collab.transport.PeerInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Takes in the requests of one session: each waits for its turn, passes the gate and is handled by
 * the feature that is there for it. A request that fails harms nothing but itself.
 *
 * <p>Messages come in serially; a gate may answer on any thread.
 */
final class Intake {

  private static final Logger LOGGER = System.getLogger(Intake.class.getName());

  /** What may wait for the answer to the handshake, in code units. */
  static final int UNITS_AT_THE_DOOR = 4 * Session.HANDSHAKE_FRAME;

  private final Session session;
  private final RequestQueue queue;
  private final Admission admission;
  private final Map<ClientMessage.Kind, Feature> features;
  private final Set<Feature> all;
  private final Gate gate;
  private final Pace pace;
  private final TokenBucket pings;
  private final long maxUnits;

  /**
   * Creates the intake of a new session.
   *
   * @param parts what handles requests behind the handshake, and decides about them
   */
  Intake(Session session, ServerContext context, PeerInfo peer, Parts parts) {
    this.session = session;
    this.features = parts.features();
    this.all = new LinkedHashSet<>(features.values());
    this.gate = parts.gate();
    this.queue =
        new RequestQueue(
            this::begin,
            context.limits().maxWaitingMessages(),
            context.scheduler(),
            context.pool());
    this.pace = new Pace(context.limits(), context.clock().instant());
    this.pings = TokenBucket.of(context.limits().requestRate(), context.clock().instant());
    this.maxUnits = context.limits().maxWaitingUnits();
    this.admission = new Admission(session, context, peer, queue);
  }

  /**
   * Takes a message.
   *
   * @param length how much of its frame it is, in UTF-16 code units
   */
  void take(ClientMessage message, int length) {
    if (session.isReady() && message.kind() == ClientMessage.Kind.PING) {
      answer(message);
    } else if (session.isReady() && message instanceof RefusedRequest refused) {
      session.send(ErrorReply.of(refused.error()));
      session.exceeded(length);
    } else if (!queue.offer(message, length, session.isReady() ? maxUnits : UNITS_AT_THE_DOOR)) {
      session.refuse(message, ErrorCodes.RATE_EXCEEDED, "too many requests wait for their turn");
      session.limited(RateLimited.What.REQUESTS, RateLimited.Action.REFUSED);
    }
  }

  /** Answers a ping, which waits for nothing. */
  private void answer(ClientMessage ping) {
    Instant now = session.now();
    if (pings.tryTake(now)) {
      session.send(ServerMessage.Pong.PONG);
    } else {
      session.refuse(
          ping,
          new WireError(ErrorCodes.RATE_EXCEEDED, "too many pings")
              .withRetryAfter(pings.untilNext(now)));
      session.limited(RateLimited.What.REQUESTS, RateLimited.Action.REFUSED);
    }
  }

  private void begin(ClientMessage message) {
    if (session.isClosed()) {
      return;
    }
    Optional<Pace.Wait> wait = pace.take(message, session.now());
    if (wait.isPresent()) {
      queue.delay(wait.get().time(), () -> begin(message));
      session.delayed(wait.get().what());
    } else {
      handle(message);
    }
  }

  private void handle(ClientMessage message) {
    try {
      if (message instanceof HandshakeRequest handshake) {
        admission.shakeHands(handshake);
      } else if (message instanceof RefusedRequest refused) {
        session.send(ErrorReply.of(refused.error()));
        session.exceeded(0);
      } else if (!session.isReady()) {
        session.refuse(message, ErrorCodes.HANDSHAKE_REQUIRED, "the first message is a handshake");
        session.exceeded(0);
      } else if (message.kind() == ClientMessage.Kind.PING) {
        session.send(ServerMessage.Pong.PONG);
      } else if (message instanceof AuthRequest renewal) {
        admission.renew(renewal);
      } else {
        dispatch(message);
      }
    } catch (RuntimeException e) {
      broken(message, e);
    }
  }

  private void dispatch(ClientMessage request) {
    Feature feature = features.get(request.kind());
    if (feature == null) {
      session.refuse(
          request, ErrorCodes.ACTION_NOT_SUPPORTED, "this server does not offer the action");
      return;
    }
    CompletionStage<Verdict<Granted>> verdict = Calls.attempt(() -> gate.decide(request));
    if (verdict == Gate.ALLOWED) {
      feature.handle(Granted.asAsked(request));
    } else {
      queue.await(
          () -> verdict,
          decision -> decided(feature, request, decision),
          failure -> undecided(request, failure));
    }
  }

  private void decided(Feature feature, ClientMessage request, Verdict<Granted> verdict) {
    if (session.isClosed()) {
      return;
    }
    try {
      switch (verdict.kind()) {
        case ALLOW -> feature.handle(Granted.asAsked(request));
        case AMEND -> feature.handle(((Verdict.Amend<Granted>) verdict).value());
        case REFUSE -> {
          Verdict.Refuse<Granted> refusal = (Verdict.Refuse<Granted>) verdict;
          session.refuse(request, refusal.code(), refusal.message());
        }
      }
    } catch (RuntimeException e) {
      broken(request, e);
    }
  }

  private void undecided(ClientMessage request, Throwable failure) {
    LOGGER.log(
        Level.WARNING, "it could not be decided about a request of kind " + request, failure);
    session.refuse(
        request, ErrorCodes.UNAVAILABLE, "it could not be decided whether this is allowed");
  }

  private void broken(ClientMessage request, RuntimeException failure) {
    LOGGER.log(Level.ERROR, "a request of kind " + request + " could not be handled", failure);
    session.refuse(request, ErrorCodes.UNKNOWN, "the server failed to handle the message");
  }

  /** Tells how much waits, and what the features have to tell. Called on any thread. */
  void describe(ConnectionStatus.Builder status) {
    status.addWaitingRequests(queue.size());
    all.forEach(feature -> feature.describe(status));
  }

  /** Tells the features of presences that were not delivered. */
  void presenceLost(Set<Object> keys) {
    all.forEach(feature -> feature.presenceLost(keys));
  }

  void reconsider(Predicate<Resource> concerned) {
    gate.reconsider(concerned);
  }

  /** Turns the client away if it has not been let in by now. */
  void handshakeOver() {
    if (!session.isReady() && !session.isClosed()) {
      admission.tooLate();
    }
  }

  /** Forgets what waits, and tells the features that the session has ended. */
  void end() {
    queue.end(() -> all.forEach(Feature::closed));
  }
}
