package dev.collab.conflict;

import dev.collab.conflict.ReportedConflict.Outcome;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Merged;
import dev.collab.document.Payload;
import dev.collab.operation.Diffable;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.ResolvedConflict;
import dev.collab.operation.Side;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges an edit as a state. The base is what the document was before the first entry that the
 * author had not seen, theirs what it was before the edit, and ours the base with the edit alone.
 *
 * <p>Immutable.
 *
 * @param merge how states are merged
 * @param type of which documents
 * @param minimumGap how many entries must not have been seen
 */
record MergeStrategy<S, O extends Operation>(
    ThreeWayMerge<S, O> merge, OperationType<S, O> type, int minimumGap)
    implements ConflictStrategy {

  private static final int MOST_ENTRIES = 10_000;

  @Override
  public Settlement settle(Merged merged) {
    if (merged.unseen().size() < minimumGap) {
      return Settlement.NONE;
    }
    return merged
        .content()
        .as(type)
        .flatMap(content -> Unseen.of(merged, content, MOST_ENTRIES))
        .map(unseen -> settle(unseen, merged))
        .orElse(Settlement.NONE);
  }

  private Settlement settle(Unseen<S, O> unseen, Merged merged) {
    Optional<Content<S, O>> before = merged.before().content().flatMap(held -> held.as(type));
    List<CommittedOperation> entries = unseen.entries();
    int first = firstBehindOwn(unseen);
    S theirs = before.orElseThrow().state();
    S base = theirs;
    O edit = unseen.submitted();
    for (int i = entries.size() - 1; i >= first; i--) {
      O inverse =
          type.operationClass().cast(((Payload.Edit<?>) entries.get(i).payload()).inverse());
      base = type.apply(base, inverse);
      if (i < unseen.shown()) {
        edit = type.transform(edit, inverse, Side.LEFT);
      }
    }
    MergeResult<S, O> result = merge.merge(base, type.apply(base, edit), theirs);
    O correction = difference(theirs, unseen, result);
    Set<ClientId> others =
        entries.subList(first, entries.size()).stream()
            .map(entry -> entry.id().client())
            .filter(client -> !client.equals(ClientId.AUTHORITY))
            .collect(Collectors.toSet());
    return new Settlement(
        correction.isNoop() ? Optional.empty() : Optional.of(correction),
        result.conflicts().stream()
            .map(conflict -> reported(conflict, others, unseen.author()))
            .toList());
  }

  /**
   * Returns where the author's newest own entry ends: what comes before it, the author has seen.
   */
  private int firstBehindOwn(Unseen<S, O> unseen) {
    int first = unseen.shown();
    while (first > 0 && !unseen.entries().get(first - 1).id().client().equals(unseen.author())) {
      first--;
    }
    return first;
  }

  @SuppressWarnings("unchecked")
  private O difference(S theirs, Unseen<S, O> unseen, MergeResult<S, O> result) {
    return type instanceof Diffable<?, ?> diffable
        ? ((Diffable<S, O>) diffable).diff(unseen.content().state(), result.state())
        : type.compose(type.invert(unseen.merged(), theirs), result.fromTheirs());
  }

  private ReportedConflict reported(
      ResolvedConflict<S> resolved, Set<ClientId> earlier, ClientId later) {
    return new ReportedConflict(
        earlier,
        type.encodeState(resolved.conflict().theirs()),
        later,
        type.encodeState(resolved.conflict().ours()),
        Outcome.MERGED,
        type.encodeState(resolved.outcome()));
  }
}
