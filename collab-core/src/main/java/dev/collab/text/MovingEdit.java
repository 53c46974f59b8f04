package dev.collab.text;

import dev.collab.operation.Side;

/**
 * A single edit that is moved over one single edit after the other, without an object for each
 * step. The arithmetic avoids branches on positions: which of two edits stands first is a coin toss
 * that no processor predicts.
 */
final class MovingEdit {

  private final TextOperation operation;

  /** 1 if the edit stands first where both insert, otherwise 0. */
  private final int ahead;

  private int position;
  private int deleted;

  MovingEdit(TextOperation operation, Side side) {
    this.operation = operation;
    this.ahead = side == Side.LEFT && operation.insertedLength() > 0 ? 1 : 0;
    this.position = operation.retained();
    this.deleted = operation.deletedLength();
  }

  /**
   * Moves the edit over a concurrent single edit. If that is not possible, because the result is no
   * single edit or spans too much, it stays as it is.
   *
   * @return whether it was moved
   */
  boolean moveOver(TextOperation over) {
    int end = position + deleted;
    int overStart = over.retained();
    int overEnd = overStart + over.deletedLength();
    int overInserted = over.insertedLength();
    int order = position - ahead - overStart; // negative if this one stands in front
    if ((order & (overEnd - end) & -overInserted) < 0) { // all three negative: it would be split
      return false;
    }
    int behind = overStart + overInserted + Math.max(0, position - overEnd);
    int start = behind ^ ((behind ^ position) & (order >> 31)); // order < 0 ? position : behind
    int common = Math.min(end, overEnd) - Math.max(position, overStart);
    int rest = deleted - Math.max(0, common);
    if ((start | (start + rest)) < 0) { // an overflow
      return false;
    }
    position = start;
    deleted = rest;
    return true;
  }

  TextOperation toOperation() {
    return position == operation.retained() && deleted == operation.deletedLength()
        ? operation
        : TextOperation.single(position, deleted, operation.content());
  }
}
