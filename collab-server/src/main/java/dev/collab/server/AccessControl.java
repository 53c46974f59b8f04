package dev.collab.server;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.operation.CollabException;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Resource;
import dev.collab.server.control.ControlEvent;
import dev.collab.server.control.ControlLog;
import dev.collab.server.control.Target;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.session.Session;
import dev.collab.server.session.Sessions;
import dev.collab.transport.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes back what clients were let do, on all servers that share a coordinator, whichever of them
 * is told. It stands in a log, so that no server misses it: one that was cut off hears of it as
 * soon as it can.
 *
 * <p>What the methods return completes when this stands in the log, on a thread of the executor; it
 * has taken effect here then, and does on the other servers within moments. It fails with a {@link
 * CollabException} if the log cannot be written; then it is not known whether it takes effect.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class AccessControl {

  /**
   * The code with which those are closed who are sent away. They do not come back by themselves.
   */
  static final int SENT_AWAY = 4005;

  private static final int MAX_REASON_BYTES = 123;

  private final Sessions sessions;
  private final ControlLog log;

  AccessControl(ServerContext context, Sessions sessions) {
    this.sessions = sessions;
    this.log = new ControlLog(context, new Enforcement());
    sessions.whenReady(this::ready);
    log.open();
  }

  /** A connection was opened. */
  void opened(Session session) {
    session.openedBehind(log.position());
  }

  /** A client was let in: it may have been sent away since its connection was opened. */
  private void ready(Session session) {
    if (session.openedBehind() == ControlLog.UNKNOWN) {
      log.newest().forEach(event -> sendAway(session, event, Session.RESTART));
      return;
    }
    log.since(session.openedBehind())
        .ifPresentOrElse(
            missed -> missed.forEach(event -> sendAway(session, event, reason(event))),
            () -> session.close(Session.RESTART));
  }

  private static void sendAway(Session session, ControlEvent event, CloseReason reason) {
    if (event.kind() == ControlEvent.Kind.KICK && event.target().concerns(session.caller())) {
      session.close(reason);
    }
  }

  private static CloseReason reason(ControlEvent kick) {
    return new CloseReason(SENT_AWAY, kick.reason());
  }

  /**
   * Says that the {@link AccessPolicy} may answer otherwise about a resource: everybody who uses it
   * is asked about again. Who may do something else is told; subscriptions that are not permitted
   * any more end, and presences are taken back.
   *
   * @param resource what it is about
   * @return see above
   */
  public CompletionStage<Void> permissionsChanged(Resource resource) {
    return log.append(
        ControlEvent.permissionsChanged(
            new Target.OfResource(requireNonNull(resource, "resource"))));
  }

  /**
   * Says that the {@link AccessPolicy} may answer otherwise about a user, in the same way.
   *
   * @param principal the authenticated name, or an empty string for all who are not known
   * @return see above
   */
  public CompletionStage<Void> permissionsChanged(String principal) {
    return log.append(
        ControlEvent.permissionsChanged(
            new Target.OfPrincipal(requireNonNull(principal, "principal"))));
  }

  /**
   * Closes all connections of a user, with the code 4005. A client does not connect again by itself
   * then; who must not come back at all is for the {@link dev.collab.server.access.Authenticator}
   * to turn away.
   *
   * @param principal the authenticated name
   * @param reason why, for people; at most 123 bytes in UTF-8
   * @return see above
   * @throws IllegalArgumentException if {@code principal} is empty or {@code reason} too long
   */
  public CompletionStage<Void> kick(String principal, String reason) {
    if (principal.isEmpty()) {
      throw new IllegalArgumentException("who is not known can only be sent away one by one");
    }
    return kick(new Target.OfPrincipal(principal), reason);
  }

  /**
   * Closes the connection of a client, in the same way.
   *
   * @param client the public id
   * @param reason why, for people; at most 123 bytes in UTF-8
   * @return see above
   * @throws IllegalArgumentException if {@code reason} is too long
   */
  public CompletionStage<Void> kick(ClientId client, String reason) {
    return kick(new Target.OfClient(requireNonNull(client, "client")), reason);
  }

  private CompletionStage<Void> kick(Target target, String reason) {
    int length = reason.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "a reason of " + length + " bytes is longer than " + MAX_REASON_BYTES);
    }
    return log.append(ControlEvent.kick(target, reason));
  }

  void close() {
    log.close();
  }

  /** Does to the connections of this server what stands in the log. */
  private final class Enforcement implements ControlLog.Listener {

    @Override
    public void happened(ControlEvent event) {
      for (Session session : ready()) {
        sendAway(session, event, reason(event));
        if (event.kind() == ControlEvent.Kind.PERMISSIONS) {
          session.reconsider(resource -> event.target().concerns(session.caller(), resource));
        }
      }
    }

    @Override
    public void began(List<ControlEvent> before) {
      for (Session session : ready()) {
        // who was sent away at some time may be here rightly, and may come back if that is so
        before.forEach(event -> sendAway(session, event, Session.RESTART));
        session.reconsider(resource -> true);
      }
    }

    @Override
    public void lost() {
      ready().forEach(session -> session.close(Session.RESTART));
    }

    private List<Session> ready() {
      return sessions.all().stream().filter(Session::isReady).toList();
    }
  }
}
