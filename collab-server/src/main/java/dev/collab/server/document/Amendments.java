package dev.collab.server.document;

import dev.collab.document.Content;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.server.access.Amendment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What interceptors add to a submission, each behind those before it, as one operation.
 *
 * <p>Immutable.
 *
 * @param amendments what is added, in order
 */
record Amendments(List<Amendment> amendments) {

  private static final Logger LOGGER = System.getLogger(Amendments.class.getName());

  /** Returns what is added to some content; null if nothing is. */
  <S, O extends Operation> @Nullable O added(Content<S, O> content) {
    try {
      return sum(content);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "an amendment failed, its submission is refused", e);
      throw e;
    }
  }

  private <S, O extends Operation> @Nullable O sum(Content<S, O> content) {
    OperationType<S, O> type = content.type();
    Content<S, O> now = content;
    O sum = null;
    for (Amendment amendment : amendments) {
      Optional<? extends Operation> more = amendment.after(now);
      if (more.isPresent()) {
        O operation = type.admit(now.state(), type.operationClass().cast(more.get()));
        now = now.withState(type.apply(now.state(), operation));
        sum = sum == null ? operation : type.compose(sum, operation);
      }
    }
    return sum;
  }
}
