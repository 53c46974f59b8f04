package dev.collab.server.presence;

import dev.collab.document.DocumentId;
import dev.collab.presence.Showing;
import dev.collab.server.log.LogHosts;
import dev.collab.server.runtime.ServerContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The channels that somebody of this server uses.
 *
 * <p>Thread-safe.
 */
public final class PresenceChannels {

  private final ServerContext context;
  private final LogHosts<DocumentId, ?> hosts;
  private final NodeLease lease;
  private final Map<String, PresenceChannel> channels = new ConcurrentHashMap<>();

  /**
   * Creates the empty set.
   *
   * @param context what the parts of the server share
   * @param hosts where the documents' hosts are found
   */
  public PresenceChannels(ServerContext context, LogHosts<DocumentId, ?> hosts) {
    this.context = context;
    this.hosts = hosts;
    this.lease = new NodeLease(context);
  }

  /** Uses a channel, made if there is none, until one takes the use. */
  void use(String name, Predicate<PresenceChannel> use) {
    PresenceChannel channel;
    do {
      PresenceChannel made =
          new PresenceChannel(
              name, context, hosts, lease, unused -> channels.remove(unused.name(), unused));
      PresenceChannel known = channels.putIfAbsent(name, made);
      if (known == null) {
        made.open();
      }
      channel = known == null ? made : known;
    } while (!use.test(channel));
  }

  /** Returns the number of the next thing that a client of this server shows. */
  long nextNumber() {
    return lease.nextNumber();
  }

  /** Returns through whom a client shows it that connected to this server at a time. */
  Showing showing(Instant openedAt, long number) {
    return new Showing(
        lease.holder(), Instant.ofEpochMilli(Math.max(0, openedAt.toEpochMilli())), number);
  }

  /** Returns a channel that somebody uses. */
  Optional<PresenceChannel> existing(String name) {
    return Optional.ofNullable(channels.get(name));
  }

  /** Returns how many channels somebody of this server uses. */
  public int size() {
    return channels.size();
  }

  /** Stops; what is shown here is gone for the other servers. */
  public void close() {
    channels.values().forEach(PresenceChannel::close);
    channels.clear();
    lease.close();
  }
}
