package dev.collab.server.session;

import dev.collab.document.ClientId;
import dev.collab.presence.User;
import dev.collab.protocol.AnnouncedLimits;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Verdict;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.ServerContext;
import dev.collab.transport.CloseReason;
import dev.collab.transport.PeerInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets one client in: finds out who it is, and asks the interceptors.
 *
 * <p>Confined: the requests of a session are handled serially.
 */
final class Admission {

  private static final Logger LOGGER = System.getLogger(Admission.class.getName());

  /** What became of a handshake. */
  private sealed interface Outcome {

    /** A client comes in. */
    record In(Caller caller) implements Outcome {}

    /** A client is turned away. */
    record Out(WireError error, CloseReason reason) implements Outcome {}

    static CompletionStage<Outcome> out(String code, String message, CloseReason reason) {
      return CompletableFuture.completedStage(new Out(new WireError(code, message), reason));
    }
  }

  private final Session session;
  private final ServerContext context;
  private final PeerInfo peer;
  private final RequestQueue queue;

  /** The handshake that is not decided yet. */
  private volatile @Nullable HandshakeRequest pending;

  Admission(Session session, ServerContext context, PeerInfo peer, RequestQueue queue) {
    this.session = session;
    this.context = context;
    this.peer = peer;
    this.queue = queue;
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
      queue.await(
          () -> authenticate(credentials(handshake, secret), secret),
          outcome -> decided(handshake, secret, outcome),
          failure -> failed(handshake, failure));
    }
  }

  private Credentials credentials(HandshakeRequest handshake, String secret) {
    Credentials shown = Credentials.of(peer, Identity.publicId(peer.principal(), secret).value());
    if (handshake.token().isPresent()) {
      shown = shown.withToken(handshake.token().get());
    }
    if (handshake.userName().isPresent()) {
      shown = shown.withProposedName(handshake.userName().get());
    }
    if (handshake.userColor().isPresent()) {
      shown = shown.withProposedColor(handshake.userColor().get());
    }
    return shown;
  }

  private CompletionStage<Outcome> authenticate(Credentials credentials, String secret) {
    return context
        .authenticator()
        .authenticate(credentials)
        .thenCompose(
            authentication -> {
              if (authentication instanceof Authentication.Refused refused) {
                return Outcome.out(
                    ErrorCodes.UNAUTHENTICATED, refused.message(), Session.UNAUTHENTICATED);
              }
              Authentication.Accepted accepted = (Authentication.Accepted) authentication;
              ClientId client = Identity.publicId(accepted.principal(), secret);
              return connect(Caller.of(client, accepted, peer), context.interceptors().iterator());
            });
  }

  private static CompletionStage<Outcome> connect(Caller caller, Iterator<Interceptor> remaining) {
    if (!remaining.hasNext()) {
      return CompletableFuture.completedStage(new Outcome.In(caller));
    }
    Interceptor next = remaining.next();
    return Calls.attempt(() -> next.connect(caller))
        .thenCompose(
            verdict ->
                switch (verdict.kind()) {
                  case ALLOW -> connect(caller, remaining);
                  case AMEND ->
                      connect(caller.withUser(((Verdict.Amend<User>) verdict).value()), remaining);
                  case REFUSE -> {
                    Verdict.Refuse<User> refusal = (Verdict.Refuse<User>) verdict;
                    yield Outcome.out(refusal.code(), refusal.message(), Session.SENT_AWAY);
                  }
                });
  }

  private void decided(HandshakeRequest handshake, String secret, Outcome outcome) {
    if (outcome instanceof Outcome.Out out) {
      turnAway(handshake, out);
    } else if (session.ready(new Identity(secret, ((Outcome.In) outcome).caller()))) {
      session.send(reply());
      session.batch(); // from the reply on, which does not share its frame yet
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

  private void turnAway(HandshakeRequest handshake, Outcome.Out out) {
    session.refuse(handshake, out.error());
    session.close(out.reason());
  }

  private HandshakeReply reply() {
    String secret = session.identity().secret();
    return session.isExtended()
        ? HandshakeReply.extended(secret, AnnouncedLimits.of(context.limits().wire()))
            .withUser(session.user())
            .withHeartbeat(context.presence().silence())
        : HandshakeReply.base(secret);
  }
}
