package dev.collab.server.control;

import dev.collab.document.ClientId;
import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogHost;
import dev.collab.server.log.LogHosts;
import dev.collab.server.log.LogRequest;
import dev.collab.server.log.ServedLog;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.ServerContext;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is announced to all servers, and how this one follows it: as a log that it hosts like any
 * other, and never gives up. What was missed while the log was out of reach is told afterwards.
 *
 * <p>Thread-safe.
 */
public final class ControlLog {

  /** The position of whoever was here before the log was loaded. */
  public static final long UNKNOWN = -1;

  private static final Duration REOPENING = Duration.ofSeconds(1);

  private final ServerContext context;
  private final Listener listener;
  private final LogHosts<String, ControlAudience> hosts;
  private final ClientId self;
  private final AtomicLong sequence = new AtomicLong();
  private volatile @Nullable ControlState state;
  private volatile boolean closed;

  /**
   * Creates a follower that has not begun to follow.
   *
   * @param context what the parts of the server share
   * @param listener is told of events
   */
  public ControlLog(ServerContext context, Listener listener) {
    this.context = context;
    this.listener = listener;
    OperationTypes types = OperationTypes.of(ControlType.CONTROL);
    DocumentRules rules = DocumentRules.of(types, new StorageCodec(types));
    this.self = new ClientId("server-" + Long.toHexString(context.random().nextLong()));
    this.hosts =
        new LogHosts<>(
            context,
            key -> {
              ControlAudience audience = new ControlAudience(this);
              return new ServedLog<>(key, rules, audience, audience, entry -> false);
            });
  }

  /** Is told what happens, in the order of the log, one after the other. Must not throw. */
  public interface Listener {

    /** Something happened. */
    void happened(ControlEvent event);

    /**
     * The log is followed from now on.
     *
     * @param before what happened at last. It concerns those only who were here already, and of
     *     them nobody knows whether it does
     */
    void began(List<ControlEvent> before);

    /** So much was missed that nobody knows any more what. */
    void lost();
  }

  /** Begins to follow. */
  public void open() {
    host()
        .whenLoaded(
            new LogRequest<>() {
              @Override
              public void run(Loaded<ControlAudience> log) {
                // it stays loaded
              }

              @Override
              public void fail(WireError error) {
                reopen();
              }

              @Override
              public boolean isPatient() {
                return true;
              }
            });
  }

  void reopen() {
    if (!closed) {
      context.scheduler().schedule(REOPENING, this::open);
    }
  }

  private LogHost<ControlAudience> host() {
    return hosts.host(LogKeys.control());
  }

  /**
   * Lets all servers know.
   *
   * @return completes when it stands in the log, and has been told here; fails with a {@link
   *     dev.collab.operation.CollabException} if it may not
   */
  public CompletionStage<Void> append(ControlEvent event) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    submit(new Proposal.Edit(new ControlOperation(List.of(event))), done);
    return done;
  }

  private void submit(Proposal proposal, CompletableFuture<Void> done) {
    ControlSubmission creation =
        new ControlSubmission(
            submission(new Proposal.Create(ControlType.URI, JsonValue.NULL)),
            new CompletableFuture<>(),
            () -> {});
    ControlSubmission submission =
        new ControlSubmission(submission(proposal), done, () -> submit(proposal, done));
    host()
        .whenLoaded(
            new LogRequest<>() {
              @Override
              public void run(Loaded<ControlAudience> log) {
                if (log.document().content().isEmpty()) {
                  log.submit(creation);
                }
                log.submit(submission);
              }

              @Override
              public void fail(WireError error) {
                submission.failed(error);
              }

              @Override
              public boolean isPatient() {
                return true;
              }
            });
  }

  private Submission submission(Proposal proposal) {
    return Submission.of(
        new OperationId(self, sequence.incrementAndGet()), Submission.HEAD, proposal);
  }

  /** Returns how many events are known to have happened, or {@link #UNKNOWN}. */
  public long position() {
    ControlState known = state;
    return known == null ? UNKNOWN : known.count();
  }

  /**
   * Returns what happened since somebody came.
   *
   * @param position the position at that time, as it was known here
   * @return the events, oldest first, or empty if some of them are gone
   */
  public Optional<List<ControlEvent>> since(long position) {
    ControlState known = state;
    return known == null ? Optional.empty() : known.since(position);
  }

  /** Returns what happened at last, as far as it is known, oldest first. */
  public List<ControlEvent> newest() {
    ControlState known = state;
    return known == null ? List.of() : known.newest();
  }

  /** Is told on the host's executor that the log was loaded. */
  void loaded(Document document) {
    ControlState known = state;
    ControlState now = stateOf(document);
    state = now;
    if (known == null) {
      listener.began(now.newest());
    } else {
      now.since(known.count())
          .ifPresentOrElse(all -> all.forEach(listener::happened), listener::lost);
    }
  }

  /** Is told on the host's executor what happened. */
  void happened(ControlOperation operation, Document after) {
    state = stateOf(after);
    operation.events().forEach(listener::happened);
  }

  private static ControlState stateOf(Document document) {
    return document
        .content()
        .flatMap(content -> content.as(ControlType.CONTROL))
        .map(Content::state)
        .orElse(ControlState.NONE);
  }

  /** Stops following. */
  public void close() {
    closed = true;
    hosts.close();
  }
}
