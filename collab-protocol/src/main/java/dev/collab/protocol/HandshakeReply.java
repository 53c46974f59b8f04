package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a handshake: the id that the client has from now on, and what both sides speak.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class HandshakeReply implements ServerMessage {

  private final String id;
  private final @Nullable AnnouncedLimits limits;

  private HandshakeReply(String id, @Nullable AnnouncedLimits limits) {
    this.id = requireNonNull(id, "id");
    this.limits = limits;
  }

  /**
   * Returns the answer that agrees on the base.
   *
   * @param id the client's id
   * @return the message
   */
  public static HandshakeReply base(String id) {
    return new HandshakeReply(id, null);
  }

  /**
   * Returns the answer that agrees on the extension. Only the extended codec writes that part.
   *
   * @param id the client's id
   * @param limits what the server accepts
   * @return the message
   */
  public static HandshakeReply extended(String id, AnnouncedLimits limits) {
    return new HandshakeReply(id, requireNonNull(limits, "limits"));
  }

  @Override
  public Kind kind() {
    return Kind.HANDSHAKE;
  }

  /**
   * Returns the client's id.
   *
   * @return the id, a secret between this client and the server
   */
  public String id() {
    return id;
  }

  /**
   * Returns what the server accepts.
   *
   * @return the limits if the extension is agreed on, otherwise empty
   */
  public Optional<AnnouncedLimits> limits() {
    return Optional.ofNullable(limits);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HandshakeReply that
        && id.equals(that.id)
        && Objects.equals(limits, that.limits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, limits);
  }

  /** Returns the kind alone: the id is a secret. */
  @Override
  public String toString() {
    return "HANDSHAKE";
  }

  /**
   * What a server tells its clients of its limits.
   *
   * @param operation the greatest weight of an operation
   * @param document the greatest size of a document
   * @param frame the greatest length of a frame in UTF-16 code units
   */
  public record AnnouncedLimits(long operation, long document, long frame) {

    /**
     * Checks the ranges.
     *
     * @param operation the greatest weight of an operation
     * @param document the greatest size of a document
     * @param frame the greatest length of a frame
     * @throws IllegalArgumentException if one is outside 0..2^53 − 1
     */
    public AnnouncedLimits {
      Members.checkInteger("operation", operation);
      Members.checkInteger("document", document);
      Members.checkInteger("frame", frame);
    }

    /**
     * Returns what is to be told of a codec's limits.
     *
     * @param limits the codec's limits
     * @return the three that a client must know
     */
    public static AnnouncedLimits of(WireLimits limits) {
      return new AnnouncedLimits(limits.operation(), limits.document(), limits.frame());
    }
  }
}
