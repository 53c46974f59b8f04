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
import dev.collab.protocol.ClientMessage.Kind;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat, which only the extension has. Single quotes stand for double ones. */
class ChatMessageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'cs'}",
        "{'a':'cs','r':5}",
        "{'a':'cs','r':'valueOf'}",
        "{'a':'cs','r':'\\ud83d'}",
        "{'a':'cs','r':'r','v':-1}",
        "{'a':'cs','r':'r','v':'1'}",
        "{'a':'cs','r':'r','limit':0}",
        "{'a':'cs','r':'r','limit':-1}",
        "{'a':'cs','r':'r','limit':1.5}",
        "{'a':'cs','r':'r','limit':'5'}",
        "{'a':'cu'}",
        "{'a':'cp','r':'r','e':{'join':true}}",
        "{'a':'cp','r':'r','seq':null,'e':{'join':true}}",
        "{'a':'cp','r':'r','seq':0,'e':{'join':true}}",
        "{'a':'cp','r':'r','seq':-1,'e':{'join':true}}",
        "{'a':'cp','r':'r','seq':'1','e':{'join':true}}",
        "{'a':'cp','seq':1,'e':{'join':true}}",
        "{'a':'cp','r':'r','seq':1}",
        "{'a':'cp','r':'r','seq':1,'e':{'join':true},'src':''}",
        "{'a':'cp','r':'r','seq':1,'e':{'join':true},'src':5}",
        "{'a':'ch','r':'r'}",
        "{'a':'ch','id':1}",
        "{'a':'ch','r':'r','id':'1'}",
        "{'a':'ch','r':'r','id':-1}",
        "{'a':'ch','r':'r','id':1,'before':'1'}",
        "{'a':'ch','r':'r','id':1,'after':-1}",
        "{'a':'ch','r':'r','id':1,'before':1,'after':1}",
        "{'a':'ch','r':'r','id':1,'limit':0}",
        "{'a':'ct','r':'r'}",
        "{'a':'ct','r':'r','typing':1}",
        "{'a':'ct','typing':true}",
        "{'a':'cr','r':'r'}",
        "{'a':'cr','r':'r','read':-1}",
        "{'a':'cr','read':1}"
      })
  void decodeClientFrame_brokenRule_isRefused(String frame) {
    Frames.assertRefused(EXTENDED, frame, ErrorCodes.MESSAGE_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'join'",
        "[]",
        "{}",
        "{'join':true,'leave':true}",
        "{'shout':{}}",
        "{'read':{'user':'u','id':1}}",
        "{'__proto__':{}}",
        "{'join':false}",
        "{'join':{}}",
        "{'leave':1}",
        "{'post':'hello'}",
        "{'post':true}",
        "{'post':{}}",
        "{'post':{'text':5}}",
        "{'post':{'text':null}}",
        "{'post':{'text':'\\ud83d'}}",
        "{'post':{'text':'x','data':[]}}",
        "{'post':{'text':'x','data':'y'}}",
        "{'post':{'text':'x','replyTo':0}}",
        "{'post':{'text':'x','replyTo':'1'}}",
        "{'edit':{'text':'x'}}",
        "{'edit':{'id':1}}",
        "{'edit':{'id':0,'text':'x'}}",
        "{'edit':{'id':1.5,'text':'x'}}",
        "{'edit':{'id':9007199254740992,'text':'x'}}",
        "{'edit':{'id':1,'text':'x','data':1}}",
        "{'delete':{}}",
        "{'delete':{'id':'1'}}",
        "{'delete':1}",
        "{'erase':{'id':-1}}",
        "{'retain':true}",
        "{'retain':{'messages':0}}",
        "{'retain':{'age':-1}}",
        "{'retain':{'messages':'all'}}",
        "{'remove':{}}",
        "{'remove':{'user':5}}",
        "{'remove':{'user':''}}",
        "{'remove':{'user':'\\udc00'}}"
      })
  void decodeClientFrame_badEvent_isRefusedAsSuch(String event) {
    Frames.assertRefused(
        EXTENDED, "{'a':'cp','r':'r','seq':1,'e':" + event + "}", ErrorCodes.CHAT_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'cs','r':'r','v':null}",
        "{'a':'cu','r':'r'}",
        "{'a':'cp','r':'r','seq':1,'e':{'join':true}}",
        "{'a':'cp','r':5}",
        "{'a':'ch','r':'r','id':1}",
        "{'a':'ct','r':'r','typing':true}",
        "{'a':'cr','r':'r','read':1}",
        "{'a':'auth','token':'t'}"
      })
  void decodeClientFrame_extensionInTheBaseDialect_isNotSupported(String frame) {
    Frames.assertRefused(BASE, frame, ErrorCodes.ACTION_NOT_SUPPORTED);
  }

  @Test
  void decodeClientFrame_sequences_areThoseOfSubmissions() {
    String frame = "{'a':'cp','r':'r','seq':?,'e':{'join':true}}";

    assertThat(
            read(EXTENDED, frame.replace("?", "9007199254740990"), ChatSubmitRequest.class)
                .sequence())
        .isEqualTo((1L << 53) - 2);
    for (String sequence : new String[] {"9007199254740991", "9007199254740992", "1e300"}) {
      Frames.assertRefused(EXTENDED, frame.replace("?", sequence), ErrorCodes.SEQUENCE_OVERFLOW);
    }
  }

  @Test
  void event_membersThatAreNotKnown_areLeftOut() {
    String frame =
        "{'a':'cp','r':'r','seq':1,'e':{'post':"
            + "{'text':'x','id':9,'user':{'id':'eve'},'t':1,'data':null,'replyTo':null,'x':1}}}";
    ChatSubmitRequest request = read(EXTENDED, frame, ChatSubmitRequest.class);

    assertThat(request.event())
        .isEqualTo(JsonValue.object("post", JsonValue.object("text", JsonValue.of("x"))));
  }

  @Test
  void event_data_mayHaveAnyMembers() {
    String event = "{'edit':{'id':2,'text':'','data':{'__proto__':['\\ud83d',1e-5,{}]}}}";
    ChatSubmitRequest request =
        read(EXTENDED, "{'a':'cp','r':'r','seq':1,'e':" + event + "}", ChatSubmitRequest.class);

    assertThat(request.event()).isEqualTo(json(event));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 257})
  void event_idOfAUser_isAsLongAsThatOfUsers(int length) {
    String frame =
        "{'a':'cp','r':'r','seq':1,'e':{'remove':{'user':'" + "u".repeat(length) + "'}}}";

    if (length == 0 || length > User.MAX_ID_LENGTH) {
      Frames.assertRefused(EXTENDED, frame, ErrorCodes.CHAT_BADLY_FORMED);
    } else {
      read(EXTENDED, frame, ChatSubmitRequest.class);
    }
  }

  @Test
  void room_made_readsBack() {
    ChatRoomRequest subscribe = reread(ChatRoomRequest.subscribe("r"));
    assertThat(subscribe.kind()).isEqualTo(Kind.CHAT_SUBSCRIBE);
    assertThat(subscribe.room()).isEqualTo("r");
    assertThat(subscribe.version()).isEmpty();
    assertThat(subscribe.limit()).isEqualTo(50);
    assertThat(reread(subscribe.withLimit(7)).limit()).isEqualTo(7);

    ChatRoomRequest since = reread(ChatRoomRequest.since("r", 4).withLimit(200));
    assertThat(since.version()).hasValue(4);
    assertThat(since.limit()).isEqualTo(200);

    ChatRoomRequest unsubscribe = reread(ChatRoomRequest.unsubscribe("r"));
    assertThat(unsubscribe.kind()).isEqualTo(Kind.CHAT_UNSUBSCRIBE);
    assertThat(unsubscribe.limit()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> unsubscribe.withLimit(1));
    assertThatIllegalArgumentException().isThrownBy(() -> subscribe.withLimit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatRoomRequest.since("r", -1));
  }

  @Test
  void limit_notGiven_isNoMoreThanTheServerAllows() {
    JsonCodec codec = new JsonCodec(WireLimits.builder().page(3).build(), Dialect.EXTENDED);

    assertThat(read(codec, "{'a':'cs','r':'r'}", ChatRoomRequest.class).limit()).isEqualTo(3);
    assertThat(read(codec, "{'a':'ch','r':'r','id':1}", ChatHistoryRequest.class).limit())
        .isEqualTo(3);
  }

  @Test
  void submit_made_readsBack() {
    JsonObject event = json("{'join':true}");
    ChatSubmitRequest first = reread(ChatSubmitRequest.of("r", 3, event));
    assertThat(first.kind()).isEqualTo(Kind.CHAT_SUBMIT);
    assertThat(first.room()).isEqualTo("r");
    assertThat(first.sequence()).isEqualTo(3);
    assertThat(first.event()).isEqualTo(event);
    assertThat(first.source()).isEmpty();
    assertThat(reread(first.withSource("me")).source()).contains("me");

    assertThatIllegalArgumentException().isThrownBy(() -> ChatSubmitRequest.of("r", 0, event));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatSubmitRequest.of("r", (1L << 53) - 1, event));
  }

  @Test
  void history_made_readsBack() {
    ChatHistoryRequest newest = reread(ChatHistoryRequest.newest("r", 1));
    assertThat(newest.kind()).isEqualTo(Kind.CHAT_HISTORY);
    assertThat(newest.number()).isEqualTo(1);
    assertThat(newest.before()).isEmpty();
    assertThat(newest.after()).isEmpty();
    assertThat(newest.limit()).isEqualTo(50);
    assertThat(reread(ChatHistoryRequest.before("r", 2, 9)).before()).hasValue(9);
    assertThat(reread(ChatHistoryRequest.after("r", 3, 0)).after()).hasValue(0);
    assertThat(reread(newest.withLimit(200)).limit()).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> newest.withLimit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatHistoryRequest.newest("r", -1));
  }

  @Test
  void typingAndRead_made_readBack() {
    ChatTypingRequest typing = reread(ChatTypingRequest.of("r", true));
    assertThat(typing.kind()).isEqualTo(Kind.CHAT_TYPING);
    assertThat(typing.isTyping()).isTrue();
    assertThat(reread(ChatTypingRequest.of("r", false)).isTyping()).isFalse();

    ChatReadRequest read = reread(ChatReadRequest.of("r", 5));
    assertThat(read.kind()).isEqualTo(Kind.CHAT_READ);
    assertThat(read.read()).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> ChatReadRequest.of("r", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'cs','v':1}",
        "{'a':'cs','r':'r'}",
        "{'a':'cs','r':'r','v':1,'room':[],'messages':[]}",
        "{'a':'cs','r':'r','v':1,'room':{}}",
        "{'a':'cs','r':'r','v':1,'room':{},'messages':[5]}",
        "{'a':'cp','r':'r','seq':1,'v':1}",
        "{'a':'cp','r':'r','v':1,'e':{}}",
        "{'a':'ce','r':'r','v':-1,'e':{}}",
        "{'a':'ce','r':'r','v':1,'e':[]}",
        "{'a':'ch','r':'r','id':1,'messages':[]}",
        "{'a':'ch','r':'r','id':1,'messages':{},'more':true}",
        "{'a':'ct','r':'r','user':{'id':'u'},'typing':true}",
        "{'a':'ct','r':'r','user':{'id':'u','name':'Ada'}}",
        "{'a':'cr','r':'r'}",
        "{'a':'access','r':'r'}",
        "{'a':'access','r':'r','permission':'all'}"
      })
  void decodeServerFrame_brokenRule_isRefused(String frame) {
    Frames.assertServerFrameRefused(frame);
  }

  @Test
  void decodeServerFrame_chatInTheBaseDialect_isNotKnown() {
    assertThat(BASE.decodeServerFrame(quoted("{'a':'ce','r':'r','v':1,'e':{}}")))
        .containsExactly(new ServerMessage.Unrecognized("ce"));
  }

  @Test
  void done_thatAnswersNothing_isNotMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatNotice.Done(Kind.CHAT_UNSUBSCRIBE, "r", OptionalLong.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatNotice.Done(Kind.CHAT_SUBSCRIBE, "r", OptionalLong.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatNotice.Done.subscribed("r", -1));
  }

  private static JsonObject json(String text) {
    return (JsonObject) new JsonReader(WireLimits.DEFAULT).read(quoted(text));
  }
}
