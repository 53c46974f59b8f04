package dev.collab.protocol;

/**
 * What has become of a submitted operation whose base the server no longer keeps.
 *
 * @since 0.1
 */
public enum Fate {
  /** It is in the log. */
  COMMITTED("committed"),
  /** It is not in the log and never will be. */
  NOT_COMMITTED("not-committed"),
  /** The server cannot know; if it is not in the log now, it never will be. */
  UNKNOWN("unknown");

  private final String wireName;

  Fate(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Returns the name on the wire.
   *
   * @return the name, such as {@code not-committed}
   */
  public String wireName() {
    return wireName;
  }
}
