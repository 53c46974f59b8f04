package dev.collab.server.presence;

import dev.collab.document.ClientId;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.presence.Presence;
import dev.collab.presence.PresenceId;
import dev.collab.presence.PresenceTracker;
import dev.collab.presence.PresenceTracker.Outcome;
import dev.collab.presence.Status;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceState;
import dev.collab.protocol.ProtocolException;
import dev.collab.server.log.LogHosts;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.runtime.ServerContext;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
  private final SharedPresence shared;
  private final Consumer<PresenceChannel> whenUnused;
  private final Object lock = new Object();
  private final PresenceTracker tracker;
  private final Map<PresenceId, PresenceRecord> records = new LinkedHashMap<>();
  private final Map<PresenceId, PresenceSession> local = new HashMap<>();
  private final Map<PresenceId, Status> told = new HashMap<>();
  private final Set<PresenceSession> subscribers = new LinkedHashSet<>();
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
    this.whenUnused = whenUnused;
    this.shared = new SharedPresence(name, context, lease, this);
    this.tracker = new PresenceTracker(context.presence().lease().multipliedBy(4));
  }

  void open() {
    shared.open();
    sweepLater();
  }

  String name() {
    return name;
  }

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
      subscribers.add(session);
    }
    forwardAll(() -> answer.accept(states(session)));
    return true;
  }

  private List<PresenceState> states(PresenceSession reader) {
    Instant now = context.clock().instant();
    List<PresenceState> states = new ArrayList<>();
    synchronized (lock) {
      for (PresenceRecord record : records.values()) {
        if (local.get(record.id()) != reader) {
          states.add(PresenceFrames.state(name, record, now, context.presence()));
        }
      }
    }
    return states;
  }

  /** Shows a session presences once more, which it may have missed. */
  void repeat(PresenceSession reader, Set<PresenceId> ids) {
    forwardAll(
        () -> {
          for (PresenceState state : states(reader)) {
            if (ids.contains(new PresenceId(state.source(), state.id())) && hears(reader)) {
              reader.deliver(state, new PresenceFrames(state), false);
            }
          }
        });
  }

  private boolean hears(PresenceSession session) {
    synchronized (lock) {
      return subscribers.contains(session);
    }
  }

  boolean isShownBy(PresenceSession session, PresenceId id) {
    synchronized (lock) {
      return local.get(id) == session;
    }
  }

  void unsubscribe(PresenceSession session) {
    synchronized (lock) {
      subscribers.remove(session);
    }
    retireIfUnused();
  }

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
      take(submission, moved(submission.record(), document));
    } catch (ProtocolException e) {
      submission.refused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static PresenceRecord moved(PresenceRecord record, Document document) {
    PresenceBase base = record.base();
    if (base == null) {
      return record;
    }
    Presence presence = record.presence();
    JsonValue value =
        Forwarding.forward(
            document,
            base,
            presence == null ? JsonValue.NULL : presence.value(),
            record.id().source());
    PresenceBase now =
        new PresenceBase(base.collection(), base.document(), document.revision(), base.type());
    return presence == null || value == JsonValue.NULL
        ? PresenceRecord.gone(record.id(), record.version(), now)
        : PresenceRecord.shown(presence.at(document.revision(), value), now);
  }

  private void take(Submission submission, PresenceRecord record) {
    Outcome outcome;
    synchronized (lock) {
      outcome = note(record);
      if (outcome == Outcome.CHANGED && record.presence() != null) {
        local.put(record.id(), submission.session());
      }
    }
    if (outcome == Outcome.NOT_OWNED) {
      submission.refused(ErrorCodes.PRESENCE_NOT_OWNED, "the id is another client's");
      return;
    }
    Instant now = context.clock().instant();
    PresenceState state = PresenceFrames.state(name, record, now, context.presence());
    if (outcome == Outcome.CHANGED) {
      deliver(state, Optional.of(submission.session()), false);
      share(record);
      tell(
          record,
          record.presence() == null
              ? PresenceChanged.Change.REMOVED
              : PresenceChanged.Change.UPDATED);
    }
    submission.accepted(state);
    if (submission.session().isClosed()) {
      closed(submission.session()); // it ended while this was under way
    }
  }

  private void tell(PresenceRecord record, PresenceChanged.Change change) {
    ClientId owner = new ClientId(record.id().source());
    context.observers().presenceChanged(new PresenceChanged(name, owner, change));
  }

  private void share(PresenceRecord record) {
    if (record.presence() == null) {
      shared.hide(record);
    } else {
      shared.show(record);
    }
  }

  /** Notes what is shown. Called under the lock. */
  private Outcome note(PresenceRecord record) {
    Presence presence = record.presence();
    Instant now = context.clock().instant();
    Outcome outcome =
        presence == null
            ? tracker.remove(record.id(), record.version(), now)
            : tracker.update(presence);
    if (outcome == Outcome.CHANGED) {
      if (presence == null) {
        records.remove(record.id());
        local.remove(record.id());
        told.remove(record.id());
      } else {
        records.put(record.id(), record);
        told.put(record.id(), PresenceFrames.status(presence, now, context.presence()));
      }
    }
    return outcome;
  }

  @Override
  public void changed(PresenceRecord record) {
    PresenceBase base = record.base();
    if (base == null || record.presence() == null) {
      takeRemote(record);
      return;
    }
    hosts
        .host(new DocumentId(base.collection(), base.document()))
        .look(
            base.version(),
            document -> {
              try {
                takeRemote(moved(record, document));
              } catch (ProtocolException e) {
                takeRemote(PresenceRecord.gone(record.id(), record.version(), base));
              }
            },
            error -> {});
  }

  @Override
  public void vanished(PresenceRecord record) {
    PresenceRecord end = PresenceRecord.gone(record.id(), record.version(), record.base());
    synchronized (lock) {
      if (retired || local.containsKey(record.id()) || records.remove(record.id()) == null) {
        return;
      }
      tracker.forget(record.id());
      told.remove(record.id());
    }
    Instant now = context.clock().instant();
    deliver(PresenceFrames.state(name, end, now, context.presence()), Optional.empty(), false);
  }

  private void takeRemote(PresenceRecord record) {
    boolean known;
    Outcome outcome;
    synchronized (lock) {
      if (retired || local.containsKey(record.id())) {
        return;
      }
      known = records.containsKey(record.id());
      outcome = note(record);
    }
    if (outcome == Outcome.CHANGED && (known || record.presence() != null)) {
      Instant now = context.clock().instant();
      deliver(PresenceFrames.state(name, record, now, context.presence()), Optional.empty(), false);
    }
  }

  private void deliver(PresenceState state, Optional<PresenceSession> origin, boolean status) {
    PresenceFrames frames = new PresenceFrames(state);
    List<PresenceSession> audience;
    synchronized (lock) {
      audience = List.copyOf(subscribers);
    }
    for (PresenceSession session : audience) {
      if (origin.isEmpty() || origin.get() != session) {
        session.deliver(state, frames, status);
      }
    }
  }

  /** A session has ended: what it shows here is gone. */
  void closed(PresenceSession session) {
    synchronized (lock) {
      subscribers.remove(session);
    }
    end(session, PresenceChanged.Change.REMOVED);
    retireIfUnused();
  }

  private void end(PresenceSession session, PresenceChanged.Change change) {
    List<PresenceRecord> gone = new ArrayList<>();
    synchronized (lock) {
      List<PresenceId> shown =
          local.entrySet().stream()
              .filter(entry -> entry.getValue() == session)
              .map(Map.Entry::getKey)
              .toList();
      for (PresenceId id : shown) {
        PresenceRecord record = records.get(id);
        if (record != null) {
          PresenceRecord end = PresenceRecord.gone(id, record.version(), record.base());
          note(end);
          gone.add(end);
        }
      }
    }
    for (PresenceRecord end : gone) {
      deliver(ended(end), Optional.of(session), false);
      shared.hide(end);
      tell(end, change);
    }
  }

  /** A client takes the end for newer than what it knows. */
  private PresenceState ended(PresenceRecord end) {
    Instant now = context.clock().instant();
    return PresenceFrames.state(
        name,
        PresenceRecord.gone(end.id(), end.version() + 1, end.base()),
        now,
        context.presence());
  }

  private void sweepLater() {
    Duration lease = context.presence().lease();
    Duration idle = context.presence().idleAfter();
    Duration shorter = lease.compareTo(idle) < 0 ? lease : idle;
    context.scheduler().schedule(shorter.dividedBy(3), () -> context.pool().execute(this::sweep));
  }

  /** Looks who is still there and what they do, and whether the others show something else. */
  private void sweep() {
    synchronized (lock) {
      if (retired) {
        return;
      }
    }
    Instant now = context.clock().instant();
    Duration lease = context.presence().lease();
    for (PresenceSession session : owners()) {
      Duration silence = Duration.between(session.lastFrame(), now);
      if (silence.compareTo(lease) >= 0) {
        end(session, PresenceChanged.Change.EXPIRED);
        session.endIfSilent();
      } else if (silence.compareTo(lease.dividedBy(2)) >= 0) {
        session.ask(name);
      }
    }
    for (PresenceRecord record : changedStatus(now)) {
      deliver(PresenceFrames.state(name, record, now, context.presence()), Optional.empty(), true);
    }
    shared.read();
    forwardAll(() -> {});
    sweepLater();
    retireIfUnused();
  }

  private Collection<PresenceSession> owners() {
    synchronized (lock) {
      return new LinkedHashSet<>(local.values());
    }
  }

  /** Brings the users' activity up to date; returns those whose status is another one now. */
  private List<PresenceRecord> changedStatus(Instant now) {
    List<PresenceRecord> changed = new ArrayList<>();
    synchronized (lock) {
      for (PresenceRecord record : List.copyOf(records.values())) {
        PresenceRecord current = record;
        PresenceSession owner = local.get(record.id());
        Presence presence = record.presence();
        if (presence == null) {
          continue;
        }
        if (owner != null && owner.lastActive().isAfter(presence.lastActive())) {
          presence = presence.active(owner.lastActive());
          current = PresenceRecord.shown(presence, record.base());
          tracker.update(presence);
          records.put(record.id(), current);
          shared.show(current);
        }
        Status status = PresenceFrames.status(presence, now, context.presence());
        if (told.put(record.id(), status) != status) {
          changed.add(current);
        }
      }
    }
    return changed;
  }

  /** Moves what is shown in documents to their newest revisions, one document after the other. */
  private void forwardAll(Runnable then) {
    Set<DocumentId> documents = new LinkedHashSet<>();
    synchronized (lock) {
      for (PresenceRecord record : records.values()) {
        PresenceBase base = record.base();
        if (base != null) {
          documents.add(new DocumentId(base.collection(), base.document()));
        }
      }
    }
    forward(new ArrayList<>(documents), then);
  }

  private void forward(List<DocumentId> documents, Runnable then) {
    if (documents.isEmpty()) {
      then.run();
      return;
    }
    DocumentId id = documents.remove(0);
    hosts
        .host(id)
        .look(
            0,
            document -> {
              forwardIn(id, document);
              forward(documents, then);
            },
            error -> forward(documents, then));
  }

  private void forwardIn(DocumentId id, Document document) {
    synchronized (lock) {
      for (PresenceRecord record : List.copyOf(records.values())) {
        PresenceBase base = record.base();
        if (base != null
            && id.equals(new DocumentId(base.collection(), base.document()))
            && base.version() <= document.revision()
            && base.version() >= document.base()) {
          note(moved(record, document));
        }
      }
    }
  }

  private void retireIfUnused() {
    synchronized (lock) {
      if (retired || !subscribers.isEmpty() || !local.isEmpty()) {
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
