package dev.collab.server.session;

import dev.collab.protocol.AnnouncedLimits;
import dev.collab.protocol.AuthReply;
import dev.collab.protocol.AuthRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.session.Doorkeeper.Outcome;
import dev.collab.transport.PeerInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets one client in, and lets it stay as long as it proves who it is and shows life.
 *
 * <p>Confined: the requests of a session are handled serially.
 */
final class Admission {

  private static final Logger LOGGER = System.getLogger(Admission.class.getName());

  private final Session session;
  private final ServerContext context;
  private final PeerInfo peer;
  private final RequestQueue queue;
  private final Doorkeeper doorkeeper;
  private final Expiry expiry;

  /** The handshake that is not decided yet. */
  private volatile @Nullable HandshakeRequest pending;

  /** What the client showed when it came in; a renewal has another token. */
  private @Nullable Credentials shown;

  Admission(Session session, ServerContext context, PeerInfo peer, RequestQueue queue) {
    this.session = session;
    this.context = context;
    this.peer = peer;
    this.queue = queue;
    this.doorkeeper = new Doorkeeper(context);
    this.expiry = new Expiry(session, context.scheduler(), context.clock());
  }

  /** Handles a handshake. One that is made again gets the same answer. */
  void shakeHands(HandshakeRequest handshake) {
    if (handshake.protocol() != JsonCodec.PROTOCOL) {
      session.refuse(
          handshake,
          ErrorCodes.PROTOCOL_NOT_SUPPORTED,
          "protocol " + handshake.protocol() + " is not " + JsonCodec.PROTOCOL);
    } else if (session.isReady()) {
      session.send(reply());
    } else {
      session.speak(handshake.extension() >= JsonCodec.EXTENSION);
      pending = handshake;
      String secret = Identity.secret(handshake, context.random());
      Credentials credentials = credentials(handshake, secret);
      shown = credentials;
      queue.await(
          () -> doorkeeper.decide(credentials, secret),
          outcome -> decided(handshake, secret, outcome),
          failure -> failed(handshake, failure));
    }
  }

  private Credentials credentials(HandshakeRequest handshake, String secret) {
    Credentials credentials =
        Credentials.of(peer, Identity.publicId(peer.principal(), secret).value());
    if (handshake.token().isPresent()) {
      credentials = credentials.withToken(handshake.token().get());
    }
    if (handshake.userName().isPresent()) {
      credentials = credentials.withProposedName(handshake.userName().get());
    }
    if (handshake.userColor().isPresent()) {
      credentials = credentials.withProposedColor(handshake.userColor().get());
    }
    return credentials;
  }

  private void decided(HandshakeRequest handshake, String secret, Outcome outcome) {
    if (session.isClosed()) {
      return;
    }
    if (outcome instanceof Outcome.Out out) {
      turnAway(handshake, out);
      return;
    }
    Outcome.In in = (Outcome.In) outcome;
    if (!session.ready(new Identity(secret, in.caller()))) {
      turnAway(handshake, tooManyConnections());
      session.limited(RateLimited.What.CONNECTIONS, RateLimited.Action.CLOSED);
      return;
    }
    expiry.begin(in.accepted().expiry());
    session.send(reply());
    if (session.isExtended()) {
      session.batch(); // from the reply on, which does not share its frame yet
      new Heartbeat(session, context.heartbeat(), context.scheduler(), context.clock()).begin();
    }
  }

  private void failed(HandshakeRequest handshake, Throwable failure) {
    if (!session.isClosed()) {
      LOGGER.log(Level.WARNING, "it could not be found out who a client is", failure);
      turnAway(handshake, unavailable());
    }
  }

  /** Turns the client away that is not let in yet, because its time is over. */
  void tooLate() {
    HandshakeRequest waiting = pending;
    if (waiting == null) {
      session.close(Session.NO_HANDSHAKE);
    } else {
      LOGGER.log(Level.WARNING, "it could not be found out in time who a client is");
      turnAway(waiting, unavailable());
    }
  }

  private static Outcome.Out unavailable() {
    return new Outcome.Out(
        new WireError(ErrorCodes.UNAVAILABLE, "who the client is could not be found out"),
        Session.NO_HANDSHAKE);
  }

  private Outcome.Out tooManyConnections() {
    return new Outcome.Out(
        new WireError(
            ErrorCodes.RATE_EXCEEDED,
            "more than " + context.limits().maxConnections() + " connections of one user"),
        Session.TOO_MANY_CONNECTIONS);
  }

  private void turnAway(HandshakeRequest handshake, Outcome.Out out) {
    session.refuse(handshake, out.error());
    session.close(out.reason());
  }

  private HandshakeReply reply() {
    String secret = session.identity().secret();
    if (!session.isExtended()) {
      return HandshakeReply.base(secret);
    }
    HandshakeReply reply =
        HandshakeReply.extended(secret, AnnouncedLimits.of(context.limits().wire()))
            .withUser(session.user());
    if (!context.heartbeat().isZero()) {
      reply = reply.withHeartbeat(context.heartbeat());
    }
    return expiry.left().map(reply::withExpires).orElse(reply);
  }

  /** Handles a newer token of a client that is in. Whatever is wrong with it, it stays in. */
  void renew(AuthRequest request) {
    Credentials before = shown;
    if (before == null) {
      throw new IllegalStateException("nobody came in");
    }
    queue.await(
        () -> doorkeeper.authenticate(before.withToken(request.token())),
        answer -> renewed(request, answer),
        failure -> {
          LOGGER.log(Level.WARNING, "it could not be found out whether a token is valid", failure);
          session.refuse(
              request, ErrorCodes.UNAVAILABLE, "whether the token is valid could not be found out");
        });
  }

  private void renewed(AuthRequest request, Authentication answer) {
    if (session.isClosed()) {
      return;
    }
    if (answer instanceof Authentication.Refused refused) {
      session.refuse(request, ErrorCodes.UNAUTHENTICATED, refused.message());
      return;
    }
    Authentication.Accepted accepted = (Authentication.Accepted) answer;
    Caller known = session.caller();
    if (!accepted.principal().equals(known.principal())) {
      session.refuse(request, ErrorCodes.PRINCIPAL_CHANGED, "the token is somebody else's");
      return;
    }
    // the others go on seeing who came in: an interceptor may have had its say about that
    session.renew(Caller.of(known.client(), accepted, peer).withUser(known.user()));
    expiry.begin(accepted.expiry());
    Duration left = expiry.left().orElse(null);
    session.send(left == null ? AuthReply.forEver() : AuthReply.expiring(left));
  }
}
