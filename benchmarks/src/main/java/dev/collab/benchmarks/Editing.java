package dev.collab.benchmarks;

import dev.collab.document.Document;
import dev.collab.text.TextOperation;
import java.util.random.RandomGenerator;

/**
 * Authors who edit one document at once. In each round every author submits one edit, made at the
 * revision at which the round began. Confined.
 */
final class Editing {

  /** How many submissions one call makes; a multiple of all numbers of authors in use. */
  static final int SUBMISSIONS = 1000;

  private static final int LENGTH = 20_000;
  private static final int MAX_KEPT = 2_000;

  private final Documents documents = new Documents();
  private final RandomGenerator random = Generated.random();
  private final int authors;
  private Document document;
  private long sequence;

  Editing(int authors) {
    this.authors = authors;
    this.document = documents.create(Generated.text(LENGTH, random));
  }

  /** Prepares submissions, each on what the one before led to. */
  Document edit() {
    for (int round = 0; round < SUBMISSIONS / authors; round++) {
      long base = document.revision();
      for (int author = 1; author <= authors; author++) {
        document = documents.submit(document, author, base, operation()).next();
      }
      if (base - document.base() > 2 * MAX_KEPT) {
        document = document.trimmedTo(base - MAX_KEPT);
      }
    }
    return document;
  }

  /** Inserts and deletions take turns, so the length stays about the same. */
  private TextOperation operation() {
    int position = random.nextInt(LENGTH / 2);
    return sequence++ % 2 == 0
        ? TextOperation.insert(position, "x")
        : TextOperation.delete(position, 1);
  }
}
