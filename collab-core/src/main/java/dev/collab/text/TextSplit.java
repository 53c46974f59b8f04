package dev.collab.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an operation into parts, the last edits first. In this order a part's positions are those of
 * the text before, and composing the parts one after the other gives back the same sequence of
 * components; from the front, a delete and an insert at one place could change their order.
 */
final class TextSplit {

  private static final int MINIMUM_WEIGHT = 64;

  private TextSplit() {}

  static List<TextOperation> split(TextOperation operation, int maxWeight) {
    if (maxWeight < MINIMUM_WEIGHT) {
      throw new IllegalArgumentException(
          "maximum weight " + maxWeight + " is below " + MINIMUM_WEIGHT);
    }
    if (operation.weight() <= maxWeight) {
      return List.of(operation);
    }
    // The retain in front and the edit itself are a part's least.
    int overhead = 2 * TextOperation.COMPONENT_WEIGHT;
    List<Piece> pieces = pieces(operation, maxWeight - overhead);
    List<TextOperation> parts = new ArrayList<>();
    int end = pieces.size();
    while (end > 0) {
      int start = end - 1;
      int weight = overhead + pieces.get(start).insertedLength();
      while (start > 0) {
        weight += weightBefore(pieces.get(start - 1), pieces.get(start));
        if (weight > maxWeight) {
          break;
        }
        start--;
      }
      parts.add(join(operation, pieces.subList(start, end)));
      end = start;
    }
    return parts;
  }

  /** Returns the edits, with long inserts cut. */
  private static List<Piece> pieces(TextOperation operation, int maxInserted) {
    List<Piece> pieces = new ArrayList<>();
    int[] edits = operation.packed();
    int position = 0;
    int contentAt = 0;
    for (int i = 0; i < edits.length; i += 2) {
      position += edits[i];
      int edit = edits[i + 1];
      if (edit < 0) {
        pieces.add(new Piece(position, edit, contentAt));
        position -= edit;
      }
      int contentEnd = contentAt + Math.max(edit, 0);
      while (contentAt < contentEnd) {
        int length = Math.min(contentEnd - contentAt, maxInserted);
        if (length < contentEnd - contentAt
            && TextAdmission.cutsPair(operation.content(), contentAt + length)) {
          length--;
        }
        pieces.add(new Piece(position, length, contentAt));
        contentAt += length;
      }
    }
    return pieces;
  }

  /** Returns what a part gains at most by taking in one more piece at its front. */
  private static int weightBefore(Piece piece, Piece next) {
    int components = piece.end() < next.position() ? 2 : 1;
    return components * TextOperation.COMPONENT_WEIGHT + piece.insertedLength();
  }

  private static TextOperation join(TextOperation operation, List<Piece> pieces) {
    TextOperation.Builder part = TextOperation.builder();
    int at = 0;
    for (Piece piece : pieces) {
      part.retain(piece.position() - at);
      if (piece.edit() > 0) {
        part.insert(operation.content(), piece.contentAt(), piece.contentAt() + piece.edit());
      } else {
        part.delete(-piece.edit());
      }
      at = piece.end();
    }
    return part.build();
  }

  /** An edit, or part of an insert, at a position of the text before. */
  private record Piece(int position, int edit, int contentAt) {

    int insertedLength() {
      return Math.max(edit, 0);
    }

    /** Returns where the text behind the piece goes on. */
    int end() {
      return position - Math.min(edit, 0);
    }
  }
}
