package dev.collab.protocol;

import static dev.collab.protocol.Frames.BASE;
import static dev.collab.protocol.Frames.EXTENDED;
import static dev.collab.protocol.Frames.quoted;
import static dev.collab.protocol.Frames.read;
import static dev.collab.protocol.Frames.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.collab.presence.User;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a client is and what it may do. Single quotes stand for double ones. */
class IdentityMessageTest {

  private static final User ADA = User.of("u1", "Ada").withColor("#0a0");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'token':5",
        "'token':''",
        "'token':{}",
        "'token':'\\ud83d'",
        "'user':5",
        "'user':'Ada'",
        "'user':{}",
        "'user':{'name':5}",
        "'user':{'name':null}",
        "'user':{'name':''}",
        "'user':{'name':'\\udc00'}",
        "'user':{'color':'#abc'}",
        "'user':{'name':'Ada','color':5}",
        "'user':{'name':'Ada','color':'green'}",
        "'user':{'name':'Ada','color':'#abcd'}"
      })
  void handshake_badIdentity_isRefusedIfItAsksForTheExtension(String member) {
    for (JsonCodec codec : new JsonCodec[] {BASE, EXTENDED}) {
      Frames.assertRefused(
          codec, "{'a':'hs','collab':1," + member + "}", ErrorCodes.MESSAGE_BADLY_FORMED);
      HandshakeRequest base = read(codec, "{'a':'hs'," + member + "}", HandshakeRequest.class);
      assertThat(base.token()).isEmpty();
      assertThat(base.userName()).isEmpty();
    }
  }

  @Test
  void handshake_identity_isReadInTheDialectThatAConnectionBeginsWith() {
    HandshakeRequest made = HandshakeRequest.first(true).withToken("secret").withUser(ADA);
    HandshakeRequest message = read(BASE, BASE.encode(made), HandshakeRequest.class);

    assertThat(message).isEqualTo(made);
    assertThat(message.token()).contains("secret");
    assertThat(message.userName()).contains("Ada");
    assertThat(message.userColor()).contains("#0a0");
    assertThat(BASE.encode(made)).doesNotContain("u1");
    assertThat(message.toString()).isEqualTo("HANDSHAKE");
  }

  @Test
  void handshake_nothingOfIdentity_isAbsentOrNull() {
    HandshakeRequest none = reread(HandshakeRequest.returning("me", true));
    HandshakeRequest nulls =
        read(EXTENDED, "{'a':'hs','collab':1,'token':null,'user':null}", HandshakeRequest.class);

    for (HandshakeRequest message : new HandshakeRequest[] {none, nulls}) {
      assertThat(message.token()).isEmpty();
      assertThat(message.userName()).isEmpty();
      assertThat(message.userColor()).isEmpty();
    }
  }

  @Test
  void handshake_identityInTheBase_isNotMade() {
    HandshakeRequest base = HandshakeRequest.first(false);

    assertThatIllegalStateException().isThrownBy(() -> base.withToken("t"));
    assertThatIllegalStateException().isThrownBy(() -> base.withUser(ADA));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandshakeRequest.first(true).withToken(""));
  }

  @Test
  void handshake_withTheLongestOfAll_fitsIntoAFrameBeforeTheHandshake() {
    HandshakeRequest longest =
        HandshakeRequest.returning("R1q0tZ4Yc2mD8sVbW0xK5A", true)
            .withToken("t".repeat(WireLimits.DEFAULT.token()))
            .withUser(User.of("u", "\"".repeat(User.MAX_NAME_LENGTH)).withColor("#123456"));

    assertThat(BASE.encode(longest)).hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void handshakeReply_all_readsBackInTheExtensionAndIsTheIdInTheBase() {
    HandshakeReply reply =
        HandshakeReply.extended("me", AnnouncedLimits.builder().presence(5).chat(6).build())
            .withUser(ADA)
            .withExpires(Duration.ofHours(1))
            .withHeartbeat(Duration.ofMinutes(1));
    HandshakeReply message =
        (HandshakeReply) EXTENDED.decodeServerFrame(EXTENDED.encode(reply)).get(0);

    assertThat(message).isEqualTo(reply).hasSameHashCodeAs(reply);
    assertThat(message.user()).contains(ADA);
    assertThat(message.expires()).contains(Duration.ofHours(1));
    assertThat(message.heartbeat()).contains(Duration.ofMinutes(1));
    assertThat(message.limits().map(AnnouncedLimits::presence)).contains(5L);
    assertThat(message.limits().map(AnnouncedLimits::chat)).contains(6L);
    assertThat(BASE.encode(reply)).isEqualTo(BASE.encode(HandshakeReply.base("me")));
    assertThat(BASE.decodeServerFrame(EXTENDED.encode(reply)))
        .containsExactly(HandshakeReply.base("me"));
  }

  @Test
  void handshakeReply_ofTheBase_tellsNothingMore() {
    HandshakeReply base = HandshakeReply.base("me");

    assertThatIllegalStateException().isThrownBy(() -> base.withUser(ADA));
    assertThatIllegalStateException().isThrownBy(() -> base.withExpires(Duration.ZERO));
    assertThatIllegalStateException().isThrownBy(() -> base.withHeartbeat(Duration.ZERO));
  }

  @Test
  void handshakeReply_limitsThatAreNotTold_areTheDefaults() {
    HandshakeReply reply =
        (HandshakeReply)
            EXTENDED
                .decodeServerFrame(
                    quoted(
                        "{'a':'hs','protocol':1,'id':'me','collab':1,"
                            + "'limits':{'operation':1,'document':2,'frame':3}}"))
                .get(0);

    assertThat(reply.limits())
        .contains(AnnouncedLimits.builder().operation(1).document(2).frame(3).build());
    assertThat(reply.user()).isEmpty();
    assertThat(reply.expires()).isEmpty();
    assertThat(reply.heartbeat()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':'auth'}", "{'a':'auth','token':null}", "{'a':'auth','token':''}"})
  void auth_withoutToken_isRefused(String frame) {
    Frames.assertRefused(EXTENDED, frame, ErrorCodes.MESSAGE_BADLY_FORMED);
  }

  @Test
  void auth_made_readsBack() {
    assertThat(reread(AuthRequest.of("secret")).token()).isEqualTo("secret");
    assertThatIllegalArgumentException().isThrownBy(() -> AuthRequest.of(""));
    assertThat(AuthReply.forEver().expires()).isEmpty();
    assertThat(AuthReply.expiring(Duration.ofSeconds(1)).expires()).contains(Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthReply.expiring(Duration.ofMillis(-1)));
  }

  @Test
  void errorReply_toARequestWithAToken_doesNotRepeatIt() {
    for (ClientMessage request :
        new ClientMessage[] {
          AuthRequest.of("secret"), HandshakeRequest.first(true).withToken("secret")
        }) {
      ErrorReply reply =
          ErrorReply.of(request.request(), new WireError(ErrorCodes.UNAUTHENTICATED, "no"));

      assertThat(EXTENDED.encode(reply)).doesNotContain("secret", "token");
      assertThat(reply.request().members()).containsKey("a");
    }
    RefusedRequest refused =
        read(EXTENDED, "{'a':'hs','id':5,'token':'secret'}", RefusedRequest.class);
    assertThat(BASE.encode(ErrorReply.of(refused.error()))).doesNotContain("secret");
  }

  @Test
  void errorReply_whenToTryAgain_isToldInTheExtension() {
    WireError error =
        new WireError(ErrorCodes.RATE_EXCEEDED, "slow down").withRetryAfter(Duration.ofMillis(150));
    ErrorReply reply = ErrorReply.of(JsonObject.EMPTY, error);

    assertThat(EXTENDED.decodeServerFrame(EXTENDED.encode(reply))).containsExactly(reply);
    assertThat(error.retryAfter()).contains(Duration.ofMillis(150));
    assertThat(BASE.encode(reply)).doesNotContain("retryAfter");
    assertThat(BASE.decodeServerFrame(EXTENDED.encode(reply)))
        .containsExactly(
            ErrorReply.of(JsonObject.EMPTY, new WireError(ErrorCodes.RATE_EXCEEDED, "slow down")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'access','c':'c','permission':'read'}",
        "{'a':'access','d':'d','permission':'read'}",
        "{'a':'access','c':'c','d':'d'}",
        "{'a':'access','c':'c','d':'d','permission':5}",
        "{'a':'access','c':'c','d':'d','permission':'READ'}",
        "{'a':'auth','expires':-1}",
        "{'a':'auth','expires':'1'}",
        "{'a':'hs','protocol':1,'id':'me','collab':1}",
        "{'a':'hs','protocol':1,'id':'me','collab':1,'limits':{}}",
        "{'a':'x','error':{'code':'X','retryAfter':-1}}"
      })
  void decodeServerFrame_brokenRule_isRefused(String frame) {
    Frames.assertServerFrameRefused(frame);
  }

  @Test
  void access_everyPermission_readsBack() {
    for (Permission permission : Permission.values()) {
      ServerMessage document = new ServerMessage.Access("c", "d", permission);
      ServerMessage room = new ChatNotice.Access("r", permission);

      assertThat(EXTENDED.decodeServerFrame(EXTENDED.encode(document))).containsExactly(document);
      assertThat(EXTENDED.decodeServerFrame(EXTENDED.encode(room))).containsExactly(room);
    }
    assertThat(Permission.values())
        .extracting(Permission::text)
        .containsExactly("none", "read", "comment", "write", "manage");
  }
}
