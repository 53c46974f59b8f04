package dev.collab.document;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash over all entries of a log up to a revision: SHA-256 over the hash before, the epoch, the
 * revision and the encoded entry, cut to 128 bits. Two logs with the same hash at a revision have
 * the same history up to it.
 *
 * <p>Immutable.
 *
 * @param high the first 64 bits
 * @param low the other 64 bits
 * @since 0.1
 */
public record ChainHash(long high, long low) {

  /** The hash of a log without entries. */
  public static final ChainHash START = new ChainHash(0, 0);

  /** The number of bytes of a hash. */
  public static final int BYTES = 16;

  /**
   * Returns the hash behind one more entry.
   *
   * @param epoch the epoch of the log
   * @param revision the revision behind the entry
   * @param encoded the entry as it is stored; not changed
   * @return the hash at {@code revision}
   */
  public ChainHash next(long epoch, long revision, byte[] encoded) {
    MessageDigest digest = sha256();
    digest.update(
        ByteBuffer.allocate(32).putLong(high).putLong(low).putLong(epoch).putLong(revision).flip());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(encoded));
    return new ChainHash(hash.getLong(), hash.getLong());
  }

  /**
   * Returns the hash's bytes.
   *
   * @return {@value #BYTES} bytes, the most significant first
   */
  public byte[] toByteArray() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /**
   * Reads a hash from its bytes.
   *
   * @param bytes {@value #BYTES} bytes, the most significant first
   * @return the hash
   * @throws IllegalArgumentException if there are not {@value #BYTES} bytes
   */
  public static ChainHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ChainHash(buffer.getLong(), buffer.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the hash in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toByteArray());
  }
}
