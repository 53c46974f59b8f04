package dev.collab.conflict;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.document.Merged;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.operation.Authorship;
import dev.collab.operation.ConcurrentEdit;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.Overlap;
import dev.collab.operation.OverlapDetection;
import dev.collab.operation.Overlaps;
import dev.collab.operation.Side;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An edit, and the edits that its author had not seen.
 *
 * <p>Immutable.
 *
 * @param content what the document holds behind the edit
 * @param entries the entries that were not seen and change the content
 * @param shown how many of these the author's replica has transformed the edit over
 * @param submitted the edit, as it applies behind those
 * @param merged the edit, as it is committed
 * @param author whose edit it is
 */
record Unseen<S, O extends Operation>(
    Content<S, O> content,
    List<CommittedOperation> entries,
    int shown,
    O submitted,
    O merged,
    ClientId author) {

  /** Returns an edit with what its author had not seen, or empty if it had seen all. */
  static Optional<Unseen<?, ?>> of(Merged merged, int most) {
    return merged.unseen().isEmpty()
        ? Optional.empty()
        : of(merged, merged.content(), most).map(unseen -> unseen);
  }

  /** Returns the same for content of a known type. */
  static <S, O extends Operation> Optional<Unseen<S, O>> of(
      Merged merged, Content<S, O> content, int most) {
    if (!(merged.entry().payload() instanceof Payload.Edit<?> edit)) {
      return Optional.empty();
    }
    OperationType<S, O> type = content.type();
    long from = firstOfThisLife(merged, most);
    long base = merged.submission().baseRevision();
    O submitted = submitted(type, merged.submission().proposal());
    if (base < from) {
      submitted =
          type.transformPast(submitted, edits(type, merged.before(), base, from), Side.LEFT);
    }
    List<CommittedOperation> entries =
        merged.before().since(from).stream()
            .filter(entry -> entry.payload().kind() == Payload.Kind.EDIT)
            .toList();
    int shown = (int) entries.stream().filter(entry -> entry.baseRevision() < base).count();
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unseen<>(
                content,
                entries,
                shown,
                submitted,
                operation(type, edit),
                merged.submission().id().client()));
  }

  private static <O extends Operation> List<O> edits(
      OperationType<?, O> type, Document document, long from, long to) {
    List<O> edits = new ArrayList<>();
    for (CommittedOperation entry : document.since(from).subList(0, Math.toIntExact(to - from))) {
      if (entry.payload() instanceof Payload.Edit<?> edit) {
        edits.add(operation(type, edit));
      }
    }
    return edits;
  }

  /** Returns the revision behind which to look. */
  private static long firstOfThisLife(Merged merged, int most) {
    List<CommittedOperation> unseen = merged.unseen();
    int first = Math.max(0, unseen.size() - most);
    for (int i = unseen.size() - 1; i >= first; i--) {
      Payload.Kind kind = unseen.get(i).payload().kind();
      if (kind == Payload.Kind.CREATE || kind == Payload.Kind.DELETE) {
        first = i + 1;
      }
    }
    return merged.before().revision() - (unseen.size() - first);
  }

  private static <O extends Operation> O submitted(OperationType<?, O> type, Proposal proposal) {
    return proposal instanceof Proposal.EncodedEdit encoded
        ? type.decodeOperation(encoded.operation())
        : type.operationClass().cast(((Proposal.Edit) proposal).operation());
  }

  static <O extends Operation> O operation(OperationType<?, O> type, Payload.Edit<?> edit) {
    return type.operationClass().cast(edit.operation());
  }

  /** Returns the overlaps, each as a conflict, and what takes them out if that is wanted. */
  @SuppressWarnings("unchecked")
  Settlement settlement(Outcome outcome, boolean remove) {
    OperationType<S, O> type = content.type();
    if (!(type instanceof OverlapDetection<?, ?> detection)) {
      return Settlement.NONE;
    }
    List<ConcurrentEdit<O>> edits = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      edits.add(concurrent(entries.get(i), i < shown));
    }
    Overlaps<S, O> found =
        ((OverlapDetection<S, O>) detection)
            .overlaps(
                edits.subList(0, shown),
                edits.subList(shown, edits.size()),
                submitted,
                merged,
                content.state());
    return new Settlement(
        remove && !found.removal().isNoop() ? Optional.of(found.removal()) : Optional.empty(),
        found.overlaps().stream().map(overlap -> reported(overlap, outcome)).toList());
  }

  private ConcurrentEdit<O> concurrent(CommittedOperation entry, boolean isShown) {
    return new ConcurrentEdit<>(
        operation(content.type(), (Payload.Edit<?>) entry.payload()),
        isForeign(entry, isShown) ? Authorship.FOREIGN : Authorship.OWN);
  }

  /** Of what the replica has transformed over, the author knew its own; of the rest nothing. */
  boolean isForeign(CommittedOperation entry, boolean isShown) {
    ClientId other = entry.id().client();
    return !other.equals(ClientId.AUTHORITY) && !(isShown && other.equals(author));
  }

  private ReportedConflict reported(Overlap<S> overlap, Outcome outcome) {
    JsonValue earlier = content.type().encodeState(overlap.earlier());
    JsonValue later = content.type().encodeState(overlap.later());
    return new ReportedConflict(
        Set.of(entries.get(overlap.edit()).id().client()), earlier, author, later, outcome, later);
  }
}
