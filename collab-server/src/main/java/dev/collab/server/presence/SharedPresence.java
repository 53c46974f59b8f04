package dev.collab.server.presence;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Subscription;
import dev.collab.operation.CollabException;
import dev.collab.protocol.WireLimits;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.SerialExecutor;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What this server and the others show in one channel. Broadcasts are quick and may be lost; the
 * leases hold what is true, and are read now and then. What this server shows is set under its own
 * lease, so that it is gone with it, and in fields of its own, so that no server ever removes or
 * replaces what another one says.
 *
 * <p>Thread-safe: the methods put a task on a serial executor.
 */
final class SharedPresence {

  private static final Logger LOGGER = System.getLogger(SharedPresence.class.getName());

  private final String key;
  private final ServerContext context;
  private final NodeLease lease;
  private final Listener listener;
  private final PresencePace pace;
  private final SerialExecutor executor;
  private final Retry retry;
  private final Runnable whenTaken = this::setAgain;
  private final Map<String, PresenceRecord> mine = new LinkedHashMap<>();
  private final Set<String> unset = new LinkedHashSet<>();

  /** How much is on its way to be told, and how much is with the coordinator or will be. */
  private final AtomicInteger untold = new AtomicInteger();

  /** The others' presences, and when each was heard of, as a count. */
  private final Map<String, Heard> others = new HashMap<>();

  private @Nullable Subscription subscription;
  private long heard;
  private long sequence;
  private boolean setting;
  private boolean reading;
  private boolean readAgain;
  private boolean closed;

  /**
   * A presence of another server.
   *
   * @param record what is shown
   * @param count how many were heard of before
   * @param at when it was heard of
   * @param wasSet whether it was read, and not only broadcast
   */
  private record Heard(PresenceRecord record, long count, Instant at, boolean wasSet) {}

  /** Is told of what other servers show, in the order in which it is known here. */
  interface Listener {

    /** Another server shows something, or shows it no longer. */
    void changed(PresenceRecord record);

    /** What another server showed is not to be found any more; the same may come back. */
    void vanished(PresenceRecord record);
  }

  SharedPresence(String channel, ServerContext context, NodeLease lease, Listener listener) {
    this.key = LogKeys.presence(channel);
    this.context = context;
    this.lease = lease;
    this.listener = listener;
    this.pace = PresencePace.of(context.presence());
    this.executor = new SerialExecutor(context.pool());
    this.retry = new Retry(context.scheduler(), context.random());
  }

  void open() {
    lease.whenTaken(whenTaken);
    executor.execute(this::subscribe);
  }

  private void subscribe() {
    if (closed) {
      return;
    }
    Calls.attempt(() -> coordinator().broadcasts().subscribe(key, this::heard))
        .whenComplete((opened, failure) -> executor.execute(() -> subscribed(opened)));
  }

  private void subscribed(@Nullable Subscription opened) {
    if (opened == null) {
      retry.failed(() -> executor.execute(this::subscribe));
    } else if (closed) {
      opened.close();
    } else {
      retry.succeeded();
      subscription = opened;
      readNow();
    }
  }

  /** Tells the others of what is shown here, or is gone, unless they were told something newer. */
  void tell(PresenceRecord record) {
    untold.incrementAndGet();
    executor.execute(
        () -> {
          String field = field(record);
          PresenceRecord told = mine.get(field);
          if (!closed && (told == null || told.showing().number() <= record.showing().number())) {
            if (mine.put(field, record) == null) {
              untold.incrementAndGet();
            }
            unset.add(field);
            publish(record);
            set();
          }
          untold.decrementAndGet();
        });
  }

  /**
   * Tells whether nothing that was shown here is left with the coordinator. Whoever gives the
   * channel up earlier leaves behind what nobody takes away any more.
   */
  boolean isCleared() {
    return untold.get() == 0;
  }

  private static String field(PresenceRecord record) {
    return record.showing().holder() + "/" + record.id().source() + "/" + record.id().id();
  }

  private void publish(PresenceRecord record) {
    Calls.attempt(() -> coordinator().broadcasts().publish(key, record.encode()))
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOGGER.log(Level.DEBUG, "a presence was not broadcast: {0}", failure);
              }
            });
  }

  private void setAgain() {
    executor.execute(
        () -> {
          unset.addAll(mine.keySet());
          set();
        });
  }

  /** Sets what is not set yet, one field at a time. */
  private void set() {
    String owner = lease.owner();
    if (setting || closed || unset.isEmpty() || owner == null) {
      return;
    }
    String field = unset.iterator().next();
    unset.remove(field);
    PresenceRecord record = mine.get(field);
    if (record == null) {
      set();
      return;
    }
    setting = true;
    Calls.attempt(
            () ->
                record.isGone()
                    ? coordinator().leases().remove(owner, key, field)
                    : coordinator().leases().put(owner, key, field, record.encode()))
        .whenComplete(
            (done, failure) -> executor.execute(() -> wasSet(owner, field, record, done)));
  }

  private void wasSet(String owner, String field, PresenceRecord record, @Nullable Boolean done) {
    setting = false;
    if (done == null) { // unknown: the newest once more
      unset.add(field);
      retry.failed(() -> executor.execute(this::set));
      return;
    }
    retry.succeeded();
    if (record.isGone()) {
      if (mine.remove(field, record)) {
        untold.decrementAndGet();
      }
    } else if (!done) {
      unset.add(field);
      lease.lost(owner);
    }
    set();
  }

  private void heard(long number, Bytes message) {
    executor.execute(() -> take(number, message));
  }

  private void take(long number, Bytes message) {
    if (closed) {
      return;
    }
    boolean gap = number != sequence + 1;
    sequence = number;
    try {
      take(PresenceRecord.decode(message, WireLimits.DEFAULT), false);
    } catch (CollabException e) {
      LOGGER.log(Level.WARNING, "a broadcast presence cannot be read", e);
    }
    if (gap) {
      readNow();
    }
  }

  private void take(PresenceRecord record, boolean wasSet) {
    String field = field(record);
    Heard known = others.get(field);
    if (record.showing().holder().equals(lease.holder())
        || (known != null && record.showing().number() < known.record().showing().number())) {
      return; // nobody knows better than this server, or it is late
    }
    heard++;
    if (record.isGone()) {
      others.remove(field);
    } else {
      others.put(field, new Heard(record, heard, context.clock().instant(), wasSet));
    }
    listener.changed(record);
  }

  /** What another server shows could not be taken in; the next reading will tell of it again. */
  void missed(PresenceRecord record) {
    executor.execute(
        () -> {
          Heard known = others.get(field(record));
          if (known != null && known.record().equals(record)) {
            others.remove(field(record));
          }
        });
  }

  /** Reads what all servers show. */
  void read() {
    executor.execute(this::readNow);
  }

  private void readNow() {
    if (closed) {
      return;
    }
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    readAgain = false;
    long then = heard;
    Calls.attempt(() -> coordinator().leases().get(key))
        .whenComplete((values, failure) -> executor.execute(() -> wasRead(values, then)));
  }

  /** A failed read says nothing; the next one will. */
  private void wasRead(@Nullable Map<String, Bytes> values, long then) {
    reading = false;
    if (closed) {
      return;
    }
    if (values != null) {
      values.forEach(this::compare);
      List<String> missing = new ArrayList<>();
      others.forEach(
          (field, known) -> {
            if (!values.containsKey(field) && known.count() <= then && isOver(known)) {
              missing.add(field);
            }
          });
      for (String field : missing) {
        Heard known = others.remove(field);
        if (known != null) {
          listener.vanished(known.record());
        }
      }
    }
    if (readAgain) {
      readNow();
    }
  }

  /** What was broadcast a short while ago may not be set yet. */
  private boolean isOver(Heard known) {
    Instant expected = known.at().plus(pace.settingTime());
    return known.wasSet() || context.clock().instant().isAfter(expected);
  }

  private void compare(String field, Bytes value) {
    try {
      PresenceRecord record = PresenceRecord.decode(value, WireLimits.DEFAULT);
      Heard known = others.get(field);
      if (field.equals(field(record)) && (known == null || !known.record().equals(record))) {
        take(record, true);
      } else if (known != null && !known.wasSet()) {
        others.put(field, new Heard(known.record(), known.count(), known.at(), true));
      }
    } catch (CollabException e) {
      LOGGER.log(Level.WARNING, "a stored presence cannot be read", e);
    }
  }

  private Coordinator coordinator() {
    return context.coordinator();
  }

  void close() {
    lease.forget(whenTaken);
    executor.mayEnd();
    executor.execute(
        () -> {
          closed = true;
          if (subscription != null) {
            subscription.close();
          }
        });
  }
}
