package dev.collab.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {

  @Test
  void id_lengths_areAcceptedFrom1To256() {
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("", "Ada"));
    assertThat(User.of("u", "Ada").id()).isEqualTo("u");
    assertThat(User.of("u".repeat(255), "Ada").id()).hasSize(255);
    assertThat(User.of("u".repeat(256), "Ada").id()).hasSize(256);
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("u".repeat(257), "Ada"));
  }

  @Test
  void name_lengths_areAcceptedFrom1To64() {
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("u", ""));
    assertThat(User.of("u", "A").name()).isEqualTo("A");
    assertThat(User.of("u", "A".repeat(63)).name()).hasSize(63);
    assertThat(User.of("u", "A".repeat(64)).name()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("u", "A".repeat(65)));
  }

  @Test
  void text_withALoneSurrogate_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("\ud83d", "Ada"));
    assertThatIllegalArgumentException().isThrownBy(() -> User.of("u", "Ada \ude00"));
    assertThat(User.of("u", "Ada \ud83d\ude00").name()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#abc", "#ABC", "#123456", "#aBcDeF"})
  void color_hexadecimal_isAccepted(String color) {
    assertThat(User.of("u", "Ada").withColor(color).color()).hasValue(color);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "#ab", "#abcd", "#abcde", "#abcdefa", "abc", "#abg", "red", "#abc\n"})
  void color_otherwise_isRefused(String color) {
    User user = User.of("u", "Ada");
    assertThatIllegalArgumentException().isThrownBy(() -> user.withColor(color));
  }

  @Test
  void json_read_isTheUserThatWasWritten() {
    User plain = User.of("u", "Ada");
    User colored = plain.withColor("#0a0");
    assertThat(User.decode(plain.encode())).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(User.decode(colored.encode())).isEqualTo(colored).isNotEqualTo(plain);
    assertThat(plain.encode().members()).containsOnlyKeys("id", "name");
  }

  @Test
  void json_unknownMembers_doNotCount() {
    Map<String, JsonValue> members = new LinkedHashMap<>(User.of("u", "Ada").encode().members());
    members.put("mail", JsonValue.of("ada@example.org"));
    assertThat(User.decode(new JsonObject(members))).isEqualTo(User.of("u", "Ada"));
  }

  @Test
  void json_thatIsNoUser_isRefused() {
    JsonObject user = User.of("u", "Ada").withColor("#0a0").encode();
    for (String member : user.members().keySet()) {
      assertRefused(with(user, member, JsonValue.of(1)));
      assertRefused(with(user, member, JsonValue.NULL));
      assertRefused(with(user, member, JsonValue.of("")));
    }
    assertRefused(JsonValue.of("u"));
    assertRefused(JsonValue.object("id", JsonValue.of("u")));
  }

  @Test
  void toString_any_tellsNoName() {
    assertThat(User.of("u", "Ada").withColor("#0a0")).hasToString("u");
  }

  private static JsonObject with(JsonObject object, String member, JsonValue value) {
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    members.put(member, value);
    return new JsonObject(members);
  }

  private static void assertRefused(JsonValue value) {
    assertThatThrownBy(() -> User.decode(value)).isInstanceOf(InvalidOperationException.class);
  }
}
