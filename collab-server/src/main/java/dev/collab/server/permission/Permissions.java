package dev.collab.server.permission;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Resource;
import dev.collab.server.session.Session;
import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one client may do. The policy is asked once for a resource, and again when its answer may be
 * another one. Of a change the {@link Holder}s hear first; the client is told when nothing goes on
 * any more that was begun before, so that behind the notice nothing happens that it does not
 * permit.
 *
 * <p>Thread-safe: what is known is kept under a lock, which is never held while anybody is called.
 */
public final class Permissions {

  private static final Logger LOGGER = System.getLogger(Permissions.class.getName());

  /** How many resources are remembered beside those that the client uses. */
  static final int KEPT = 1_024;

  private static final int FORGOTTEN = 16;

  /** How long the policy may take. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;
  private final AccessPolicy policy;
  private final Scheduler scheduler;
  private final List<Holder> holders = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private final Map<Resource, Held> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates what is known of a new client: nothing.
   *
   * @param session the client's session
   * @param policy says what it may do
   * @param scheduler ends the wait for an answer
   */
  public Permissions(Session session, AccessPolicy policy, Scheduler scheduler) {
    this.session = session;
    this.policy = policy;
    this.scheduler = scheduler;
  }

  /** What is told to a client that may not do what it asks for. */
  public static WireError forbidden() {
    return new WireError(ErrorCodes.FORBIDDEN, "the user may not do this");
  }

  /** Lets somebody hear of changes. */
  public void add(Holder holder) {
    holders.add(holder);
  }

  /**
   * Finds out what the policy lets the client do with a resource.
   *
   * @return completes with the policy's newest answer; fails if it has none, or takes too long
   */
  CompletionStage<Permission> of(Resource resource) {
    CompletableFuture<Permission> waiting;
    int question;
    boolean tooMany;
    synchronized (lock) {
      Held held = held(resource);
      Permission answer = held.answer();
      if (answer != null) {
        return CompletableFuture.completedStage(answer);
      }
      waiting = held.asking();
      if (waiting != null) {
        return waiting;
      }
      question = held.ask();
      waiting = held.asking();
      tooMany = known.size() > KEPT;
    }
    if (tooMany) {
      forgetSome();
    }
    ask(resource, question);
    return requireNonNull(waiting);
  }

  private Held held(Resource resource) {
    return known.computeIfAbsent(resource, missing -> new Held());
  }

  /** Forgets some of what was not used for longest. */
  private void forgetSome() {
    List<Resource> candidates;
    synchronized (lock) {
      candidates =
          known.entrySet().stream()
              .filter(entry -> entry.getValue().isIdle())
              .limit(FORGOTTEN)
              .map(Map.Entry::getKey)
              .toList();
    }
    List<Resource> unused = candidates.stream().filter(resource -> !isHeld(resource)).toList();
    synchronized (lock) {
      unused.forEach(resource -> known.computeIfPresent(resource, (key, held) -> idle(held)));
    }
  }

  private static @Nullable Held idle(Held held) {
    return held.isIdle() ? null : held;
  }

  private boolean isHeld(Resource resource) {
    return holders.stream().anyMatch(holder -> holder.holds(resource));
  }

  private void ask(Resource resource, int question) {
    asked(resource)
        .whenComplete((permission, failure) -> answered(resource, question, permission, failure));
    boolean waits;
    synchronized (lock) {
      Held held = known.get(resource);
      waits = held != null && held.isAsked(question);
    }
    if (waits) {
      scheduler.schedule(
          PATIENCE,
          () -> answered(resource, question, null, new TimeoutException("no answer in time")));
    }
  }

  private CompletionStage<Permission> asked(Resource resource) {
    try {
      return requireNonNull(policy.permission(session.caller(), resource), "no answer");
    } catch (RuntimeException | Error e) { // of the application
      return CompletableFuture.failedStage(e);
    }
  }

  private void answered(
      Resource resource,
      int question,
      @Nullable Permission permission,
      @Nullable Throwable failure) {
    CompletableFuture<Permission> waiting;
    synchronized (lock) {
      Held held = known.get(resource);
      waiting = held == null ? null : held.answered(question, permission);
    }
    if (waiting == null) {
      return;
    }
    if (permission != null) {
      settle(resource);
      waiting.complete(permission);
      return;
    }
    LOGGER.log(Level.WARNING, "it is not known what a client may do", failure);
    if (isHeld(resource)) {
      session.close(Session.RESTART); // it goes on when somebody can say whether it may
    }
    waiting.completeExceptionally(
        failure == null ? new NullPointerException("an answer of null") : failure);
  }

  /** Asks again: now about what the client uses, and about the rest when it is next used. */
  void askAgain(Predicate<Resource> concerned) {
    List<Resource> again;
    synchronized (lock) {
      again = known.keySet().stream().filter(concerned).toList();
    }
    for (Resource resource : again) {
      boolean isHeld = isHeld(resource);
      int question = 0;
      synchronized (lock) {
        Held held = held(resource);
        if (isHeld || !held.isIdle()) {
          question = held.ask();
        } else {
          held.expire();
        }
      }
      if (question > 0) {
        ask(resource, question);
      }
    }
  }

  /** Lets the client do no more with a resource than that, whatever the policy says. */
  void limit(Resource resource, Permission most) {
    synchronized (lock) {
      held(resource).limit(most);
    }
    settle(resource);
  }

  /** Tells the holders of a change, and then the client. */
  private void settle(Resource resource) {
    synchronized (lock) {
      if (!held(resource).beginSettling()) {
        return;
      }
    }
    for (Permission now = unsettled(resource); now != null; now = unsettled(resource)) {
      AtomicInteger missing = new AtomicInteger(holders.size() + 1);
      Runnable ended =
          () -> {
            if (missing.decrementAndGet() == 0) {
              leave(resource);
            }
          };
      for (Holder holder : holders) {
        holder.changed(resource, now, ended);
      }
      ended.run();
    }
  }

  private @Nullable Permission unsettled(Resource resource) {
    synchronized (lock) {
      return held(resource).nextToSettle();
    }
  }

  /** Returns the policy's answer if it is known, and need not be asked for again. */
  @Nullable Permission answer(Resource resource) {
    synchronized (lock) {
      Held held = known.get(resource);
      return held == null ? null : held.answer();
    }
  }

  /** Tells whether the client may do something, by all that is known. */
  public boolean allows(Resource resource, Permission needed) {
    synchronized (lock) {
      Held held = known.get(resource);
      return held != null && held.allows(needed);
    }
  }

  /**
   * Begins something that is over before the client is told of a change.
   *
   * @return false if the client may not do it; then there is nothing to {@link #leave}
   */
  public boolean enter(Resource resource, Permission needed) {
    synchronized (lock) {
      Held held = known.get(resource);
      if (held == null || !held.allows(needed)) {
        return false;
      }
      held.use();
      return true;
    }
  }

  /** Ends what was entered. */
  public void leave(Resource resource) {
    synchronized (lock) {
      held(resource).unuse();
    }
    tell(resource);
  }

  /**
   * Tells whether the client may do something that a holder has begun to go on with.
   *
   * @return false if it may not, so that the holder has to end it
   */
  public boolean keeps(Resource resource, Permission needed) {
    int question = 0;
    synchronized (lock) {
      Held held = known.get(resource);
      if (held == null || !held.allows(needed)) {
        return false;
      }
      if (held.isStale()) {
        question = held.ask(); // nothing was held when it was to be asked again
      }
    }
    if (question > 0) {
      ask(resource, question);
    }
    return true;
  }

  /** Tells the client what it may do with a resource, and again whenever that changes. */
  public void watch(Resource resource) {
    synchronized (lock) {
      held(resource).watch();
    }
    tell(resource);
  }

  /** Tells the client no more. */
  public void unwatch(Resource resource) {
    synchronized (lock) {
      Held held = known.get(resource);
      if (held != null) {
        held.unwatch();
      }
    }
  }

  private void tell(Resource resource) {
    for (Permission news = news(resource); news != null; news = news(resource)) {
      send(resource, news);
      synchronized (lock) {
        held(resource).wasTold();
      }
    }
  }

  private @Nullable Permission news(Resource resource) {
    synchronized (lock) {
      return held(resource).toTell();
    }
  }

  private void send(Resource resource, Permission permission) {
    if (!session.isExtended()) {
      return;
    }
    switch (resource.kind()) {
      case DOCUMENT -> {
        var id = ((Resource.Document) resource).id();
        session.send(new ServerMessage.Access(id.collection(), id.id(), permission));
      }
      case ROOM ->
          session.send(new ChatNotice.Access(((Resource.Room) resource).name(), permission));
      case CHANNEL -> {} // the protocol has no word for it
    }
  }
}
