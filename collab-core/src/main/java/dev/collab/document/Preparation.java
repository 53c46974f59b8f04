package dev.collab.document;

import dev.collab.operation.CollabException;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.Side;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** How one submission is decided on one document. */
final class Preparation {

  private final Document document;
  private final Submission submission;
  private final Instant now;

  Preparation(Document document, Submission submission, Instant now) {
    this.document = document;
    this.submission = submission;
    this.now = now;
  }

  Decision decide() {
    OperationId id = submission.id();
    Optional<LastSubmission> last = document.submissions().get(id.client());
    if (last.isPresent() && id.sequence() <= last.get().sequence()) {
      return alreadyNumbered(last.get());
    }
    long base = submission.baseRevision();
    if (base > document.revision()) {
      return new Decision.Refused(
          Refusal.REVISION_FROM_THE_FUTURE,
          "revision " + base + " is above the document's revision " + document.revision());
    }
    if (base == Submission.HEAD) {
      Decision decision = proposeOrRefuse(document.revision());
      boolean forgotten = last.isEmpty() && document.submissions().evictedUpTo() > 0;
      return forgotten && decision instanceof Decision.Accepted ? stale(last) : decision;
    }
    return base < document.base() ? stale(last) : proposeOrRefuse(base);
  }

  private Decision alreadyNumbered(LastSubmission last) {
    if (last.sequence() == submission.id().sequence()) {
      return last.voided()
          ? new Decision.Stale(fateWithoutEntry(last.revision()), Optional.empty())
          : new Decision.Duplicate(last.revision() - 1);
    }
    Optional<CommittedOperation> earlier = document.history().find(submission.id());
    if (earlier.isEmpty()) {
      return new Decision.Refused(
          Refusal.SEQUENCE_SUPERSEDED,
          "sequence " + submission.id().sequence() + " comes after " + last.sequence());
    }
    return earlier.get().payload().kind() == Payload.Kind.NONE
        ? new Decision.Stale(fateWithoutEntry(last.revision()), Optional.empty())
        : new Decision.Duplicate(earlier.get().baseRevision());
  }

  /** The entries that the decision needs are gone; whether it was committed may still be known. */
  private Decision stale(Optional<LastSubmission> last) {
    Fate fate = fateWithoutEntry(last.map(LastSubmission::revision).orElse(Long.MAX_VALUE));
    return new Decision.Stale(fate, Optional.of(accept(new Payload.None(), document.content())));
  }

  /**
   * Returns the fate of a submission that neither the history nor the client's row shows as
   * committed. If it was, then behind its base. A row from before that base would show it; a later
   * row may be a new one, put where the one that showed it was forgotten.
   */
  private Fate fateWithoutEntry(long rowRevision) {
    long base = Math.max(0, submission.baseRevision());
    boolean nothingForgotten = base >= document.submissions().evictedUpTo();
    return nothingForgotten || rowRevision <= base ? Fate.NOT_COMMITTED : Fate.UNKNOWN;
  }

  private Decision proposeOrRefuse(long base) {
    try {
      return propose(base);
    } catch (CollabException e) {
      return new Decision.Refused(e.code(), e.getMessage());
    }
  }

  private Decision propose(long base) {
    Proposal proposal = submission.proposal();
    if (proposal instanceof Proposal.Create create) {
      return create(create, base);
    }
    if (proposal instanceof Proposal.Delete) {
      Optional<Decision> conflict = lifeCycleConflict(base, Payload.Kind.CREATE);
      return conflict.isPresent() ? conflict.get() : accept(new Payload.Delete(), Optional.empty());
    }
    Optional<Decision> conflict = lifeCycleConflict(base, Payload.Kind.CREATE, Payload.Kind.DELETE);
    if (conflict.isPresent()) {
      return conflict.get();
    }
    if (document.content().isEmpty()) {
      return new Decision.Refused(Refusal.DOES_NOT_EXIST, "the document does not exist");
    }
    return edit(document.content().get(), base);
  }

  private Decision create(Proposal.Create create, long base) {
    Optional<Decision> conflict =
        lifeCycleConflict(base, Payload.Kind.EDIT, Payload.Kind.CREATE, Payload.Kind.DELETE);
    if (conflict.isPresent()) {
      return conflict.get();
    }
    if (document.content().isPresent()) {
      return new Decision.Refused(Refusal.ALREADY_CREATED, "the document exists already");
    }
    Optional<OperationType<?, ?>> type = document.rules().types().find(create.type());
    if (type.isEmpty()) {
      return new Decision.Refused(Refusal.TYPE_NOT_RECOGNIZED, "the type is not known");
    }
    Content<?, ?> content = Content.create(type.get(), create.data());
    Optional<Decision> tooLarge = sizeConflict(0, size(content));
    return tooLarge.isPresent()
        ? tooLarge.get()
        : accept(new Payload.Create(type.get(), content.encodedState()), Optional.of(content));
  }

  private <S, O extends Operation> Decision edit(Content<S, O> content, long base) {
    OperationType<S, O> type = content.type();
    O submitted = operation(type);
    int limit = document.rules().maxOperationWeight();
    if (submitted.weight() > limit) {
      return new Decision.Refused(
          Refusal.OPERATION_TOO_LARGE,
          "operation of weight " + submitted.weight() + " is above the limit " + limit);
    }
    O merged = type.admit(content.state(), transform(type, submitted, base));
    S after = type.apply(content.state(), merged);
    Optional<Decision> tooLarge = sizeConflict(type.size(content.state()), type.size(after));
    return tooLarge.isPresent()
        ? tooLarge.get()
        : accept(
            new Payload.Edit<>(type, merged, type.invert(merged, content.state())),
            Optional.of(content.withState(after)));
  }

  private <O extends Operation> O operation(OperationType<?, O> type) {
    if (submission.proposal() instanceof Proposal.EncodedEdit encoded) {
      return type.decodeOperation(encoded.operation());
    }
    Operation operation = ((Proposal.Edit) submission.proposal()).operation();
    if (!type.operationClass().isInstance(operation)) {
      throw InvalidOperationException.badlyFormed(
          "the operation is not one of type " + type.name());
    }
    return type.operationClass().cast(operation);
  }

  private <O extends Operation> O transform(OperationType<?, O> type, O operation, long base) {
    O result = operation;
    long revision = base;
    while (revision < document.revision()) {
      List<O> edits = document.history().editsFrom(revision, type.operationClass());
      result = type.transformPast(result, edits, Side.LEFT);
      revision += edits.size();
      if (revision < document.revision()) {
        revision++; // what ended the run is a NONE: others were refused before
      }
    }
    return result;
  }

  /** Refuses the proposal if an entry of one of these kinds was committed since its base. */
  private Optional<Decision> lifeCycleConflict(long base, Payload.Kind... kinds) {
    List<Payload.Kind> forbidden = List.of(kinds);
    History history = document.history();
    LongUnaryOperator next =
        forbidden.contains(Payload.Kind.EDIT) ? LongUnaryOperator.identity() : history::nextOther;
    for (long at = next.applyAsLong(base);
        at < document.revision();
        at = next.applyAsLong(at + 1)) {
      CommittedOperation entry = history.entryAt(at);
      Payload.Kind kind = entry.payload().kind();
      if (forbidden.contains(kind)) {
        return Optional.of(
            kind == Payload.Kind.DELETE
                ? new Decision.Refused(
                    Refusal.WAS_DELETED, "the document was deleted at " + entry.revision())
                : new Decision.Refused(
                    Refusal.ALREADY_CREATED, "the document existed at " + entry.revision()));
      }
    }
    return Optional.empty();
  }

  private Optional<Decision> sizeConflict(long before, long after) {
    long limit = document.rules().maxDocumentSize();
    return after > limit && after > before
        ? Optional.of(
            new Decision.Refused(
                Refusal.DOCUMENT_TOO_LARGE,
                "document of size " + after + " is above the limit " + limit))
        : Optional.empty();
  }

  private Decision.Accepted accept(Payload payload, Optional<Content<?, ?>> after) {
    CommittedOperation entry =
        new CommittedOperation(submission.id(), document.revision(), payload, now);
    byte[] encoded = document.rules().codec().encode(entry);
    ChainHash next = document.hash().next(document.epoch(), entry.revision(), encoded);
    return new Decision.Accepted(entry, encoded, document.with(entry, after, next));
  }

  /** Adds to a decision the entry that a correction asks for, prepared behind it. */
  static Decision corrected(
      Document before,
      Submission submission,
      Decision.Accepted accepted,
      Correction correction,
      Instant now) {
    Document next = accepted.next();
    Optional<? extends Operation> operation;
    try {
      operation =
          next.content()
              .flatMap(
                  content ->
                      correction.of(new Merged(before, submission, accepted.entry(), content)))
              .filter(added -> !added.isNoop());
    } catch (RuntimeException e) { // of the application, which is told by whoever asked it
      return new Decision.Refused(Refusal.CORRECTION_FAILED, "what is to be added is not known");
    }
    if (operation.isEmpty()) {
      return accepted;
    }
    // a revision is used once, so it numbers what the authority itself does, on whichever server
    OperationId id = new OperationId(ClientId.AUTHORITY, next.revision() + 1);
    Decision behind =
        new Preparation(
                next, Submission.of(id, next.revision(), new Proposal.Edit(operation.get())), now)
            .decide();
    if (behind instanceof Decision.Accepted added) {
      return accepted.withCorrection(added);
    }
    String why = behind instanceof Decision.Refused refused ? refused.code() : "it is not new";
    return new Decision.Refused(
        Refusal.CORRECTION_FAILED, "what is to be added cannot be committed: " + why);
  }

  /** Returns what a document holds behind an entry that stands in its log. */
  static Optional<Content<?, ?>> contentAfter(
      Optional<Content<?, ?>> before, CommittedOperation entry) {
    Payload payload = entry.payload();
    return switch (payload.kind()) {
      case CREATE -> Optional.of(created(before, (Payload.Create) payload, entry.revision()));
      case EDIT ->
          Optional.of(
              edited(
                  before.orElseThrow(
                      () ->
                          new CorruptLogException(
                              "edit of a document that does not exist at " + entry.revision())),
                  (Payload.Edit<?>) payload,
                  entry.revision()));
      case DELETE -> Optional.empty();
      case NONE -> before;
    };
  }

  private static Content<?, ?> created(
      Optional<Content<?, ?>> before, Payload.Create create, long revision) {
    if (before.isPresent()) {
      throw new CorruptLogException("creation of a document that exists at " + revision);
    }
    try {
      return Content.create(create.type(), create.data());
    } catch (InvalidOperationException e) {
      throw new CorruptLogException("initial content is not valid at revision " + revision, e);
    }
  }

  private static <S, O extends Operation> Content<S, O> edited(
      Content<S, O> content, Payload.Edit<?> edit, long revision) {
    OperationType<S, O> type = content.type();
    if (!type.uri().equals(edit.type().uri())
        || !type.operationClass().isInstance(edit.operation())) {
      throw new CorruptLogException("operation of another type at revision " + revision);
    }
    try {
      return content.withState(
          type.apply(content.state(), type.operationClass().cast(edit.operation())));
    } catch (InvalidOperationException e) {
      throw new CorruptLogException("operation does not apply at revision " + revision, e);
    }
  }

  private static <S, O extends Operation> long size(Content<S, O> content) {
    return content.type().size(content.state());
  }
}
