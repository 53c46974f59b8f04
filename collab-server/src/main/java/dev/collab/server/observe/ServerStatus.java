package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server does at one time: its gauges, and some of its documents and connections. What is
 * told of a document is as of the end of its last turn on the executor.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ServerStatus {

  private final Instant at;
  private final ServerGauges gauges;
  private final List<DocumentStatus> documents;
  private final List<ConnectionStatus> connections;
  private final @Nullable StatusRequest next;

  private ServerStatus(
      Instant at,
      ServerGauges gauges,
      List<DocumentStatus> documents,
      List<ConnectionStatus> connections,
      @Nullable StatusRequest next) {
    this.at = requireNonNull(at, "at");
    this.gauges = requireNonNull(gauges, "gauges");
    this.documents = List.copyOf(documents);
    this.connections = List.copyOf(connections);
    this.next = next;
  }

  /**
   * Returns a status behind which there is no more.
   *
   * @param at the time by the server's clock
   * @param gauges the numbers
   * @param documents the documents asked for; copied
   * @param connections the connections asked for; copied
   * @return the status
   */
  public static ServerStatus of(
      Instant at,
      ServerGauges gauges,
      List<DocumentStatus> documents,
      List<ConnectionStatus> connections) {
    return new ServerStatus(at, gauges, documents, connections, null);
  }

  /**
   * Returns the same status, behind which there is more.
   *
   * @param request what to ask for to get it
   * @return the status
   */
  public ServerStatus withNext(StatusRequest request) {
    return new ServerStatus(at, gauges, documents, connections, requireNonNull(request, "request"));
  }

  /**
   * Returns when this was so.
   *
   * @return the time by the server's clock
   */
  public Instant at() {
    return at;
  }

  /**
   * Returns the numbers of the whole server.
   *
   * @return the gauges
   */
  public ServerGauges gauges() {
    return gauges;
  }

  /**
   * Returns the documents that were asked for.
   *
   * @return in the order of their collections and ids
   */
  public List<DocumentStatus> documents() {
    return documents;
  }

  /**
   * Returns the connections that were asked for.
   *
   * @return in the order of their numbers
   */
  public List<ConnectionStatus> connections() {
    return connections;
  }

  /**
   * Returns how to go on, if there are more documents or connections.
   *
   * @return the request of what comes next, or empty at the end of both
   */
  public Optional<StatusRequest> next() {
    return Optional.ofNullable(next);
  }
}
