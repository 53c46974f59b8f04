package dev.collab.server.session;

import dev.collab.document.ClientId;
import dev.collab.presence.User;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Verdict;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.ServerContext;
import dev.collab.transport.CloseReason;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who a client is and whether it may come in: asks the authenticator, and then the
 * interceptors, one after the other.
 *
 * <p>Thread-safe.
 */
final class Doorkeeper {

  private final ServerContext context;

  Doorkeeper(ServerContext context) {
    this.context = context;
  }

  /** What became of somebody at the door. */
  sealed interface Outcome {

    /** A client comes in. */
    record In(Authentication.Accepted accepted, Caller caller) implements Outcome {}

    /** A client is turned away. */
    record Out(WireError error, CloseReason reason) implements Outcome {}

    private static CompletionStage<Outcome> out(String code, String message, CloseReason reason) {
      return CompletableFuture.completedStage(new Out(new WireError(code, message), reason));
    }
  }

  /**
   * Finds out who shows these credentials. An authentication that has run out already is none.
   *
   * @return completes with the answer, of which an expired one is made a refusal
   */
  CompletionStage<Authentication> authenticate(Credentials credentials) {
    return context.authenticator().authenticate(credentials).thenApply(this::stillValid);
  }

  private Authentication stillValid(Authentication answer) {
    boolean over =
        answer instanceof Authentication.Accepted accepted
            && accepted.expiry().filter(end -> !end.isAfter(context.clock().instant())).isPresent();
    return over ? Authentication.refused("the token has run out") : answer;
  }

  /** Decides about a client that shows these credentials and has this secret. */
  CompletionStage<Outcome> decide(Credentials credentials, String secret) {
    return authenticate(credentials)
        .thenCompose(
            authentication -> {
              if (authentication instanceof Authentication.Refused refused) {
                return Outcome.out(
                    ErrorCodes.UNAUTHENTICATED, refused.message(), Session.UNAUTHENTICATED);
              }
              Authentication.Accepted accepted = (Authentication.Accepted) authentication;
              ClientId client = Identity.publicId(accepted.principal(), secret);
              Caller caller = Caller.of(client, accepted, credentials.peer());
              return connect(accepted, caller, context.interceptors().iterator());
            });
  }

  private static CompletionStage<Outcome> connect(
      Authentication.Accepted accepted, Caller caller, Iterator<Interceptor> remaining) {
    if (!remaining.hasNext()) {
      return CompletableFuture.completedStage(new Outcome.In(accepted, caller));
    }
    Interceptor next = remaining.next();
    return Calls.attempt(() -> next.connect(caller))
        .thenCompose(
            verdict ->
                switch (verdict.kind()) {
                  case ALLOW -> connect(accepted, caller, remaining);
                  case AMEND -> {
                    User user = ((Verdict.Amend<User>) verdict).value();
                    yield connect(accepted, caller.withUser(user), remaining);
                  }
                  case REFUSE -> {
                    Verdict.Refuse<User> refusal = (Verdict.Refuse<User>) verdict;
                    yield Outcome.out(refusal.code(), refusal.message(), Session.SENT_AWAY);
                  }
                });
  }
}
