package dev.collab.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The duplicate table: each client's newest submission. Changes since the last full copy are kept
 * in a chain of at most {@code max(64, rows / 16)} overlays, so that consecutive versions share
 * almost everything: putting takes O(1) amortised, looking up goes through the overlays first,
 * newest first.
 *
 * <p>Immutable.
 */
final class SubmissionTable {

  private static final int MIN_OVERLAYS = 64;

  static final SubmissionTable EMPTY = new SubmissionTable(Map.of(), null, 0);

  private final Map<ClientId, LastSubmission> copied;
  private final @Nullable Overlay overlay;

  /** The highest revision whose row was forgotten; 0 if none was. */
  private final long evictedUpTo;

  private SubmissionTable(
      Map<ClientId, LastSubmission> copied, @Nullable Overlay overlay, long evictedUpTo) {
    this.copied = copied;
    this.overlay = overlay;
    this.evictedUpTo = evictedUpTo;
  }

  static SubmissionTable of(Map<ClientId, LastSubmission> rows, long evictedUpTo) {
    return new SubmissionTable(Map.copyOf(rows), null, evictedUpTo);
  }

  Optional<LastSubmission> get(ClientId client) {
    for (Overlay layer = overlay; layer != null; layer = layer.below()) {
      if (layer.client().equals(client)) {
        return Optional.of(layer.row());
      }
    }
    return Optional.ofNullable(copied.get(client));
  }

  /**
   * Takes in an entry. One that voids what this table shows as committed changes nothing: it comes
   * from a node that had forgotten it.
   */
  SubmissionTable with(CommittedOperation entry) {
    boolean voided = entry.payload().kind() == Payload.Kind.NONE;
    OperationId id = entry.id();
    return voided && get(id.client()).filter(row -> row.sequence() >= id.sequence()).isPresent()
        ? this
        : with(id.client(), new LastSubmission(id.sequence(), entry.revision(), voided));
  }

  SubmissionTable with(ClientId client, LastSubmission row) {
    Overlay next = new Overlay(depth() + 1, client, row, overlay);
    SubmissionTable table = new SubmissionTable(copied, next, evictedUpTo);
    return next.depth() < Math.max(MIN_OVERLAYS, copied.size() / 16)
        ? table
        : new SubmissionTable(table.rows(), null, evictedUpTo);
  }

  /**
   * Forgets the oldest rows at or below a revision, as many as are too many.
   *
   * @param base no row above this revision is forgotten
   * @param maxRows how many rows may stay if they can go
   */
  SubmissionTable evict(long base, int maxRows) {
    Map<ClientId, LastSubmission> rows = rows();
    int excess = rows.size() - maxRows;
    if (excess <= 0) {
      return this;
    }
    List<Map.Entry<ClientId, LastSubmission>> oldest = new ArrayList<>(rows.entrySet());
    oldest.sort(Comparator.comparingLong(row -> row.getValue().revision()));
    Map<ClientId, LastSubmission> kept = new HashMap<>(rows);
    long evicted = evictedUpTo;
    for (Map.Entry<ClientId, LastSubmission> row : oldest.subList(0, excess)) {
      if (row.getValue().revision() > base) {
        break;
      }
      kept.remove(row.getKey());
      evicted = Math.max(evicted, row.getValue().revision());
    }
    return of(kept, evicted);
  }

  Map<ClientId, LastSubmission> rows() {
    if (overlay == null) {
      return copied;
    }
    Map<ClientId, LastSubmission> rows = new HashMap<>(copied);
    List<Overlay> layers = new ArrayList<>(overlay.depth());
    for (Overlay layer = overlay; layer != null; layer = layer.below()) {
      layers.add(layer);
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      rows.put(layers.get(i).client(), layers.get(i).row());
    }
    return Map.copyOf(rows);
  }

  long evictedUpTo() {
    return evictedUpTo;
  }

  private int depth() {
    return overlay == null ? 0 : overlay.depth();
  }

  /** One changed row above older changes. */
  private record Overlay(int depth, ClientId client, LastSubmission row, @Nullable Overlay below) {}
}
