package dev.collab.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginPolicyTest {

  @Test
  void sameOrigin_comparesHostAndPort() {
    OriginPolicy policy = OriginPolicy.sameOrigin();
    assertThat(policy.allows("https://example.org", "example.org")).isTrue();
    assertThat(policy.allows("https://EXAMPLE.org", "example.ORG:443")).isTrue();
    assertThat(policy.allows("http://example.org:80", "example.org")).isTrue();
    assertThat(policy.allows("http://localhost:8080", "localhost:8080")).isTrue();
    assertThat(policy.allows("http://[::1]:8080", "[::1]:8080")).isTrue();
  }

  @Test
  void sameOrigin_refusesEverythingElse() {
    OriginPolicy policy = OriginPolicy.sameOrigin();
    assertThat(policy.allows("https://evil.example", "example.org")).isFalse();
    assertThat(policy.allows("https://example.org:8443", "example.org")).isFalse();
    assertThat(policy.allows("https://example.org.evil.example", "example.org")).isFalse();
    assertThat(policy.allows("https://example.org@evil.example", "example.org")).isFalse();
    assertThat(policy.allows("http://example.org", "example.org:443")).isFalse();
    assertThat(policy.allows("null", "example.org")).isFalse();
    assertThat(policy.allows("null", "null")).isFalse();
    assertThat(policy.allows("", "")).isFalse();
    assertThat(policy.allows("https://", "")).isFalse();
  }

  @Test
  void only_listsWholeOrigins() {
    OriginPolicy policy = OriginPolicy.only("https://example.org", "http://localhost:3000");
    assertThat(policy.allows("https://example.org:443", "other")).isTrue();
    assertThat(policy.allows("http://LOCALHOST:3000", "other")).isTrue();
    assertThat(policy.allows("http://example.org", "example.org")).isFalse();
    assertThat(policy.allows("https://other", "other")).isFalse();
  }

  @Test
  void sameOriginOr_allowsBoth() {
    OriginPolicy policy = OriginPolicy.sameOriginOr("https://example.org");
    assertThat(policy.allows("https://example.org", "other")).isTrue();
    assertThat(policy.allows("https://other", "other")).isTrue();
    assertThat(policy.allows("https://third", "other")).isFalse();
  }
}
