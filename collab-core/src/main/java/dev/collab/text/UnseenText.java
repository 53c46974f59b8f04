package dev.collab.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What others have put into a text, piece by piece, as far as it still stands.
 *
 * <p>Immutable.
 *
 * @param pieces the pieces in the order of the text, without overlap
 */
record UnseenText(List<Piece> pieces) {

  static final UnseenText NONE = new UnseenText(List.of());

  /**
   * A piece that one edit has put there.
   *
   * @param start where it starts
   * @param end where it ends
   * @param edit the index of the edit
   * @param touched whether the submission changes the place where it was put
   */
  record Piece(int start, int end, int edit, boolean touched) {

    private Piece part(int from, int to, int shift) {
      return new Piece(from + shift, to + shift, edit, touched);
    }

    private Piece joined(Piece behind) {
      return new Piece(start, behind.end, edit, touched || behind.touched);
    }

    private Piece touch() {
      return new Piece(start, end, edit, true);
    }
  }

  /** Returns the pieces behind an edit that adds none. */
  UnseenText past(TextOperation operation) {
    return new Walk(this, -1, change -> false).over(operation);
  }

  /** Returns the pieces behind an edit, with what it inserts. */
  UnseenText with(TextOperation operation, int edit, Predicate<TextChange> touched) {
    return new Walk(this, edit, touched).over(operation);
  }

  /** Returns the pieces with those marked that start where something is inserted. */
  UnseenText touchedAt(IntPredicate insertionPoint) {
    return new UnseenText(
        pieces.stream()
            .map(piece -> insertionPoint.test(piece.start()) ? piece.touch() : piece)
            .toList());
  }

  /** Returns the pieces of edits behind one. */
  UnseenText behind(int edit) {
    return new UnseenText(pieces.stream().filter(piece -> piece.edit() > edit).toList());
  }

  /**
   * Returns the runs of pieces with nothing between in which one is touched; in a run, neighbours
   * of one edit are one piece.
   */
  List<List<Piece>> touchedRuns() {
    List<List<Piece>> runs = new ArrayList<>();
    List<Piece> run = new ArrayList<>();
    for (Piece piece : pieces) {
      int last = run.size() - 1;
      if (last < 0 || run.get(last).end() < piece.start()) {
        run = new ArrayList<>();
        runs.add(run);
        run.add(piece);
      } else if (run.get(last).edit() == piece.edit()) {
        run.set(last, run.get(last).joined(piece));
      } else {
        run.add(piece);
      }
    }
    runs.removeIf(some -> some.stream().noneMatch(Piece::touched));
    return runs;
  }

  /**
   * One walk over pieces and an operation side by side.
   *
   * <p>Confined: callers must serialise calls.
   */
  private static final class Walk {

    private final List<Piece> before;
    private final int edit;
    private final Predicate<TextChange> touched;
    private final List<Piece> after = new ArrayList<>();
    private int next;

    Walk(UnseenText text, int edit, Predicate<TextChange> touched) {
      this.before = text.pieces();
      this.edit = edit;
      this.touched = touched;
    }

    UnseenText over(TextOperation operation) {
      int from = 0;
      int shift = 0;
      for (TextChange change : TextChange.of(operation)) {
        keep(from, change.start(), shift);
        from = change.start();
        boolean isTouched = edit >= 0 && touched.test(change);
        for (TextChange.Step step : change.steps()) {
          if (step.inserted() > 0) {
            if (edit >= 0) {
              int at = from + shift;
              after.add(new Piece(at, at + step.inserted(), edit, isTouched));
            }
            shift += step.inserted();
          } else {
            from += step.deleted();
            drop(from);
            shift -= step.deleted();
          }
        }
      }
      keep(from, Integer.MAX_VALUE, shift);
      return new UnseenText(after);
    }

    private void keep(int from, int to, int shift) {
      while (next < before.size() && before.get(next).start() < to) {
        Piece piece = before.get(next);
        int start = Math.max(from, piece.start());
        int end = Math.min(to, piece.end());
        if (start < end) {
          after.add(piece.part(start, end, shift));
        }
        if (piece.end() > to) {
          return;
        }
        next++;
      }
    }

    private void drop(int to) {
      while (next < before.size() && before.get(next).end() <= to) {
        next++;
      }
    }
  }
}
