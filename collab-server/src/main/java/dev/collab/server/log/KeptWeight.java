package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.Payload;
import dev.collab.value.JsonValue;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the entries that a document keeps weigh together: known at any time without going through
 * them, but for the last {@value #STEP} that were trimmed.
 *
 * <p>Confined: callers must serialise calls.
 */
final class KeptWeight {

  static final int STEP = 64;

  /** What an entry weighs besides what it inserts and deletes. */
  private static final int CONSTANT = 32;

  private record Mark(long revision, long total) {}

  private final Queue<Mark> marks = new ArrayDeque<>();
  private long total;
  private long trimmed;

  /** Weighs what a document keeps. */
  static KeptWeight of(Document document) {
    KeptWeight kept = new KeptWeight();
    document.since(document.base()).forEach(kept::add);
    return kept;
  }

  /** Adds an entry behind those before. */
  void add(CommittedOperation entry) {
    total += CONSTANT + weight(entry.payload());
    if (entry.revision() % STEP == 0) {
      marks.add(new Mark(entry.revision(), total));
    }
  }

  /** Forgets the entries up to a revision. */
  void trimmedTo(long base) {
    for (Mark mark = marks.peek(); mark != null && mark.revision() <= base; mark = marks.peek()) {
      trimmed = mark.total();
      marks.remove();
    }
  }

  /** Returns the weight in UTF-16 code units. */
  long units() {
    return total - trimmed;
  }

  private static long weight(Payload payload) {
    return switch (payload.kind()) {
      case CREATE ->
          ((Payload.Create) payload).data() instanceof JsonValue.JsonString text
              ? text.value().length()
              : 0;
      case EDIT -> {
        Payload.Edit<?> edit = (Payload.Edit<?>) payload;
        yield (long) edit.operation().weight() + edit.inverse().weight();
      }
      case DELETE, NONE -> 0;
    };
  }
}
