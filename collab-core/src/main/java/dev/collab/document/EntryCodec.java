package dev.collab.document;

/**
 * How entries are stored. The form is deterministic, since the chain hash is computed over it, and
 * carries a version of its own.
 *
 * <p>Thread-safe: implementations are pure.
 *
 * @since 0.1
 */
public interface EntryCodec {

  /**
   * Writes an entry.
   *
   * @param entry any entry
   * @return its stored form; equal entries give equal bytes
   */
  byte[] encode(CommittedOperation entry);

  /**
   * Reads an entry.
   *
   * @param encoded what {@link #encode} wrote, by this or an earlier version
   * @return the entry
   * @throws CorruptLogException if it is not an entry, or one of an unknown version or type
   */
  CommittedOperation decode(byte[] encoded);

  /**
   * Writes a snapshot.
   *
   * @param snapshot any snapshot
   * @return its stored form
   */
  byte[] encodeSnapshot(Snapshot snapshot);

  /**
   * Reads a snapshot.
   *
   * @param encoded what {@link #encodeSnapshot} wrote, by this or an earlier version
   * @return the snapshot
   * @throws CorruptLogException if it is not a snapshot, or one of an unknown version or type
   */
  Snapshot decodeSnapshot(byte[] encoded);
}
