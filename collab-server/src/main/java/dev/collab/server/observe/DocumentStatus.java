package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;

/**
 * How a document is served at one time.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class DocumentStatus {

  /** How far a document is. More states may be added. */
  public enum State {
    /** Nobody has asked for it yet. */
    NEW,
    /** It is being read from its log. */
    LOADING,
    /** It is served. */
    LOADED,
    /** It is served no longer. */
    CLOSED
  }

  private final DocumentId document;
  private final State state;
  private final long epoch;
  private final long revision;
  private final long lag;
  private final int subscribers;
  private final int waitingSubmissions;
  private final long keptEntries;
  private final long size;
  private final long memory;

  private DocumentStatus(Builder builder) {
    this.document = builder.document;
    this.state = builder.state;
    this.epoch = builder.epoch;
    this.revision = builder.revision;
    this.lag = builder.lag;
    this.subscribers = builder.subscribers;
    this.waitingSubmissions = builder.waitingSubmissions;
    this.keptEntries = builder.keptEntries;
    this.size = builder.size;
    this.memory = builder.memory;
  }

  /**
   * Begins a status in which nothing but the document is known.
   *
   * @param document the document
   * @return a builder
   */
  public static Builder builder(DocumentId document) {
    return new Builder(requireNonNull(document, "document"));
  }

  /**
   * Returns the document.
   *
   * @return the document
   */
  public DocumentId document() {
    return document;
  }

  /**
   * Returns how far it is.
   *
   * @return how far it is
   */
  public State state() {
    return state;
  }

  /**
   * Returns its epoch; 0 if it is not loaded.
   *
   * @return its epoch; 0 if it is not loaded
   */
  public long epoch() {
    return epoch;
  }

  /**
   * Returns its revision as far as it is known to stand in the log; 0 if it is not loaded.
   *
   * @return its revision as far as it is known to stand in the log; 0 if it is not loaded
   */
  public long revision() {
    return revision;
  }

  /**
   * Returns by how many entries the log is known to be ahead.
   *
   * @return by how many entries the log is known to be ahead
   */
  public long lag() {
    return lag;
  }

  /**
   * Returns how many connections follow it.
   *
   * @return how many connections follow it
   */
  public int subscribers() {
    return subscribers;
  }

  /**
   * Returns how many submissions are not decided yet.
   *
   * @return how many submissions are not decided yet
   */
  public int waitingSubmissions() {
    return waitingSubmissions;
  }

  /**
   * Returns how many entries are kept for clients that were away.
   *
   * @return how many entries are kept for clients that were away
   */
  public long keptEntries() {
    return keptEntries;
  }

  /**
   * Returns its size, by its type's measure.
   *
   * @return its size, by its type's measure
   */
  public long size() {
    return size;
  }

  /**
   * Returns what it takes with the kept entries, in bytes; an estimate.
   *
   * @return what it takes with the kept entries, in bytes; an estimate
   */
  public long memory() {
    return memory;
  }

  /** Returns the document, for logs. */
  @Override
  public String toString() {
    return document.toString();
  }

  /**
   * Builds a status.
   *
   * <p>Confined: callers must serialise calls.
   */
  public static final class Builder {

    private final DocumentId document;
    private State state = State.NEW;
    private long epoch;
    private long revision;
    private long lag;
    private int subscribers;
    private int waitingSubmissions;
    private long keptEntries;
    private long size;
    private long memory;

    private Builder(DocumentId document) {
      this.document = document;
    }

    /**
     * Sets how far it is.
     *
     * @param value how far it is
     * @return this builder
     */
    public Builder state(State value) {
      state = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets its epoch; 0 if it is not loaded.
     *
     * @param value its epoch; 0 if it is not loaded
     * @return this builder
     */
    public Builder epoch(long value) {
      epoch = value;
      return this;
    }

    /**
     * Sets its revision as far as it is known to stand in the log; 0 if it is not loaded.
     *
     * @param value its revision as far as it is known to stand in the log; 0 if it is not loaded
     * @return this builder
     */
    public Builder revision(long value) {
      revision = value;
      return this;
    }

    /**
     * Sets by how many entries the log is known to be ahead.
     *
     * @param value by how many entries the log is known to be ahead
     * @return this builder
     */
    public Builder lag(long value) {
      lag = value;
      return this;
    }

    /**
     * Sets how many connections follow it.
     *
     * @param value how many connections follow it
     * @return this builder
     */
    public Builder subscribers(int value) {
      subscribers = value;
      return this;
    }

    /**
     * Sets how many submissions are not decided yet.
     *
     * @param value how many submissions are not decided yet
     * @return this builder
     */
    public Builder waitingSubmissions(int value) {
      waitingSubmissions = value;
      return this;
    }

    /**
     * Sets how many entries are kept for clients that were away.
     *
     * @param value how many entries are kept for clients that were away
     * @return this builder
     */
    public Builder keptEntries(long value) {
      keptEntries = value;
      return this;
    }

    /**
     * Sets its size, by its type's measure.
     *
     * @param value its size, by its type's measure
     * @return this builder
     */
    public Builder size(long value) {
      size = value;
      return this;
    }

    /**
     * Sets what it takes with the kept entries, in bytes; an estimate.
     *
     * @param value what it takes with the kept entries, in bytes; an estimate
     * @return this builder
     */
    public Builder memory(long value) {
      memory = value;
      return this;
    }

    /**
     * Makes the status.
     *
     * @return what was set
     */
    public DocumentStatus build() {
      return new DocumentStatus(this);
    }
  }
}
