package dev.collab.server.log;

import dev.collab.server.runtime.ServerContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Where the hosts of logs are found. A log has one host at a time.
 *
 * <p>Thread-safe.
 *
 * @param <K> names a log
 * @param <A> the audience of a log
 */
public final class LogHosts<K, A extends Audience> {

  private final ServerContext context;
  private final Function<K, ServedLog<A>> serve;
  private final Map<K, LogHost<A>> hosts = new ConcurrentHashMap<>();
  private final Residents residents;
  private volatile boolean closed;

  /**
   * Creates a directory without hosts.
   *
   * @param context what the parts of the server share
   * @param serve tells what is served under a name, each time a host is made
   */
  public LogHosts(ServerContext context, Function<K, ServedLog<A>> serve) {
    this.context = context;
    this.serve = serve;
    this.residents = new Residents(context.loading());
  }

  /** Returns the log's host, made if there is none. */
  public LogHost<A> host(K id) {
    LogHost<A> host = hosts.computeIfAbsent(id, this::open);
    if (closed) {
      host.close();
    }
    return host;
  }

  private LogHost<A> open(K id) {
    return new LogHost<>(
        serve.apply(id),
        context,
        residents,
        new LogHost.Succession<>() {
          @Override
          public LogHost<A> next() {
            return host(id);
          }

          @Override
          public void retired(LogHost<A> host) {
            hosts.remove(id, host);
          }
        });
  }

  /** Returns the log's host if there is one. */
  public Optional<LogHost<A>> existing(K id) {
    return Optional.ofNullable(hosts.get(id));
  }

  /** Returns how many hosts there are. */
  public int size() {
    return hosts.size();
  }

  /** Hands every host that there is to a visitor, with what names its log. */
  public void forEach(BiConsumer<K, LogHost<A>> visitor) {
    hosts.forEach(visitor);
  }

  /** Closes all hosts; those that are still asked for answer with errors. */
  public void close() {
    closed = true;
    hosts.values().forEach(LogHost::close);
  }
}
