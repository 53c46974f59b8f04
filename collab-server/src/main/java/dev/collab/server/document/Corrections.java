package dev.collab.server.document;

import dev.collab.conflict.ConflictStrategy;
import dev.collab.conflict.KeepBoth;
import dev.collab.conflict.ReportedConflict;
import dev.collab.conflict.Settlement;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Correction;
import dev.collab.document.DocumentId;
import dev.collab.document.DocumentRules;
import dev.collab.document.Merged;
import dev.collab.document.Payload;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.server.runtime.ConflictPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the document's strategy adds to one submission, and what interceptors add behind that, as
 * one operation. It remembers the conflicts of the newest attempt: that is the one which is
 * committed, if any is.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Corrections implements Correction {

  private static final Logger LOGGER = System.getLogger(Corrections.class.getName());

  private final DocumentId document;
  private final ConflictPolicy policy;
  private final Amendments amendments;
  private List<ReportedConflict> conflicts = List.of();
  private boolean hasFailed;

  Corrections(DocumentId document, ConflictPolicy policy, Amendments amendments) {
    this.document = document;
    this.policy = policy;
    this.amendments = amendments;
  }

  @Override
  public Optional<? extends Operation> of(Merged merged) {
    conflicts = List.of();
    hasFailed = false;
    return corrected(merged, merged.content());
  }

  /** Tells of the conflicts of the attempt that was committed. */
  void report(CommittedOperation entry, DocumentEvents events) {
    if (hasFailed) {
      events.strategyFailed(entry);
    }
    conflicts.forEach(conflict -> events.conflict(entry, conflict, policy.listener()));
  }

  private <S, O extends Operation> Optional<O> corrected(Merged merged, Content<S, O> content) {
    OperationType<S, O> type = content.type();
    O settled = settled(merged, content);
    if (settled == null) {
      return Optional.ofNullable(amendments.added(content));
    }
    Content<S, O> after = content.withState(type.apply(content.state(), settled));
    O amended = amendments.added(after);
    if (amended == null) {
      return Optional.of(settled);
    }
    O both = type.compose(settled, amended);
    if (fits(both, content, type.apply(after.state(), amended), merged.before().rules())) {
      return Optional.of(both);
    }
    fail("its correction and the amendments are too large together", null);
    return Optional.ofNullable(amendments.added(content));
  }

  /** Returns what the strategy adds, in the form in which it can be committed. */
  private <S, O extends Operation> @Nullable O settled(Merged merged, Content<S, O> content) {
    if (merged.entry().payload().kind() != Payload.Kind.EDIT) {
      return null;
    }
    try {
      ConflictStrategy strategy = policy.strategies().apply(document);
      if (strategy == KeepBoth.SILENT) {
        return null;
      }
      Settlement settlement = strategy.settle(merged);
      O added = null;
      if (settlement.correction().isPresent()) {
        OperationType<S, O> type = content.type();
        added =
            type.admit(content.state(), type.operationClass().cast(settlement.correction().get()));
        S after = type.apply(content.state(), added);
        if (!fits(added, content, after, merged.before().rules())) {
          fail("its correction is too large", null);
          return null;
        }
      }
      conflicts = settlement.conflicts();
      return added == null || added.isNoop() ? null : added;
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // of the application
      fail("it or its correction is not valid", e);
      return null;
    }
  }

  private static <S, O extends Operation> boolean fits(
      O operation, Content<S, O> content, S after, DocumentRules rules) {
    long size = content.type().size(after);
    return operation.weight() <= rules.maxOperationWeight()
        && (size <= rules.maxDocumentSize() || size <= content.type().size(content.state()));
  }

  private void fail(String why, @Nullable Throwable e) {
    LOGGER.log(
        Level.WARNING, "a conflict strategy failed, its submission is not corrected: " + why, e);
    conflicts = List.of();
    hasFailed = true;
  }
}
