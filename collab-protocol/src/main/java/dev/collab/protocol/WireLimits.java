package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

/**
 * How large what is decoded may be. Every limit is inclusive: a value that reaches it is accepted.
 * Lengths count UTF-16 code units.
 *
 * <p>The <em>weight</em> of a JSON value is the length of all its strings and member names plus one
 * for every value in it, itself included.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class WireLimits {

  /** Frames of 4 Mi, operations and documents of 2 Mi, 64 levels, 256 Ki values. */
  public static final WireLimits DEFAULT = builder().build();

  private final int frame;
  private final int depth;
  private final int operation;
  private final int document;
  private final int string;
  private final int name;
  private final int values;
  private final int bulk;
  private final int batch;
  private final int presence;
  private final int chat;
  private final int page;
  private final int token;

  private WireLimits(Builder builder) {
    this.frame = builder.frame;
    this.depth = builder.depth;
    this.operation = builder.operation;
    this.document = builder.document;
    this.string = builder.string;
    this.name = builder.name;
    this.values = builder.values;
    this.bulk = builder.bulk;
    this.batch = builder.batch;
    this.presence = builder.presence;
    this.chat = builder.chat;
    this.page = builder.page;
    this.token = builder.token;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these limits.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.frame = frame;
    builder.depth = depth;
    builder.operation = operation;
    builder.document = document;
    builder.string = string;
    builder.name = name;
    builder.values = values;
    builder.bulk = bulk;
    builder.batch = batch;
    builder.presence = presence;
    builder.chat = chat;
    builder.page = page;
    builder.token = token;
    return builder;
  }

  /**
   * Returns the greatest length of a frame.
   *
   * @return UTF-16 code units, 4,194,304 by default
   */
  public int frame() {
    return frame;
  }

  /**
   * Returns how many arrays and objects may stand inside each other, the message itself included.
   *
   * @return levels, 64 by default
   */
  public int depth() {
    return depth;
  }

  /**
   * Returns the greatest weight of an operation.
   *
   * @return the weight, 2,097,152 by default
   */
  public int operation() {
    return operation;
  }

  /**
   * Returns the greatest weight of a created document's data.
   *
   * @return the weight, 2,097,152 by default
   */
  public int document() {
    return document;
  }

  /**
   * Returns the greatest length of any string.
   *
   * @return UTF-16 code units, 2,097,152 by default
   */
  public int string() {
    return string;
  }

  /**
   * Returns the greatest length of the names of collections, documents, clients, channels, rooms
   * and types, and of member names.
   *
   * @return UTF-16 code units, 1,024 by default
   */
  public int name() {
    return name;
  }

  /**
   * Returns how many values, counted at every level, a frame may hold.
   *
   * @return values, 262,144 by default
   */
  public int values() {
    return values;
  }

  /**
   * Returns how many documents one bulk message may name.
   *
   * @return documents, 1,024 by default
   */
  public int bulk() {
    return bulk;
  }

  /**
   * Returns how many messages a frame may hold in the extended dialect.
   *
   * @return messages, 1,024 by default
   */
  public int batch() {
    return batch;
  }

  /**
   * Returns the greatest weight of a presence value.
   *
   * @return the weight, 2,048 by default
   */
  public int presence() {
    return presence;
  }

  /**
   * Returns the greatest length of a chat message's text, and the greatest weight of its data.
   *
   * @return UTF-16 code units, 4,096 by default
   */
  public int chat() {
    return chat;
  }

  /**
   * Returns how many chat messages one request may ask for.
   *
   * @return messages, 200 by default
   */
  public int page() {
    return page;
  }

  /**
   * Returns the greatest length of a token, which leaves room for the rest of a handshake.
   *
   * @return UTF-16 code units, 3,072 by default
   */
  public int token() {
    return token;
  }

  /** Collects limits. Confined: callers must serialise calls. */
  public static final class Builder {

    private int frame = 4 << 20;
    private int depth = 64;
    private int operation = 2 << 20;
    private int document = 2 << 20;
    private int string = 2 << 20;
    private int name = 1024;
    private int values = 1 << 18;
    private int bulk = 1024;
    private int batch = 1024;
    private int presence = 2048;
    private int chat = 4096;
    private int page = 200;
    private int token = 3072;

    private Builder() {}

    /**
     * Sets the greatest length of a frame.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder frame(int limit) {
      frame = positive("frame", limit);
      return this;
    }

    /**
     * Sets how many arrays and objects may stand inside each other.
     *
     * @param limit levels, from 1 to 1,000
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is outside that range
     */
    public Builder depth(int limit) {
      if (limit > JsonReader.MAX_DEPTH) {
        throw new IllegalArgumentException("depth " + limit + " is above " + JsonReader.MAX_DEPTH);
      }
      depth = positive("depth", limit);
      return this;
    }

    /**
     * Sets the greatest weight of an operation.
     *
     * @param limit the weight, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder operation(int limit) {
      operation = positive("operation", limit);
      return this;
    }

    /**
     * Sets the greatest weight of a created document's data.
     *
     * @param limit the weight, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder document(int limit) {
      document = positive("document", limit);
      return this;
    }

    /**
     * Sets the greatest length of any string.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder string(int limit) {
      string = positive("string", limit);
      return this;
    }

    /**
     * Sets the greatest length of names.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder name(int limit) {
      name = positive("name", limit);
      return this;
    }

    /**
     * Sets how many values a frame may hold.
     *
     * @param limit values, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder values(int limit) {
      values = positive("values", limit);
      return this;
    }

    /**
     * Sets how many documents one bulk message may name.
     *
     * @param limit documents, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder bulk(int limit) {
      bulk = positive("bulk", limit);
      return this;
    }

    /**
     * Sets how many messages a frame may hold.
     *
     * @param limit messages, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder batch(int limit) {
      batch = positive("batch", limit);
      return this;
    }

    /**
     * Sets the greatest weight of a presence value.
     *
     * @param limit the weight, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder presence(int limit) {
      presence = positive("presence", limit);
      return this;
    }

    /**
     * Sets the greatest length of a chat message's text, and the greatest weight of its data.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder chat(int limit) {
      chat = positive("chat", limit);
      return this;
    }

    /**
     * Sets how many chat messages one request may ask for.
     *
     * @param limit messages, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder page(int limit) {
      page = positive("page", limit);
      return this;
    }

    /**
     * Sets the greatest length of a token, which leaves room for the rest of a handshake.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder token(int limit) {
      token = positive("token", limit);
      return this;
    }

    /**
     * Builds the limits.
     *
     * @return the limits
     */
    public WireLimits build() {
      return new WireLimits(this);
    }

    private static int positive(String what, int limit) {
      requireNonNull(what, "what");
      if (limit < 1) {
        throw new IllegalArgumentException(what + " " + limit + " is below 1");
      }
      return limit;
    }
  }
}
