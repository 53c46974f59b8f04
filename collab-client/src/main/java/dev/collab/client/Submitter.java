package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.document.Fate;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.protocol.Change;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Submits what is made in one document, one submission at a time, and keeps what the server's
 * answer said of it for as long as it remains outstanding.
 *
 * <p>What was answered is forgotten with the connection: what is still outstanding then is sent
 * again, and the server answers it again.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class Submitter<S, O extends Operation> {

  private final DocumentId document;
  private final OperationType<S, O> type;
  private final Settings settings;
  private final Author author;
  private final LocalCopy<S, O> copy;
  private final Runnable unpaused;
  private @Nullable Session session;

  /** The message in which the outstanding submission is under way, or 0. */
  private long messageNumber;

  /** Whether nothing is sent for a while. */
  private boolean paused;

  private int failures;

  /** Whether the outstanding submission was answered, though it is still outstanding. */
  private boolean answered;

  private Fate fate = Fate.UNKNOWN;

  /** The error that counts unless catching up shows that the document was deleted. */
  private @Nullable WireError unsettled;

  Submitter(
      DocumentId document,
      OperationType<S, O> type,
      Settings settings,
      Author author,
      LocalCopy<S, O> copy,
      Runnable unpaused) {
    this.document = document;
    this.type = type;
    this.settings = settings;
    this.author = author;
    this.copy = copy;
    this.unpaused = unpaused;
  }

  /** Uses a new connection: what is outstanding is sent again, unchanged. */
  void start(Session opened) {
    session = opened;
    settled();
    paused = false;
    failures = 0;
    copy.outstanding().ifPresent(again -> messageNumber = opened.send(request(again, opened)));
  }

  void stop() {
    session = null;
    messageNumber = 0;
  }

  /** Returns the number of the message that waits for its answer, or 0. */
  long unanswered() {
    return messageNumber;
  }

  /**
   * Sends what can be sent.
   *
   * @param next whether a new submission may be made if none is outstanding
   */
  void submit(boolean next) {
    Session open = session;
    while (open != null && messageNumber == 0 && !paused && !answered) {
      Optional<Submission> submission = copy.outstanding();
      if (submission.isEmpty() && next) {
        submission = copy.submitNext(author);
      }
      if (submission.isEmpty()) {
        return;
      }
      String frame = open.encode(request(submission.get(), open));
      if (frame.length() > open.maxFrameLength()) {
        copy.reject(
            new WireError(
                ErrorCodes.FRAME_TOO_LARGE,
                "a frame of " + frame.length() + " is above the limit " + open.maxFrameLength()));
      } else {
        messageNumber = open.sendFrame(frame);
      }
    }
  }

  private SubmitRequest request(Submission submission, Session open) {
    SubmitRequest.Builder request =
        SubmitRequest.builder(
                document.collection(),
                document.id(),
                submission.id().sequence(),
                change(submission.proposal()))
            .source(submission.id().client().value())
            .version(submission.baseRevision());
    return open.isExtended() ? request.seen(submission.seen()).build() : request.build();
  }

  private Change change(Proposal proposal) {
    if (proposal instanceof Proposal.Create create) {
      return new Change.Create(create.type(), create.data());
    }
    if (proposal instanceof Proposal.Edit edit) {
      O operation = type.operationClass().cast(edit.operation());
      return new Change.Edit(type.encodeOperation(operation));
    }
    return Change.Delete.DELETE;
  }

  /** The outstanding submission, if there was one, is no longer outstanding. */
  void settled() {
    messageNumber = 0;
    answered = false;
    fate = Fate.UNKNOWN;
    unsettled = null;
  }

  /** The outstanding submission was acknowledged and is no longer outstanding. */
  void acknowledged() {
    settled();
    failures = 0;
  }

  /** The outstanding submission was answered and remains outstanding for now. */
  void answered(Fate known) {
    settled();
    answered = true;
    fate = known;
  }

  /** The outstanding submission was refused, which is settled when the document has caught up. */
  void refusedUnlessDeleted(WireError error) {
    answered(Fate.NOT_COMMITTED);
    unsettled = error;
  }

  /** Returns the error that is to be settled now, if there is one. */
  Optional<WireError> takeUnsettled() {
    Optional<WireError> taken = Optional.ofNullable(unsettled);
    if (taken.isPresent()) {
      settled();
    }
    return taken;
  }

  /**
   * Waits before anything is sent, longer with each failure in a row.
   *
   * @return how many failures that makes
   */
  int pause() {
    messageNumber = 0;
    paused = true;
    failures++;
    Session refusing = session;
    settings.backOff(
        failures,
        () -> {
          if (session == refusing) {
            paused = false;
            unpaused.run();
          }
        });
    return failures;
  }

  /** Tells whether the fate of what is outstanding is known, as far as it ever will be. */
  boolean isDecided() {
    return answered || copy.outstanding().isEmpty();
  }

  /** Returns what is known of the outstanding submission. */
  Fate fate() {
    return fate;
  }
}
