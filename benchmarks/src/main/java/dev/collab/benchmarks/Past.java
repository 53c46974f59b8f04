package dev.collab.benchmarks;

import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.operation.Side;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One operation that has to be brought past a long history of single edits at random places, as the
 * algebra does it and as a document does it. Immutable but for the turn: confined.
 */
final class Past {

  private static final int LENGTH = 100_000;
  private static final int LATE = 64;

  private final List<TextOperation> history;
  private final Document document;
  private final TextOperation[] late = new TextOperation[LATE];
  private int next;

  Past(int edits) {
    RandomGenerator random = Generated.random();
    String text = Generated.text(LENGTH, random);
    history = Generated.history(edits, LENGTH, random);
    Documents documents = new Documents();
    Document built = documents.create(text);
    for (TextOperation operation : history) {
      built = documents.submit(built, 1, built.revision(), operation).next();
    }
    document = built;
    for (int i = 0; i < LATE; i++) {
      late[i] = TextOperation.insert(random.nextInt(LENGTH), "x");
    }
  }

  /** Transforms an operation over the whole history. */
  TextOperation transform() {
    return TextType.TEXT.transformPast(late[turn()], history, Side.LEFT);
  }

  /** Prepares a submission that was made before the history. */
  Decision.Accepted prepare() {
    return Documents.accepted(
        document.prepare(Documents.submission(2, 1, 1, late[turn()]), Documents.NOW));
  }

  private int turn() {
    return next++ & (LATE - 1);
  }
}
