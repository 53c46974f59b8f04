package dev.collab.chat;

/**
 * What a room admits. The limits hold for what is new: they may change from one start of a server
 * to the next, and differ from one server to another.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatLimits {

  /** The greatest value of the limits for texts and data: 65,536. */
  public static final int MAX_CONTENT = 1 << 16;

  /** Texts up to 4,096 code units, data up to a weight of 4,096, 10,000 members. */
  public static final ChatLimits DEFAULT = new ChatLimits(4096, 4096, 10_000);

  private final int text;
  private final int data;
  private final int members;

  private ChatLimits(int text, int data, int members) {
    this.text = text;
    this.data = data;
    this.members = members;
  }

  /**
   * Sets the greatest length of a text.
   *
   * @param limit UTF-16 code units, 1 to {@link #MAX_CONTENT}
   * @return the limits with it
   * @throws IllegalArgumentException if {@code limit} is outside that range
   */
  public ChatLimits withText(int limit) {
    return new ChatLimits(check("text", limit, MAX_CONTENT), data, members);
  }

  /**
   * Sets the greatest weight of the data of a message.
   *
   * @param limit the weight, 1 to {@link #MAX_CONTENT}
   * @return the limits with it
   * @throws IllegalArgumentException if {@code limit} is outside that range
   */
  public ChatLimits withData(int limit) {
    return new ChatLimits(text, check("data", limit, MAX_CONTENT), members);
  }

  /**
   * Sets how many members a room has at most.
   *
   * @param limit members, at least 1
   * @return the limits with it
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public ChatLimits withMembers(int limit) {
    return new ChatLimits(text, data, check("members", limit, Integer.MAX_VALUE));
  }

  /**
   * Returns the greatest length of a text.
   *
   * @return UTF-16 code units, 4,096 by default
   */
  public int text() {
    return text;
  }

  /**
   * Returns the greatest weight of the data of a message.
   *
   * @return the weight, 4,096 by default
   */
  public int data() {
    return data;
  }

  /**
   * Returns how many members a room has at most.
   *
   * @return members, 10,000 by default
   */
  public int members() {
    return members;
  }

  private static int check(String what, int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException(what + " " + limit + " is outside 1.." + most);
    }
    return limit;
  }
}
