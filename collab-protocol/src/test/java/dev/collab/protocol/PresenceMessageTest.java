package dev.collab.protocol;

import static dev.collab.protocol.Frames.BASE;
import static dev.collab.protocol.Frames.EXTENDED;
import static dev.collab.protocol.Frames.quoted;
import static dev.collab.protocol.Frames.read;
import static dev.collab.protocol.Frames.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence, as both dialects have it. Single quotes stand for double ones. */
class PresenceMessageTest {

  private static final PresenceBase PLACE = new PresenceBase("c", "d", 3, "text");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'ps'}",
        "{'a':'ps','ch':'x'}",
        "{'a':'pr'}",
        "{'a':'pr','ch':1}",
        "{'a':'ps','seq':1}",
        "{'a':'ps','ch':1,'seq':1}",
        "{'a':'ps','ch':'x','seq':'1'}",
        "{'a':'ps','ch':'x','seq':-1}",
        "{'a':'ps','ch':'x','seq':1.5}",
        "{'a':'ps','ch':'x','seq':9007199254740992}",
        "{'a':'ps','ch':'\\ud83d','seq':1}",
        "{'a':'pu','ch':'__proto__','seq':1}",
        "{'a':'pu','ch':'x','seq':null}",
        "{'a':'p','id':'y','p':null,'pv':0}",
        "{'a':'p','ch':'x','p':null,'pv':0}",
        "{'a':'p','ch':'x','id':1,'p':null,'pv':0}",
        "{'a':'p','ch':'x','id':'valueOf','p':null,'pv':0}",
        "{'a':'p','ch':'x','id':'y','p':null}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':null}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':-1}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':0.5}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':0,'src':5}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':0,'src':''}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':0,'c':5}",
        "{'a':'p','ch':'x','id':'y','p':null,'pv':0,'v':'1'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','v':1,'t':'text'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'d':'d','v':1,'t':'text'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','d':'d','t':'text'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','d':'d','v':null,'t':'text'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','d':'d','v':-1,'t':'text'}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','d':'d','v':1}",
        "{'a':'p','ch':'c.d','id':'y','p':1,'pv':0,'c':'c','d':'d','v':1,'t':5}",
        "{'a':'p','ch':'c.e','id':'y','p':1,'pv':0,'c':'c','d':'d','v':1,'t':'text'}",
        "{'a':'p','ch':'cd','id':'y','p':1,'pv':0,'c':'c','d':'d','v':1,'t':'text'}",
        "{'a':'p','ch':'c.toString','id':'y','p':1,'pv':0,'c':'c','d':'toString','v':1,'t':'text'}",
      })
  void decodeClientFrame_brokenRule_isRefusedInBothDialects(String frame) {
    Frames.assertRefused(BASE, frame, ErrorCodes.MESSAGE_BADLY_FORMED);
    Frames.assertRefused(EXTENDED, frame, ErrorCodes.MESSAGE_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'ps','ch':'c.d','seq':1,'c':'c'}",
        "{'a':'ps','ch':'c.d','seq':1,'d':'d'}",
        "{'a':'ps','ch':'c.d','seq':1,'c':'c','d':5}",
        "{'a':'ps','ch':'c.e','seq':1,'c':'c','d':'d'}",
        "{'a':'p','ch':'x','id':'y','p':1,'pv':0,'away':1}"
      })
  void decodeClientFrame_brokenRuleOfTheExtension_isNotLookedAtInTheBase(String frame) {
    Frames.assertRefused(EXTENDED, frame, ErrorCodes.MESSAGE_BADLY_FORMED);
    assertThat(BASE.decodeClientFrame(quoted(frame)))
        .hasSize(1)
        .noneMatch(RefusedRequest.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'ps','ch':'x'}",
        "{'a':'ps','ch':'x','seq':1,'presences':{}}",
        "{'a':'ps','ch':'x','seq':1,'presences':[5]}",
        "{'a':'ps','ch':'x','seq':1,'presences':[{}]}",
        "{'a':'pu','seq':1}",
        "{'a':'pr','ch':1}",
        "{'a':'p','ch':'x','id':'y','p':1,'pv':0}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'c':'c'}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'user':'Ada'}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'user':{'id':'u'}}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'user':{'id':'u','name':''}}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'status':'gone'}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'status':'ACTIVE'}",
        "{'a':'p','ch':'x','src':'z','id':'y','p':1,'pv':0,'idle':-1}"
      })
  void decodeServerFrame_brokenRule_isRefused(String frame) {
    Frames.assertServerFrameRefused(frame);
  }

  @Test
  void request_made_readsBack() {
    PresenceRequest subscribe = reread(PresenceRequest.subscribe("x", 1));
    assertThat(subscribe.kind()).isEqualTo(ClientMessage.Kind.PRESENCE_SUBSCRIBE);
    assertThat(subscribe.channel()).isEqualTo("x");
    assertThat(subscribe.sequence()).isEqualTo(1);
    assertThat(subscribe.collection()).isEmpty();
    assertThat(subscribe.document()).isEmpty();

    PresenceRequest document = reread(PresenceRequest.subscribe("c", "d", 2));
    assertThat(document.channel()).isEqualTo("c.d");
    assertThat(document.collection()).contains("c");
    assertThat(document.document()).contains("d");

    assertThat(reread(PresenceRequest.unsubscribe("x", 3)).kind())
        .isEqualTo(ClientMessage.Kind.PRESENCE_UNSUBSCRIBE);
    assertThatIllegalArgumentException().isThrownBy(() -> PresenceRequest.subscribe("x", -1));

    PresenceRequest repeat = reread(PresenceRequest.repeat("x"));
    assertThat(repeat.kind()).isEqualTo(ClientMessage.Kind.PRESENCE_REPEAT);
    assertThat(repeat.channel()).isEqualTo("x");
  }

  @Test
  void request_ofADocumentInTheBaseDialect_isOfAChannelAlone() {
    String frame = BASE.encode(PresenceRequest.subscribe("c", "d", 2));
    PresenceRequest request = read(BASE, frame, PresenceRequest.class);

    assertThat(request.channel()).isEqualTo("c.d");
    assertThat(request.collection()).isEmpty();
    assertThat(request.document()).isEmpty();
  }

  @Test
  void update_made_readsBack() {
    PresenceUpdate plain = reread(PresenceUpdate.builder("x", "y", 0, JsonValue.NULL).build());
    assertThat(plain.channel()).isEqualTo("x");
    assertThat(plain.id()).isEqualTo("y");
    assertThat(plain.presenceVersion()).isZero();
    assertThat(plain.value()).isEqualTo(JsonValue.NULL);
    assertThat(plain.base()).isEmpty();
    assertThat(plain.source()).isEmpty();
    assertThat(plain.isAway()).isFalse();

    PresenceUpdate full =
        reread(
            PresenceUpdate.builder("c.d", "y", 7, JsonValue.of("v"))
                .base(PLACE)
                .source("me")
                .away(true)
                .build());
    assertThat(full.value()).isEqualTo(JsonValue.of("v"));
    assertThat(full.base()).contains(PLACE);
    assertThat(full.source()).contains("me");
    assertThat(full.isAway()).isTrue();
  }

  @Test
  void update_impossible_isNotBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PresenceUpdate.builder("x", "y", -1, JsonValue.NULL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PresenceUpdate.builder("x", "y", 0, JsonValue.NULL).base(PLACE));
    assertThatIllegalArgumentException().isThrownBy(() -> new PresenceBase("c", "d", -1, "text"));
  }

  @Test
  void update_withoutValue_isGone() {
    PresenceUpdate update = read(BASE, "{'a':'p','ch':'x','id':'y','pv':1}", PresenceUpdate.class);

    assertThat(update.value()).isEqualTo(JsonValue.NULL);
  }

  @Test
  void update_awayInTheBaseDialect_isNotRead() {
    PresenceUpdate update =
        read(BASE, "{'a':'p','ch':'x','id':'y','p':1,'pv':1,'away':true}", PresenceUpdate.class);

    assertThat(update.isAway()).isFalse();
  }

  @Test
  void encode_whoAndHowInTheBaseDialect_isLeftOut() {
    PresenceState plain =
        PresenceState.builder("c.d", "me", "y", 1, JsonValue.of(1)).base(PLACE).build();
    PresenceState full =
        PresenceState.builder("c.d", "me", "y", 1, JsonValue.of(1))
            .base(PLACE)
            .user(User.of("u", "Ada"))
            .status(Status.IDLE)
            .idle(Duration.ofSeconds(90))
            .build();

    assertThat(BASE.encode(full)).isEqualTo(BASE.encode(plain)).isEqualTo(EXTENDED.encode(plain));
    assertThat(BASE.decodeServerFrame(EXTENDED.encode(full))).containsExactly(plain);
    assertThat(
            BASE.encode(
                new PresenceNotice.Done(
                    ClientMessage.Kind.PRESENCE_SUBSCRIBE, "c.d", 1, List.of(full))))
        .isEqualTo(quoted("{'a':'ps','ch':'c.d','seq':1}"));
    assertThat(full.withSource("other").source()).isEqualTo("other");
    assertThat(full.withSource("other").withSource("me")).isEqualTo(full);
  }

  @Test
  void done_forAnotherRequest_isNotMade() {
    PresenceState state = PresenceState.builder("x", "me", "y", 1, JsonValue.of(1)).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PresenceNotice.Done(ClientMessage.Kind.SUBSCRIBE, "x", 1, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PresenceNotice.Done(
                    ClientMessage.Kind.PRESENCE_UNSUBSCRIBE, "x", 1, List.of(state)));
  }

  @Test
  void decodeServerFrame_answerWithoutChannel_isIgnored() {
    assertThat(BASE.decodeServerFrame(quoted("{'a':'pr'}")))
        .containsExactly(new ServerMessage.Unrecognized("pr"));
  }

  @Test
  void idle_lessThanAMillisecond_isCutOff() {
    PresenceState.Builder builder = PresenceState.builder("x", "me", "y", 1, JsonValue.of(1));

    assertThat(builder.idle(Duration.ofNanos(1_999_999)).build().idle())
        .contains(Duration.ofMillis(1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.idle(Duration.ofNanos(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.idle(Duration.ofSeconds(Long.MAX_VALUE)));
  }
}
