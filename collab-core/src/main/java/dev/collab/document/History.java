package dev.collab.document;

import dev.collab.operation.Operation;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The entries behind a base revision, in chunks that consecutive versions share: appending copies
 * at most one chunk, and the list of chunks when one is full.
 *
 * <p>Immutable.
 */
final class History {

  private static final int CHUNK = 64;

  private static final CommittedOperation[][] NO_CHUNKS = {};
  private static final CommittedOperation[] NO_ENTRIES = {};

  private final long base;

  /** How many entries of the first chunk lie at or below the base. */
  private final int skipped;

  private final CommittedOperation[][] full;
  private final CommittedOperation[] tail;

  private History(long base, int skipped, CommittedOperation[][] full, CommittedOperation[] tail) {
    this.base = base;
    this.skipped = skipped;
    this.full = full;
    this.tail = tail;
  }

  static History startingAt(long base) {
    return new History(base, 0, NO_CHUNKS, NO_ENTRIES);
  }

  long base() {
    return base;
  }

  long revision() {
    return base + size();
  }

  private int size() {
    return full.length * CHUNK + tail.length - skipped;
  }

  History append(CommittedOperation entry) {
    CommittedOperation[] longer = new CommittedOperation[tail.length + 1];
    System.arraycopy(tail, 0, longer, 0, tail.length);
    longer[tail.length] = entry;
    if (longer.length < CHUNK) {
      return new History(base, skipped, full, longer);
    }
    CommittedOperation[][] chunks = new CommittedOperation[full.length + 1][];
    System.arraycopy(full, 0, chunks, 0, full.length);
    chunks[full.length] = longer;
    return new History(base, skipped, chunks, NO_ENTRIES);
  }

  /** Forgets the entries up to and including revision {@code newBase}. */
  History trimmedTo(long newBase) {
    if (newBase <= base) {
      return this;
    }
    if (newBase > revision()) {
      throw new IllegalArgumentException(
          "base " + newBase + " is above the revision " + revision());
    }
    int drop = skipped + (int) (newBase - base);
    int gone = Math.min(drop / CHUNK, full.length);
    CommittedOperation[][] chunks = new CommittedOperation[full.length - gone][];
    System.arraycopy(full, gone, chunks, 0, chunks.length);
    return new History(newBase, drop - gone * CHUNK, chunks, tail);
  }

  /** Returns the entry that applies to {@code baseRevision}. */
  CommittedOperation entryAt(long baseRevision) {
    int index = skipped + Math.toIntExact(baseRevision - base);
    int chunk = index / CHUNK;
    return chunk < full.length ? full[chunk][index % CHUNK] : tail[index - full.length * CHUNK];
  }

  /** Returns a view of the entries from the one that applies to {@code from} to the end. */
  List<CommittedOperation> since(long from) {
    if (from < base || from > revision()) {
      throw new IndexOutOfBoundsException(
          "revision " + from + " is outside " + base + ".." + revision());
    }
    return new EntryView(from, Math.toIntExact(revision() - from));
  }

  /**
   * Finds the entry with an id by looking through all. One that voids it counts only if there is no
   * other.
   */
  Optional<CommittedOperation> find(OperationId id) {
    Optional<CommittedOperation> voiding = Optional.empty();
    for (long revision = revision() - 1; revision >= base; revision--) {
      CommittedOperation entry = entryAt(revision);
      if (entry.id().equals(id)) {
        if (entry.payload().kind() != Payload.Kind.NONE) {
          return Optional.of(entry);
        }
        voiding = Optional.of(entry);
      }
    }
    return voiding;
  }

  /**
   * Returns the operations of the edits from the entry at {@code from} on, up to the first entry
   * that is something else.
   */
  <O extends Operation> List<O> editsFrom(long from, Class<O> operationClass) {
    int count = Math.toIntExact(revision() - from);
    List<O> edits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (!(entryAt(from + i).payload() instanceof Payload.Edit<?> edit)) {
        break;
      }
      edits.add(operationClass.cast(edit.operation()));
    }
    return edits;
  }

  private final class EntryView extends AbstractList<CommittedOperation> implements RandomAccess {

    private final long from;
    private final int size;

    EntryView(long from, int size) {
      this.from = from;
      this.size = size;
    }

    @Override
    public CommittedOperation get(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException("index " + index + " is outside 0.." + (size - 1));
      }
      return entryAt(from + index);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
