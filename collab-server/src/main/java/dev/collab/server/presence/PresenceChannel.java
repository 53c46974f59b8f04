package dev.collab.server.presence;

import dev.collab.document.ClientId;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.presence.PresenceId;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.ProtocolException;
import dev.collab.server.log.LogHosts;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.runtime.ServerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One channel: who hears of it here, and what is shown in it, here and by other servers.
 *
 * <p>What is shown in a document is moved to the document's newest revision on the executor of the
 * document's host, and sent from there, so that a client hears of it in order with the document's
 * entries. A presence that is known already is moved again when somebody new asks for it, and now
 * and then.
 *
 * <p>Thread-safe: what is known is kept under a lock, which is never held while anything is sent.
 */
final class PresenceChannel implements SharedPresence.Listener {

  private final String name;
  private final ServerContext context;
  private final LogHosts<DocumentId, ?> hosts;
  private final NodeLease lease;
  private final PresencePace pace;
  private final SharedPresence shared;
  private final Consumer<PresenceChannel> whenUnused;
  private final PresenceReaders readers = new PresenceReaders();
  private final Object lock = new Object();
  private final Attendance attendance;
  private boolean retired;

  PresenceChannel(
      String name,
      ServerContext context,
      LogHosts<DocumentId, ?> hosts,
      NodeLease lease,
      Consumer<PresenceChannel> whenUnused) {
    this.name = name;
    this.context = context;
    this.hosts = hosts;
    this.lease = lease;
    this.whenUnused = whenUnused;
    this.pace = PresencePace.of(context.presence());
    this.shared = new SharedPresence(name, context, lease, this);
    this.attendance = new Attendance(lease.holder(), pace);
  }

  void open() {
    shared.open();
    sweepLater();
  }

  String name() {
    return name;
  }

  // Those who hear of it.

  /**
   * Lets a session hear of the channel.
   *
   * @param answer is given what is shown now
   * @return false if the channel is given up; there is another one then
   */
  boolean subscribe(PresenceSession session, Consumer<List<PresenceState>> answer) {
    synchronized (lock) {
      if (retired) {
        return false;
      }
      readers.add(session);
    }
    forwardAll(
        () -> {
          synchronized (lock) {
            List<PresenceState> states = states(session);
            readers.then(() -> answer.accept(states));
          }
          readers.flush();
        });
    return true;
  }

  private List<PresenceState> states(PresenceSession reader) {
    Instant now = context.clock().instant();
    return attendance.visible().stream()
        .filter(record -> !reader.isSource(record.id().source()))
        .map(record -> state(record, now))
        .toList();
  }

  private PresenceState state(PresenceRecord record, Instant now) {
    return PresenceFrames.state(name, record, now, context.presence());
  }

  /** Shows a session presences once more, which it may have missed. */
  void repeat(PresenceSession reader, Predicate<PresenceId> which) {
    forwardAll(
        () -> {
          synchronized (lock) {
            for (PresenceState state : states(reader)) {
              if (which.test(new PresenceId(state.source(), state.id()))) {
                readers.then(() -> repeat(reader, state));
              }
            }
          }
          readers.flush();
        });
  }

  private void repeat(PresenceSession reader, PresenceState state) {
    if (readers.contains(reader)) {
      reader.deliver(state, new PresenceFrames(state), false);
    }
  }

  void unsubscribe(PresenceSession session) {
    readers.remove(session);
    retireIfUnused();
  }

  // What is shown here.

  /** What a session wants to show, and how it is answered. */
  interface Submission {

    /** Returns who shows it. */
    PresenceSession session();

    /** Returns what is shown, at the revision that the client had. */
    PresenceRecord record();

    /** It is shown. */
    void accepted(PresenceState state);

    /** It is not shown. */
    void refused(String code, String message);
  }

  /**
   * Shows something, or nothing any more.
   *
   * @return false if the channel is given up; there is another one then
   */
  boolean submit(Submission submission) {
    synchronized (lock) {
      if (retired) {
        return false;
      }
    }
    PresenceRecord record = submission.record();
    PresenceBase base = record.base();
    if (base == null) {
      take(submission, record);
    } else {
      hosts
          .host(new DocumentId(base.collection(), base.document()))
          .look(
              base.version(),
              document -> forward(submission, document),
              error -> submission.refused(error.code(), error.message()));
    }
    return true;
  }

  private void forward(Submission submission, Document document) {
    try {
      take(submission, Forwarding.forward(document, submission.record()));
    } catch (ProtocolException e) {
      submission.refused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void take(Submission submission, PresenceRecord record) {
    PresenceSession session = submission.session();
    Instant now = context.clock().instant();
    boolean owned;
    boolean taken = false;
    synchronized (lock) {
      owned = !attendance.isAnothers(record.id());
      if (owned) {
        List<PresenceRecord> changes = attendance.submit(record, session, now);
        taken = changes != null;
        announce(changes, session, now);
        if (taken) {
          readers.then(() -> shared.tell(record));
        }
      }
    }
    readers.flush();
    if (!owned) {
      end(session, Optional.of(record.id()), PresenceChanged.Change.REMOVED);
      submission.refused(ErrorCodes.PRESENCE_NOT_OWNED, "the id is another client's");
      return;
    }
    if (taken) {
      observe(
          record,
          record.isGone() ? PresenceChanged.Change.REMOVED : PresenceChanged.Change.UPDATED);
    }
    submission.accepted(state(record, now));
    if (session.isClosed()) {
      closed(session); // it ended while this was under way
    }
  }

  /** Queues what readers are to be told. Called under the lock. */
  private void announce(
      @Nullable List<PresenceRecord> changes, @Nullable PresenceSession origin, Instant now) {
    if (changes != null) {
      changes.forEach(record -> readers.tell(state(record, now), origin, false));
    }
  }

  private void observe(PresenceRecord record, PresenceChanged.Change change) {
    ClientId owner = new ClientId(record.id().source());
    context.observers().presenceChanged(new PresenceChanged(name, owner, change));
  }

  boolean isShownBy(PresenceSession session, PresenceId id) {
    synchronized (lock) {
      return attendance.isShownBy(session, id);
    }
  }

  /** A session has ended: what it shows here is gone. */
  void closed(PresenceSession session) {
    readers.remove(session);
    end(session, Optional.empty(), PresenceChanged.Change.REMOVED);
    retireIfUnused();
  }

  /** Ends one presence of a session, or all of them. */
  private void end(
      PresenceSession session, Optional<PresenceId> one, PresenceChanged.Change change) {
    List<PresenceRecord> ends;
    synchronized (lock) {
      ends =
          one.isPresent()
              ? attendance.endOf(one.get(), session, lease::nextNumber).stream().toList()
              : attendance.endsOf(session, lease::nextNumber);
      note(ends, session);
    }
    readers.flush();
    ends.forEach(end -> observe(end, change));
  }

  /** Notes what has become of presences, and tells everybody. Called under the lock. */
  private void note(List<PresenceRecord> records, @Nullable PresenceSession origin) {
    Instant now = context.clock().instant();
    for (PresenceRecord record : records) {
      announce(attendance.note(record, now), origin, now);
      if (record.showing().holder().equals(lease.holder())) {
        readers.then(() -> shared.tell(record));
      }
    }
  }

  // What other servers tell of.

  @Override
  public void changed(PresenceRecord record) {
    synchronized (lock) {
      attendance.expect(record);
    }
    PresenceBase base = record.base();
    if (base == null || record.isGone()) {
      takeRemote(record, record);
      return;
    }
    hosts
        .host(new DocumentId(base.collection(), base.document()))
        .look(
            base.version(),
            document -> takeRemote(record, movedRemote(record, document)),
            error -> shared.missed(record));
  }

  private static PresenceRecord movedRemote(PresenceRecord record, Document document) {
    try {
      return Forwarding.forward(document, record);
    } catch (ProtocolException e) {
      return record.ended();
    }
  }

  private void takeRemote(PresenceRecord told, PresenceRecord moved) {
    synchronized (lock) {
      if (retired || !attendance.arrives(told)) {
        return;
      }
      Instant now = context.clock().instant();
      announce(attendance.note(moved, now), null, now);
    }
    readers.flush();
  }

  @Override
  public void vanished(PresenceRecord record) {
    synchronized (lock) {
      Instant now = context.clock().instant();
      announce(attendance.vanished(record, now), null, now);
    }
    readers.flush();
  }

  // What happens now and then.

  /** Looks again after the usual time, or as soon as somebody has been silent for too long. */
  private void sweepLater() {
    Instant now = context.clock().instant();
    Duration wait = pace.interval();
    for (PresenceSession session : owners()) {
      Duration left = Duration.between(now, session.lastFrame().plus(pace.silence()));
      wait = left.isNegative() || left.compareTo(wait) > 0 ? wait : left;
    }
    context.scheduler().schedule(wait, () -> context.pool().execute(this::sweep));
  }

  private Collection<PresenceSession> owners() {
    synchronized (lock) {
      return attendance.owners();
    }
  }

  /** Looks who is still there and what they do, and whether the others show something else. */
  private void sweep() {
    synchronized (lock) {
      if (retired) {
        return;
      }
    }
    Instant now = context.clock().instant();
    for (PresenceSession session : owners()) {
      Duration silence = Duration.between(session.lastFrame(), now);
      if (silence.compareTo(pace.silence()) >= 0) {
        end(session, Optional.empty(), PresenceChanged.Change.EXPIRED);
        session.endIfSilent();
      } else if (silence.compareTo(pace.askAfter()) >= 0) {
        session.ask(name);
      }
    }
    synchronized (lock) {
      note(attendance.active(lease::nextNumber), null);
      for (PresenceRecord record : attendance.changedStatus(now)) {
        readers.tell(state(record, now), null, true);
      }
    }
    readers.flush();
    shared.read();
    forwardAll(() -> {});
    sweepLater();
    retireIfUnused();
  }

  /** Moves what is shown in documents to their newest revisions, one document after the other. */
  private void forwardAll(Runnable then) {
    Set<DocumentId> documents = new LinkedHashSet<>();
    synchronized (lock) {
      attendance.told().forEach(record -> record.document().ifPresent(documents::add));
    }
    Forwarding.each(hosts, new ArrayDeque<>(documents), this::forwardIn, then);
  }

  private void forwardIn(DocumentId id, Document document) {
    synchronized (lock) {
      note(
          attendance.move(
              record ->
                  record.document().filter(id::equals).isPresent()
                          && Forwarding.isWithin(document, record)
                      ? forward(document, record)
                      : record),
          null);
    }
    readers.flush();
  }

  private PresenceRecord forward(Document document, PresenceRecord record) {
    if (Forwarding.passesOwnEdit(document, record)) {
      attendance.edited(record.id());
    }
    return Forwarding.forward(document, record);
  }

  private void retireIfUnused() {
    synchronized (lock) {
      if (retired || !readers.isEmpty() || !attendance.isUnused() || !shared.isCleared()) {
        return;
      }
      retired = true;
    }
    whenUnused.accept(this);
    shared.close();
  }

  void close() {
    synchronized (lock) {
      retired = true;
    }
    shared.close();
  }
}
