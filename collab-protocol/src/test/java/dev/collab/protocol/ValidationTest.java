package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server must refuse, and under which code. In the tables, single quotes stand for double
 * ones.
 */
class ValidationTest {

  private final JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);

  static Stream<String> badlyFormed() {
    return Stream.of(
        "{}",
        "{'a':null}",
        "{'a':5}",
        "{'a':'xx'}",
        "{'a':'init'}",
        "{'a':'fixup'}",
        "{'a':'q','id':1}",
        "{'a':'hs','id':5}",
        "{'a':'hs','id':{}}",
        "{'a':'hs','id':'\\ud83d'}",
        "{'a':'hs','protocol':null}",
        "{'a':'hs','protocol':{}}",
        "{'a':'hs','protocol':1.5}",
        "{'a':'hs','protocol':'one'}",
        "{'a':'hs','protocolMinor':[]}",
        "{'a':'hs','collab':'1'}",
        "{'a':'hs','collab':-1}",
        "{'a':'f','d':'d'}",
        "{'a':'f','c':'c'}",
        "{'a':'f','c':5,'d':'d'}",
        "{'a':'f','c':null,'d':'d'}",
        "{'a':'f','c':'c','d':['d']}",
        "{'a':'f','c':'__proto__','d':'d'}",
        "{'a':'f','c':'\\udc00','d':'d'}",
        "{'a':'f','c':'\\ud83dx','d':'d'}",
        "{'a':'s','c':'c','d':'d','v':'1'}",
        "{'a':'s','c':'c','d':'d','v':-1}",
        "{'a':'s','c':'c','d':'d','v':0.5}",
        "{'a':'s','c':'c','d':'d','v':9007199254740992}",
        "{'a':'s','c':'c','d':'d','v':1e300}",
        "{'a':'s','c':'c','d':'d','v':true}",
        "{'a':'u','c':'c','d':7}",
        "{'a':'bf','c':'c'}",
        "{'a':'bf','c':'c','b':'x'}",
        "{'a':'bf','c':'c','b':null}",
        "{'a':'bf','b':['x']}",
        "{'a':'bs','c':'c','b':[5]}",
        "{'a':'bs','c':'c','b':['__proto__']}",
        "{'a':'bs','c':'c','b':{'constructor':1}}",
        "{'a':'bs','c':'c','b':{'x':-1}}",
        "{'a':'bs','c':'c','b':{'x':'1'}}",
        "{'a':'bs','c':'c','b':['\\ud83d']}",
        "{'a':'bu','c':'c','b':{'x':1}}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':'1','op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':0,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':-1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1.5,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':'1','seq':1,'op':[]}",
        "{'a':'op','d':'d','v':1,'seq':1,'op':[]}",
        "{'a':'op','c':'c','v':1,'seq':1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'src':'\\udc00','seq':1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'create':{'type':'\\ud83d'}}",
        "{'a':'nf','id':1,'d':'d','v':1}",
        "{'a':'nf','id':1,'c':'c','v':1}",
        "{'a':'nf','id':1,'c':'c','d':'d','v':'1'}",
        "{'a':'nt','id':1,'c':'c','d':'d','ts':'now'}",
        "{'a':'nt','id':1,'c':'c','ts':1}",
        "{'a':'qf','id':'1','c':'c','q':{}}",
        "{'a':'qs','id':null,'c':'c','q':{}}",
        "{'a':'qs','id':1,'c':'toString','q':{}}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':{}}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':[['x']]}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':[['__proto__',1]]}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':[['x','1']]}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':[[1,1]]}",
        "{'a':'qu'}",
        "{'a':'pr','ch':null}");
  }

  @ParameterizedTest
  @MethodSource("badlyFormed")
  void decodeClientFrame_brokenRule_isRefusedAsBadlyFormed(String frame) {
    assertRefused(frame, ErrorCodes.MESSAGE_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'create':'text'}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'create':null}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'create':{}}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'create':{'type':5}}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'del':false}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'del':1}",
        "{'a':'op','c':'c','d':'d','v':1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'src':'me','op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'src':'me','seq':null,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'src':5,'seq':1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'src':'','seq':1,'op':[]}",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':[],'del':true}"
      })
  void decodeClientFrame_badOperation_isRefusedAsSuch(String frame) {
    assertRefused(frame, ErrorCodes.OPERATION_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740991", "9007199254740992", "1e300"})
  void decodeClientFrame_sequenceAtTheEndOfIntegers_isRefused(String sequence) {
    assertRefused(
        "{'a':'op','c':'c','d':'d','v':1,'seq':" + sequence + ",'op':[]}",
        ErrorCodes.SEQUENCE_OVERFLOW);
  }

  @Test
  void decodeClientFrame_lastSequence_isAccepted() {
    SubmitRequest submit =
        (SubmitRequest)
            decode("{'a':'op','c':'c','d':'d','v':1,'seq':9007199254740990,'op':[]}").get(0);

    assertThat(submit.sequence()).isEqualTo((1L << 53) - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'nf','id':1,'c':'c','d':'d','v':null}",
        "{'a':'nt','id':1,'c':'c','d':'d','ts':null}",
        "{'a':'qf','id':1,'c':'c','q':{}}",
        "{'a':'qs','id':1,'c':'c','q':{},'r':[['x',null],['y',2]]}",
        "{'a':'qu','id':1}"
      })
  void decodeClientFrame_laterLevel_isRefusedAsNotSupported(String frame) {
    assertRefused(frame, ErrorCodes.ACTION_NOT_SUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf"
      })
  void decodeClientFrame_nameOfEveryJavaScriptObject_isRefused(String name) {
    assertRefused("{'a':'f','c':'" + name + "','d':'d'}", ErrorCodes.MESSAGE_BADLY_FORMED);
    assertRefused("{'a':'f','c':'c','d':'" + name + "'}", ErrorCodes.MESSAGE_BADLY_FORMED);
    assertRefused("{'a':'bf','c':'c','b':['" + name + "']}", ErrorCodes.MESSAGE_BADLY_FORMED);
    assertRefused("{'a':'bf','c':'c','b':{'" + name + "':1}}", ErrorCodes.MESSAGE_BADLY_FORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "null",
        "5",
        "'text'",
        "[]",
        "[{'a':'pp'}]",
        "{'a':'pp'",
        "{'a':'pp'} {}",
        "{'a':'pp'}x",
        "{'a':'pp','a':'pp'}",
        "{'a':'pp',}",
        "{a:'pp'}",
        "{'a':'pp','x':NaN}",
        "{'a':'pp','x':Infinity}",
        "{'a':'pp','x':1e999}",
        "{'a':'pp','x':-1e999}",
        "{'a':'pp','x':01}",
        "{'a':'pp','x':+1}",
        "{'a':'pp','x':.5}",
        "{'a':'pp','x':'\\x41'}",
        "{'a':'pp','x':'\\u12'}",
        "{'a':'pp','x':'\n'}",
        "{'a':'pp'/**/}",
        "\ufeff{'a':'pp'}"
      })
  void decodeClientFrame_notOneJsonObject_throws(String frame) {
    assertThatThrownBy(() -> decode(frame))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCodes.MESSAGE_BADLY_FORMED));
  }

  @Test
  void decodeClientFrame_syntaxErrorBehindTheAddress_keepsWhatWasRead() {
    assertThatThrownBy(() -> decode("{'a':'op','c':'c','d':'d','v':3,'seq':9,'x':{},'op':[1,}"))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e ->
                assertThat(e.request().map(JsonWriter::write))
                    .contains(quoted("{'a':'op','c':'c','d':'d','v':3,'seq':9}")));
  }

  @Test
  void decodeClientFrame_extendedArrayWithOneBadMessage_keepsTheOthers() {
    JsonCodec extended = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

    List<ClientMessage> messages =
        extended.decodeClientFrame(quoted("[{'a':'pp'},5,{'a':'f'},{'a':'pp'}]"));

    assertThat(messages.stream().map(ClientMessage::kind))
        .containsExactly(
            ClientMessage.Kind.PING,
            ClientMessage.Kind.REFUSED,
            ClientMessage.Kind.REFUSED,
            ClientMessage.Kind.PING);
  }

  @Test
  void refused_sentTwice_givesTheSameError() {
    String frame = "{'a':'f','c':5,'d':'d'}";
    ErrorReply first = ErrorReply.of(((RefusedRequest) decode(frame).get(0)).error());
    ErrorReply second = ErrorReply.of(((RefusedRequest) decode(frame).get(0)).error());

    assertThat(second).isEqualTo(first);
    assertThat(codec.encode(first))
        .isEqualTo(
            quoted(
                "{'a':'f','c':5,'d':'d','error':{'code':'ERR_MESSAGE_BADLY_FORMED',"
                    + "'message':'member c is not a string'}}"));
  }

  private void assertRefused(String frame, String code) {
    List<ClientMessage> messages = decode(frame);

    assertThat(messages).hasSize(1).first().isInstanceOf(RefusedRequest.class);
    RefusedRequest refused = (RefusedRequest) messages.get(0);
    assertThat(refused.error().code()).isEqualTo(code);
    assertThat(refused.error().request()).contains(refused.request());
  }

  private List<ClientMessage> decode(String frame) {
    return codec.decodeClientFrame(quoted(frame));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
