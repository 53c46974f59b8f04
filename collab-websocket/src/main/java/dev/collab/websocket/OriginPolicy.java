package dev.collab.websocket;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides from which web pages a browser may connect. A browser says in the {@code Origin} header
 * which page wants to connect; without the check, any page that a user visits could act with the
 * user's cookies. Clients that send no such header are no browsers; the policy is not asked.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OriginPolicy {

  /**
   * Tells whether a page may connect.
   *
   * @param origin the {@code Origin} header, such as {@code https://example.org:8443}, or the word
   *     {@code null} for a page without an origin
   * @param host the {@code Host} header, such as {@code example.org:8443}; empty if there is none
   * @return whether the connection is accepted
   */
  boolean allows(String origin, String host);

  /**
   * Allows pages that came from the host they connect to. The host is what the browser says: an
   * application that is reachable by address alone, without a name of its own, should list its
   * origins with {@link #only} instead, or a foreign name that leads to that address will pass.
   *
   * @return the policy
   */
  static OriginPolicy sameOrigin() {
    return Origins::isSame;
  }

  /**
   * Allows pages of the same origin, and those of others.
   *
   * @param origins more origins, such as {@code https://example.org}
   * @return the policy
   */
  static OriginPolicy sameOriginOr(String... origins) {
    OriginPolicy others = only(origins);
    return (origin, host) -> Origins.isSame(origin, host) || others.allows(origin, host);
  }

  /**
   * Allows pages of some origins alone.
   *
   * @param origins the origins, such as {@code https://example.org}; a default port may be left out
   * @return the policy
   */
  static OriginPolicy only(String... origins) {
    Set<String> allowed =
        Arrays.stream(origins).map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    return (origin, host) -> allowed.contains(Origins.normal(origin));
  }

  /**
   * Allows every page: for what needs no protection.
   *
   * @return the policy
   */
  static OriginPolicy any() {
    return (origin, host) -> true;
  }
}
