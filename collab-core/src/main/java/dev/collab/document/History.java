package dev.collab.document;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The entries behind a base revision, in chunks that consecutive versions share: appending copies
 * at most one chunk, and the list of chunks when one is full.
 *
 * <p>Immutable.
 */
final class History {

  private static final int CHUNK = 64;

  private static final Chunk[] NO_CHUNKS = {};

  private final long base;

  /** How many entries of the first chunk lie at or below the base. */
  private final int skipped;

  private final Chunk[] full;
  private final Chunk tail;

  private History(long base, int skipped, Chunk[] full, Chunk tail) {
    this.base = base;
    this.skipped = skipped;
    this.full = full;
    this.tail = tail;
  }

  static History startingAt(long base) {
    return new History(base, 0, NO_CHUNKS, Chunk.EMPTY);
  }

  long base() {
    return base;
  }

  long revision() {
    return base + size();
  }

  private int size() {
    return full.length * CHUNK + tail.size() - skipped;
  }

  History append(CommittedOperation entry) {
    Chunk longer = tail.append(entry);
    if (longer.size() < CHUNK) {
      return new History(base, skipped, full, longer);
    }
    Chunk[] chunks = Arrays.copyOf(full, full.length + 1);
    chunks[full.length] = longer;
    return new History(base, skipped, chunks, Chunk.EMPTY);
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
    Chunk[] chunks = Arrays.copyOfRange(full, gone, full.length);
    return new History(newBase, drop - gone * CHUNK, chunks, tail);
  }

  /** Returns the entry that applies to {@code baseRevision}. */
  CommittedOperation entryAt(long baseRevision) {
    int index = index(baseRevision);
    return chunk(index).entries[index % CHUNK];
  }

  /** Returns the operation of the edit that applies to {@code baseRevision}; null if it is none. */
  private @Nullable Operation operationAt(long baseRevision) {
    int index = index(baseRevision);
    return chunk(index).operations[index % CHUNK];
  }

  private int index(long baseRevision) {
    return skipped + Math.toIntExact(baseRevision - base);
  }

  private Chunk chunk(int index) {
    int chunk = index / CHUNK;
    return chunk < full.length ? full[chunk] : tail;
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

  /** Returns the base revision of the first entry from {@code from} on that is not an edit. */
  long nextOther(long from) {
    long revision = from;
    while (revision < revision() && operationAt(revision) != null) {
      revision++;
    }
    return revision;
  }

  /**
   * Returns the operations of the edits from the entry at {@code from} on, up to the first entry
   * that is something else.
   */
  <O extends Operation> List<O> editsFrom(long from, Class<O> operationClass) {
    int count = Math.toIntExact(nextOther(from) - from);
    return new AbstractList<>() {
      @Override
      public O get(int index) {
        return operationClass.cast(requireNonNull(operationAt(from + index)));
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /**
   * At most {@value #CHUNK} consecutive entries, with the operations of those that are edits side
   * by side: a submission from far behind looks at nothing else.
   */
  private static final class Chunk {

    static final Chunk EMPTY = new Chunk(new CommittedOperation[0], new Operation[0]);

    final CommittedOperation[] entries;
    final @Nullable Operation[] operations;

    Chunk(CommittedOperation[] entries, @Nullable Operation[] operations) {
      this.entries = entries;
      this.operations = operations;
    }

    int size() {
      return entries.length;
    }

    Chunk append(CommittedOperation entry) {
      CommittedOperation[] longer = Arrays.copyOf(entries, entries.length + 1);
      longer[entries.length] = entry;
      @Nullable Operation[] edits = Arrays.copyOf(operations, entries.length + 1);
      edits[entries.length] =
          entry.payload() instanceof Payload.Edit<?> edit ? edit.operation() : null;
      return new Chunk(longer, edits);
    }
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
