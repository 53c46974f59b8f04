package dev.collab.chat;

/**
 * Reads the messages of a room page by page. A page is asked for by the id of a message, which need
 * not be there any more: so going on from the last id seen, in either direction, gives each message
 * once, whatever is posted, erased or dropped meanwhile. A page takes O(log n) and its own length.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatHistory {

  private ChatHistory() {}

  /**
   * Returns the newest messages.
   *
   * @param room the room
   * @param limit how many at most, at least 1
   * @return the page; {@code more} tells of older ones
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public static ChatPage newest(ChatRoom room, int limit) {
    return before(room, Long.MAX_VALUE, limit);
  }

  /**
   * Returns the messages before one, those nearest to it.
   *
   * @param room the room
   * @param id the id of a message
   * @param limit how many at most, at least 1
   * @return the page; {@code more} tells of older ones
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public static ChatPage before(ChatRoom room, long id, int limit) {
    Messages messages = room.history();
    int to = messages.countBelow(id);
    int from = Math.max(0, to - checkLimit(limit));
    return new ChatPage(messages.page(from, to), from > 0);
  }

  /**
   * Returns the messages behind one, those nearest to it.
   *
   * @param room the room
   * @param id the id of a message; 0 for the oldest messages
   * @param limit how many at most, at least 1
   * @return the page; {@code more} tells of newer ones
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public static ChatPage after(ChatRoom room, long id, int limit) {
    Messages messages = room.history();
    int from = id == Long.MAX_VALUE ? messages.size() : messages.countBelow(id + 1);
    int to = (int) Math.min(messages.size(), (long) from + checkLimit(limit));
    return new ChatPage(messages.page(from, to), to < messages.size());
  }

  private static int checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
    return limit;
  }
}
