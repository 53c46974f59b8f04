package dev.collab.transport;

import static java.util.Objects.requireNonNull;

/**
 * Why a connection ends: a code of the WebSocket protocol (RFC 6455, section 7.4) and a word.
 *
 * <p>Immutable.
 *
 * @param code 1000–4999
 * @param reason a short text for people, at most 123 bytes in UTF-8 so that it fits a close frame
 * @since 0.1
 */
public record CloseReason(int code, String reason) {

  /** The normal end. */
  public static final CloseReason NORMAL = new CloseReason(1000, "");

  /** The server or the page goes away. */
  public static final CloseReason GOING_AWAY = new CloseReason(1001, "going away");

  /** The connection broke without a close frame. */
  public static final CloseReason ABNORMAL = new CloseReason(1006, "connection lost");

  /**
   * Checks the code.
   *
   * @param code 1000–4999
   * @param reason a short text for people
   * @throws IllegalArgumentException if {@code code} is outside 1000–4999
   */
  public CloseReason {
    requireNonNull(reason, "reason");
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException("close code " + code + " is outside 1000..4999");
    }
  }
}
