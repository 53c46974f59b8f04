package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import dev.collab.server.access.Resource;
import dev.collab.server.access.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Decides about the requests of one session before its features handle them: whether the client may
 * ask for that, and whether something else happens in its place.
 *
 * <p>A session asks about one request at a time, in the order in which the client sent them, and
 * handles nothing of the client until it has the answer. Pings, handshakes and renewals of a token
 * are not asked about. A gate that fails, or does not answer within {@link RequestQueue#PATIENCE},
 * refuses the request with {@link dev.collab.protocol.ErrorCodes#UNAVAILABLE}; that concerns no
 * other request, and a later answer counts for nothing.
 *
 * <p>Confined: a session calls it serially. The answer may come on any thread, on which nothing is
 * done but to note it.
 */
@FunctionalInterface
public interface Gate {

  /**
   * The answer that what was asked for happens. It is the one to give where nothing has to be
   * waited for: a session that gets this very stage goes on in the same breath.
   */
  CompletionStage<Verdict<Granted>> ALLOWED = CompletableFuture.completedStage(Verdict.allow());

  /** Lets everything happen. */
  Gate OPEN = request -> ALLOWED;

  /** What the client may do with some resources may have changed: to be found out again. */
  default void reconsider(Predicate<Resource> concerned) {}

  /**
   * Decides about a request.
   *
   * @param request a request behind the handshake, as the client sent it
   * @return completes with the verdict: what is granted in place of the request, if it is amended.
   *     Then it is still answered as if it had been the client's own
   */
  CompletionStage<Verdict<Granted>> decide(ClientMessage request);
}
