package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

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

  private static final int MAX_REASON_BYTES = 123;

  /** The normal end. */
  public static final CloseReason NORMAL = new CloseReason(1000, "");

  /** The server or the page goes away. */
  public static final CloseReason GOING_AWAY = new CloseReason(1001, "going away");

  /** The connection broke without a close frame. */
  public static final CloseReason ABNORMAL = new CloseReason(1006, "connection lost");

  /**
   * Checks the code and the length of the reason.
   *
   * @param code 1000–4999
   * @param reason a short text for people
   * @throws IllegalArgumentException if {@code code} is outside 1000–4999, or {@code reason} is
   *     longer than 123 bytes
   */
  public CloseReason {
    requireNonNull(reason, "reason");
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException("close code " + code + " is outside 1000..4999");
    }
    int length = reason.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "a reason of " + length + " bytes is longer than " + MAX_REASON_BYTES);
    }
  }
}
