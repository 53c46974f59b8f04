package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.protocol.ClientMessage.Kind;
import dev.collab.value.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClientMessageTest {

  private final JsonCodec base = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
  private final JsonCodec extended = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  @Test
  void handshake_first_hasNoIdAndCurrentVersions() {
    HandshakeRequest message =
        read(
            "{\"a\":\"hs\",\"id\":null,\"protocol\":1,\"protocolMinor\":2}",
            HandshakeRequest.class);

    assertThat(message.id()).isEmpty();
    assertThat(message.protocol()).isEqualTo(1);
    assertThat(message.protocolMinor()).isEqualTo(2);
    assertThat(message.extension()).isZero();
    assertThat(message).isEqualTo(HandshakeRequest.first(false));
  }

  @Test
  void handshake_returningWithExtension_hasBoth() {
    HandshakeRequest message =
        read(base.encode(HandshakeRequest.returning("me", true)), HandshakeRequest.class);

    assertThat(message.id()).contains("me");
    assertThat(message.extension()).isEqualTo(1);
  }

  @Test
  void handshake_versionsAsText_areNumbers() {
    HandshakeRequest message =
        read("{\"a\":\"hs\",\"protocol\":\"1\",\"protocolMinor\":\"1\"}", HandshakeRequest.class);

    assertThat(message.protocol()).isEqualTo(1);
    assertThat(message.protocolMinor()).isEqualTo(1);
  }

  @Test
  void handshake_withoutVersions_isOneAndZero() {
    HandshakeRequest message = read("{\"a\":\"hs\",\"id\":\"x\"}", HandshakeRequest.class);

    assertThat(message.protocol()).isEqualTo(1);
    assertThat(message.protocolMinor()).isZero();
  }

  @Test
  void documentRequest_everyKind_readsWhatWasMade() {
    for (Kind kind : List.of(Kind.FETCH, Kind.SUBSCRIBE, Kind.UNSUBSCRIBE)) {
      DocumentRequest made = DocumentRequest.of(kind, "c", "d");
      DocumentRequest message = read(base.encode(made), DocumentRequest.class);

      assertThat(message).isEqualTo(made).hasSameHashCodeAs(made);
      assertThat(message.kind()).isEqualTo(kind);
      assertThat(message.collection()).isEqualTo("c");
      assertThat(message.document()).isEqualTo("d");
      assertThat(message.version()).isEmpty();
    }
    DocumentRequest since = DocumentRequest.since(Kind.SUBSCRIBE, "c", "d", 7);
    assertThat(read(base.encode(since), DocumentRequest.class).version()).hasValue(7);
  }

  @Test
  void documentRequest_wrongKind_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DocumentRequest.of(Kind.PING, "c", "d"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentRequest.since(Kind.UNSUBSCRIBE, "c", "d", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentRequest.since(Kind.FETCH, "c", "d", -1));
  }

  @Test
  void bulkRequest_array_namesEachDocumentOnce() {
    BulkRequest message =
        read("{\"a\":\"bs\",\"c\":\"c\",\"b\":[\"x\",\"y\",\"x\"]}", BulkRequest.class);

    assertThat(message.documents()).containsExactly("x", "y");
    assertThat(message.versions()).isEmpty();
  }

  @Test
  void bulkRequest_object_hasVersionsInOrder() {
    BulkRequest message =
        read("{\"a\":\"bf\",\"c\":\"c\",\"b\":{\"x\":5,\"y\":null}}", BulkRequest.class);

    assertThat(message.documents()).containsExactly("x", "y");
    assertThat(message.versions()).contains(Map.of("x", 5L, "y", 0L));
  }

  @Test
  void bulkRequest_made_readsBack() {
    BulkRequest of = BulkRequest.of(Kind.BULK_UNSUBSCRIBE, "c", List.of("x", "y"));
    BulkRequest since = BulkRequest.since(Kind.BULK_SUBSCRIBE, "c", Map.of("x", 3L));

    assertThat(read(base.encode(of), BulkRequest.class)).isEqualTo(of);
    assertThat(read(base.encode(since), BulkRequest.class)).isEqualTo(since);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BulkRequest.since(Kind.BULK_UNSUBSCRIBE, "c", Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BulkRequest.of(Kind.FETCH, "c", List.of()));
  }

  @Test
  void submit_made_readsBack() {
    SubmitRequest made =
        SubmitRequest.builder("c", "d", 3, new Change.Edit(JsonValue.array(JsonValue.of("a"))))
            .version(2)
            .source("me")
            .seen(1)
            .build();

    SubmitRequest message =
        (SubmitRequest) extended.decodeClientFrame(extended.encode(made)).get(0);

    assertThat(message).isEqualTo(made);
    assertThat(message.sequence()).isEqualTo(3);
    assertThat(message.version()).hasValue(2);
    assertThat(message.seen()).hasValue(1);
    assertThat(message.source()).contains("me");
    assertThat(message.change()).isEqualTo(made.change());
  }

  @Test
  void submit_seenInTheBaseDialect_isNotRead() {
    String frame = "{\"a\":\"op\",\"c\":\"c\",\"d\":\"d\",\"v\":2,\"seq\":1,\"seen\":1,\"op\":[]}";

    assertThat(read(frame, SubmitRequest.class).seen()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void submit_createWithoutData_hasNullData() {
    SubmitRequest message =
        read(
            "{\"a\":\"op\",\"c\":\"c\",\"d\":\"d\",\"v\":null,\"seq\":1,\"create\":{\"type\":\"text\"}}",
            SubmitRequest.class);

    assertThat(message.change()).isEqualTo(new Change.Create("text", JsonValue.NULL));
    assertThat(message.version()).isEmpty();
    assertThat(message.source()).isEmpty();
  }

  @Test
  void submit_impossible_isNotBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubmitRequest.builder("c", "d", 1, Change.None.NONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubmitRequest.builder("c", "d", 0, Change.Delete.DELETE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubmitRequest.builder("c", "d", (1L << 53) - 1, Change.Delete.DELETE));
  }

  @Test
  void toString_anyMessage_tellsNoContent() {
    SubmitRequest submit =
        SubmitRequest.builder("secret", "secret", 1, new Change.Edit(JsonValue.of("secret")))
            .build();

    assertThat(submit.toString()).isEqualTo("SUBMIT");
    assertThat(HandshakeReply.base("secret").toString()).doesNotContain("secret");
  }

  @Test
  void permittedTypes_areTheseAlone() {
    // Adding one breaks exhaustive switches of users: a breaking change.
    assertThat(ClientMessage.class.getPermittedSubclasses()).hasSize(10);
    assertThat(ChatRequest.class.getPermittedSubclasses()).hasSize(5);
    assertThat(ServerMessage.class.getPermittedSubclasses()).hasSize(13);
    assertThat(PresenceNotice.class.getPermittedSubclasses()).hasSize(3);
    assertThat(ChatNotice.class.getPermittedSubclasses()).hasSize(9);
    assertThat(Change.class.getPermittedSubclasses()).hasSize(4);
  }

  private <T extends ClientMessage> T read(String frame, Class<T> type) {
    List<ClientMessage> messages = base.decodeClientFrame(frame);
    assertThat(messages).hasSize(1).first().isInstanceOf(type);
    return type.cast(messages.get(0));
  }
}
