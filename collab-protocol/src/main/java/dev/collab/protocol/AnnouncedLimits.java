package dev.collab.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells its clients of its limits.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class AnnouncedLimits {

  private final long operation;
  private final long document;
  private final long frame;
  private final long presence;
  private final long chat;

  private AnnouncedLimits(Builder builder) {
    this.operation = builder.operation;
    this.document = builder.document;
    this.frame = builder.frame;
    this.presence = builder.presence;
    this.chat = builder.chat;
  }

  /**
   * Returns what is to be told of a codec's limits.
   *
   * @param limits the codec's limits
   * @return those that a client must know
   */
  public static AnnouncedLimits of(WireLimits limits) {
    return builder()
        .operation(limits.operation())
        .document(limits.document())
        .frame(limits.frame())
        .presence(limits.presence())
        .chat(limits.chat())
        .build();
  }

  /**
   * Starts from the defaults of {@link WireLimits}.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the greatest weight of an operation.
   *
   * @return the weight
   */
  public long operation() {
    return operation;
  }

  /**
   * Returns the greatest size of a document.
   *
   * @return the size as its type measures it
   */
  public long document() {
    return document;
  }

  /**
   * Returns the greatest length of a frame.
   *
   * @return UTF-16 code units
   */
  public long frame() {
    return frame;
  }

  /**
   * Returns the greatest weight of a presence value.
   *
   * @return the weight
   */
  public long presence() {
    return presence;
  }

  /**
   * Returns the greatest length of a chat message's text, and the greatest weight of its data.
   *
   * @return UTF-16 code units
   */
  public long chat() {
    return chat;
  }

  /** Reads limits; those of presence and chat may be absent. */
  static AnnouncedLimits read(Members members) {
    Builder builder =
        builder()
            .operation(members.integer("operation"))
            .document(members.integer("document"))
            .frame(members.integer("frame"));
    members.optionalInteger("presence").ifPresent(builder::presence);
    members.optionalInteger("chat").ifPresent(builder::chat);
    return builder.build();
  }

  /** Appends the limits' text. */
  void append(StringBuilder out) {
    out.append("{\"operation\":").append(operation);
    out.append(",\"document\":").append(document);
    out.append(",\"frame\":").append(frame);
    out.append(",\"presence\":").append(presence);
    out.append(",\"chat\":").append(chat).append('}');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnnouncedLimits that
        && operation == that.operation
        && document == that.document
        && frame == that.frame
        && presence == that.presence
        && chat == that.chat;
  }

  @Override
  public int hashCode() {
    return Objects.hash(operation, document, frame, presence, chat);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    append(out);
    return out.toString();
  }

  /** Collects limits. Confined: callers must serialise calls. */
  public static final class Builder {

    private long operation = WireLimits.DEFAULT.operation();
    private long document = WireLimits.DEFAULT.document();
    private long frame = WireLimits.DEFAULT.frame();
    private long presence = WireLimits.DEFAULT.presence();
    private long chat = WireLimits.DEFAULT.chat();

    private Builder() {}

    /**
     * Sets the greatest weight of an operation.
     *
     * @param limit from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder operation(long limit) {
      operation = Members.checkInteger("operation", limit);
      return this;
    }

    /**
     * Sets the greatest size of a document.
     *
     * @param limit from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder document(long limit) {
      document = Members.checkInteger("document", limit);
      return this;
    }

    /**
     * Sets the greatest length of a frame.
     *
     * @param limit from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder frame(long limit) {
      frame = Members.checkInteger("frame", limit);
      return this;
    }

    /**
     * Sets the greatest weight of a presence value.
     *
     * @param limit from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder presence(long limit) {
      presence = Members.checkInteger("presence", limit);
      return this;
    }

    /**
     * Sets the greatest length of a chat message's text.
     *
     * @param limit from 0 to 2^53 − 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder chat(long limit) {
      chat = Members.checkInteger("chat", limit);
      return this;
    }

    /**
     * Builds the limits.
     *
     * @return the limits
     */
    public AnnouncedLimits build() {
      return new AnnouncedLimits(this);
    }
  }
}
