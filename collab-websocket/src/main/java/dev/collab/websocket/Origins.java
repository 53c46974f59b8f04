package dev.collab.websocket;

import java.util.Locale;

/** Compares origins of web pages. */
final class Origins {

  private Origins() {}

  /** Returns an origin in lower case and without a default port. */
  static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return withoutPort(lower, defaultPort(lower));
  }

  static boolean isSame(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    int separator = lower.indexOf("://");
    if (separator < 0 || host.isEmpty()) {
      return false;
    }
    String port = defaultPort(lower);
    String authority = lower.substring(separator + 3);
    return withoutPort(authority, port).equals(withoutPort(host.toLowerCase(Locale.ROOT), port));
  }

  private static String defaultPort(String origin) {
    return origin.startsWith("https:") ? ":443" : ":80";
  }

  private static String withoutPort(String text, String port) {
    return text.endsWith(port) ? text.substring(0, text.length() - port.length()) : text;
  }
}
