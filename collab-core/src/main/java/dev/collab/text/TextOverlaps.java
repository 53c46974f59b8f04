package dev.collab.text;

import dev.collab.operation.Authorship;
import dev.collab.operation.ConcurrentEdit;
import dev.collab.operation.Overlap;
import dev.collab.operation.Overlaps;
import dev.collab.operation.Side;
import dev.collab.operation.Span;
import dev.collab.text.UnseenText.Piece;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where a submission touches text that its author had not seen.
 *
 * <p>Confined: callers must serialise calls.
 */
final class TextOverlaps {

  /** Every piece is moved over every edit, so their number is bounded. */
  private static final int MAX_PIECES = 10_000;

  private UnseenText unseen = UnseenText.NONE;
  private int edits;
  private boolean tooMany;

  static Overlaps<Text, TextOperation> find(
      List<ConcurrentEdit<TextOperation>> shown,
      List<ConcurrentEdit<TextOperation>> since,
      TextOperation submitted,
      TextOperation merged,
      Text content) {
    TextOverlaps overlaps = new TextOverlaps();
    overlaps.shown(shown, submitted);
    overlaps.since(since, submitted);
    return overlaps.behind(merged, content);
  }

  /** Takes in edits that the submission was transformed over by its author's replica. */
  private void shown(List<ConcurrentEdit<TextOperation>> shown, TextOperation submitted) {
    for (ConcurrentEdit<TextOperation> edit : shown) {
      take(edit, List.of());
    }
    List<TextChange> changes = TextChange.of(submitted);
    Set<Integer> points = new HashSet<>();
    changes.forEach(change -> points.addAll(change.insertionPoints()));
    // an insertion stands in front of what was inserted at the same point meanwhile
    unseen = unseen.behind(newestKnownTo(changes)).touchedAt(points::contains);
  }

  /** Returns the newest edit that has put there what is deleted now, or parted by an insertion. */
  private int newestKnownTo(List<TextChange> changes) {
    int newest = -1;
    List<Piece> pieces = unseen.pieces();
    int i = 0;
    int j = 0;
    while (i < pieces.size() && j < changes.size()) {
      Piece piece = pieces.get(i);
      TextChange change = changes.get(j);
      boolean deletes =
          Math.max(piece.start(), change.start()) < Math.min(piece.end(), change.end());
      boolean parts =
          change.start() == change.end()
              && piece.start() < change.start()
              && change.start() < piece.end();
      if (deletes || parts) {
        newest = Math.max(newest, piece.edit());
      }
      if (piece.end() <= change.end()) {
        i++;
      } else {
        j++;
      }
    }
    return newest;
  }

  /** Takes in edits that the submission is transformed over now. */
  private void since(List<ConcurrentEdit<TextOperation>> since, TextOperation submitted) {
    TextOperation operation = submitted;
    for (ConcurrentEdit<TextOperation> edit : since) {
      take(edit, TextChange.of(operation));
      operation = operation.transform(edit.operation(), Side.LEFT);
    }
  }

  private void take(ConcurrentEdit<TextOperation> edit, List<TextChange> submitted) {
    TextOperation operation = edit.operation();
    if (!tooMany) {
      unseen =
          edit.authorship() == Authorship.FOREIGN
              ? unseen.with(operation, edits, change -> change.touchesOneOf(submitted))
              : unseen.past(operation);
      tooMany = unseen.pieces().size() > MAX_PIECES;
    }
    edits++;
  }

  /** Returns what is touched in the text behind the submission. */
  private Overlaps<Text, TextOperation> behind(TextOperation merged, Text content) {
    List<Overlap<Text>> overlaps = new ArrayList<>();
    TextOperation.Builder removal = TextOperation.builder();
    if (!tooMany) {
      Own own = Own.of(merged);
      int at = 0;
      for (List<Piece> run : unseen.past(merged).touchedRuns()) {
        int end = run.get(run.size() - 1).end();
        Text later =
            own.beside(run.get(0).start(), end)
                .map(piece -> content.subSequence(piece.start(), piece.end()))
                .orElse(Text.empty());
        for (Piece piece : run) {
          overlaps.add(
              new Overlap<>(
                  piece.edit(),
                  content.subSequence(piece.start(), piece.end()),
                  later,
                  new Span(JsonValue.of(piece.start()), JsonValue.of(piece.end()))));
        }
        removal.retain(run.get(0).start() - at).delete(end - run.get(0).start());
        at = end;
      }
    }
    return new Overlaps<>(overlaps, removal.build());
  }

  /** What the submission inserts, by where it starts and ends in the text behind it. */
  private record Own(Map<Integer, Piece> byStart, Map<Integer, Piece> byEnd) {

    static Own of(TextOperation merged) {
      Own own = new Own(new HashMap<>(), new HashMap<>());
      for (Piece piece : UnseenText.NONE.with(merged, 0, change -> false).pieces()) {
        own.byStart.put(piece.start(), piece);
        own.byEnd.put(piece.end(), piece);
      }
      return own;
    }

    Optional<Piece> beside(int start, int end) {
      return Optional.ofNullable(byEnd.get(start)).or(() -> Optional.ofNullable(byStart.get(end)));
    }
  }
}
