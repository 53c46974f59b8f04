package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every limit, one below it, at it and one above it. Single quotes stand for double ones. */
class LimitsTest {

  private static final int LIMIT = 40;

  @Test
  void frame_lengthAtTheLimit() {
    WireLimits limits = WireLimits.builder().frame(LIMIT).build();
    check(
        limits,
        ErrorCodes.FRAME_TOO_LARGE,
        n -> "{'a':'pp','x':'" + "x".repeat(n - "{'a':'pp','x':''}".length()) + "'}");
  }

  @Test
  void depth_levelsAtTheLimit() {
    WireLimits limits = WireLimits.builder().depth(LIMIT).build();
    check(
        limits,
        ErrorCodes.JSON_TOO_DEEP,
        n -> "{'a':'pp','x':" + "[".repeat(n - 1) + "]".repeat(n - 1) + "}");
  }

  @Test
  void depth_inABatch_countsFromTheMessage() {
    JsonCodec codec = new JsonCodec(WireLimits.builder().depth(2).build(), Dialect.EXTENDED);

    assertThat(codec.decodeClientFrame(quoted("[{'a':'pp','x':[]}]"))).hasSize(1);
    assertThatThrownBy(() -> codec.decodeClientFrame(quoted("[{'a':'pp','x':[[]]}]")))
        .hasFieldOrPropertyWithValue("code", ErrorCodes.JSON_TOO_DEEP);
  }

  @Test
  void depth_default_is64AndTenThousandLevelsAreNoDanger() {
    check(WireLimits.DEFAULT, 64, ErrorCodes.JSON_TOO_DEEP, LimitsTest::nested);
    JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);

    assertThatThrownBy(() -> codec.decodeClientFrame(nested(1_000_000)))
        .hasFieldOrPropertyWithValue("code", ErrorCodes.JSON_TOO_DEEP);
  }

  private static String nested(int levels) {
    return quoted("{'a':'pp','x':" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}");
  }

  @Test
  void string_lengthAtTheLimit() {
    WireLimits limits = WireLimits.builder().string(LIMIT).build();
    check(limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'pp','x':'" + "x".repeat(n) + "'}");
  }

  @Test
  void name_lengthOfMemberNamesAtTheLimit() {
    WireLimits limits = WireLimits.builder().name(LIMIT).build();
    check(limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'pp','" + "x".repeat(n) + "':1}");
  }

  @Test
  void name_lengthOfIdsAtTheLimit() {
    WireLimits limits = WireLimits.builder().name(LIMIT).build();
    check(limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'u','c':'" + "x".repeat(n) + "','d':'d'}");
    check(limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'u','c':'c','d':'" + "x".repeat(n) + "'}");
    check(
        limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'bu','c':'c','b':['" + "x".repeat(n) + "']}");
    check(
        limits,
        ErrorCodes.JSON_TOO_LARGE,
        n ->
            "{'a':'op','c':'c','d':'d','v':null,'seq':1,'create':{'type':'"
                + "x".repeat(n)
                + "'}}");
  }

  @Test
  void values_countAtTheLimit() {
    WireLimits limits = WireLimits.builder().values(LIMIT).build();
    // The message, its member a and the array are values, too.
    check(limits, ErrorCodes.JSON_TOO_LARGE, n -> "{'a':'pp','x':" + numbers(n - 3) + "}");
  }

  @Test
  void operation_weightAtTheLimit() {
    WireLimits limits = WireLimits.builder().operation(LIMIT).build();
    String start = "{'a':'op','c':'c','d':'d','v':0,'seq':1,'op':";
    check(limits, ErrorCodes.OPERATION_TOO_LARGE, n -> start + numbers(n - 1) + "}");
    check(limits, ErrorCodes.OPERATION_TOO_LARGE, n -> start + "['" + "x".repeat(n - 2) + "']}");
    check(
        limits, ErrorCodes.OPERATION_TOO_LARGE, n -> start + "[{'" + "d".repeat(n - 3) + "':1}]}");
  }

  @Test
  void document_weightAtTheLimit() {
    WireLimits limits = WireLimits.builder().document(LIMIT).build();
    check(
        limits,
        ErrorCodes.DOCUMENT_TOO_LARGE,
        n ->
            "{'a':'op','c':'c','d':'d','v':null,'seq':1,'create':{'type':'text','data':'"
                + "x".repeat(n - 1)
                + "'}}");
  }

  @Test
  void bulk_documentsAtTheLimit() {
    WireLimits limits = WireLimits.builder().bulk(LIMIT).build();
    check(limits, ErrorCodes.BATCH_TOO_LARGE, n -> "{'a':'bf','c':'c','b':[" + ids(n, "") + "]}");
    check(limits, ErrorCodes.BATCH_TOO_LARGE, n -> "{'a':'bf','c':'c','b':{" + ids(n, ":1") + "}}");
  }

  @Test
  void batch_messagesAtTheLimit() {
    WireLimits limits = WireLimits.builder().batch(LIMIT).build();
    check(
        limits,
        ErrorCodes.BATCH_TOO_LARGE,
        n -> "[" + String.join(",", Collections.nCopies(n, "{'a':'pp'}")) + "]");
  }

  @Test
  void presence_weightAtTheLimit() {
    WireLimits limits = WireLimits.builder().presence(LIMIT).build();
    String start = "{'a':'p','ch':'x','id':'y','pv':0,'p':";
    check(limits, ErrorCodes.PRESENCE_TOO_LARGE, n -> start + "'" + "x".repeat(n - 1) + "'}");
    check(limits, ErrorCodes.PRESENCE_TOO_LARGE, n -> start + numbers(n - 1) + "}");
    check(
        WireLimits.DEFAULT,
        2048,
        ErrorCodes.PRESENCE_TOO_LARGE,
        n -> start + "'" + "x".repeat(n - 1) + "'}");
  }

  @Test
  void chat_lengthOfTextAtTheLimit() {
    WireLimits limits = WireLimits.builder().chat(LIMIT).build();
    for (String event : List.of("{'post':{", "{'edit':{'id':1,")) {
      IntFunction<String> frame =
          n -> "{'a':'cp','r':'r','seq':1,'e':" + event + "'text':'" + "x".repeat(n) + "'}}}";
      check(limits, ErrorCodes.CHAT_TEXT_TOO_LONG, frame);
      check(WireLimits.DEFAULT, 4096, ErrorCodes.CHAT_TEXT_TOO_LONG, frame);
    }
  }

  @Test
  void chat_weightOfDataAtTheLimit() {
    WireLimits limits = WireLimits.builder().chat(LIMIT).build();
    for (String event : List.of("{'post':{", "{'edit':{'id':1,")) {
      check(
          limits,
          ErrorCodes.CHAT_TEXT_TOO_LONG,
          n ->
              "{'a':'cp','r':'r','seq':1,'e':"
                  + event
                  + "'text':'','data':{'x':'"
                  + "x".repeat(n - 3)
                  + "'}}}}");
    }
  }

  @Test
  void page_messagesAskedForAtTheLimit() {
    WireLimits limits = WireLimits.builder().page(LIMIT).build();
    for (String start : List.of("{'a':'cs','r':'r','v':null", "{'a':'ch','r':'r','id':1")) {
      check(limits, ErrorCodes.BATCH_TOO_LARGE, n -> start + ",'limit':" + n + "}");
      check(
          WireLimits.DEFAULT, 200, ErrorCodes.BATCH_TOO_LARGE, n -> start + ",'limit':" + n + "}");
    }
  }

  @Test
  void token_lengthAtTheLimit() {
    WireLimits limits = WireLimits.builder().token(LIMIT).build();
    for (String start : List.of("{'a':'hs','collab':1", "{'a':'auth'")) {
      check(limits, ErrorCodes.JSON_TOO_LARGE, n -> start + ",'token':'" + "x".repeat(n) + "'}");
    }
    check(
        WireLimits.DEFAULT,
        3072,
        ErrorCodes.JSON_TOO_LARGE,
        n -> "{'a':'auth','token':'" + "x".repeat(n) + "'}");
  }

  @Test
  void user_lengthOfTheNameAtTheLimit() {
    check(
        WireLimits.DEFAULT,
        64,
        ErrorCodes.MESSAGE_BADLY_FORMED,
        n -> "{'a':'hs','collab':1,'user':{'name':'" + "x".repeat(n) + "'}}");
  }

  @Test
  void name_lengthOfChannelsRoomsAndPresencesAtTheLimit() {
    WireLimits limits = WireLimits.builder().name(LIMIT).build();
    for (String frame :
        List.of(
            "{'a':'ps','seq':1,'ch':'?'}",
            "{'a':'pu','seq':1,'ch':'?'}",
            "{'a':'p','ch':'x','pv':0,'p':1,'id':'?'}",
            "{'a':'p','ch':'x','pv':0,'p':1,'id':'y','src':'?'}",
            "{'a':'cu','r':'?'}",
            "{'a':'cp','r':'r','seq':1,'e':{'join':true},'src':'?'}")) {
      check(limits, ErrorCodes.JSON_TOO_LARGE, n -> frame.replace("?", "x".repeat(n)));
    }
  }

  @Test
  void overLimit_frameOfOneMessage_keepsTheAddress() {
    String start = "{'a':'op','c':'c','d':'d','v':0,'seq':1,";
    JsonCodec codec = new JsonCodec(WireLimits.builder().frame(100).depth(5).build(), Dialect.BASE);

    for (String rest : List.of("'op':['" + "x".repeat(100_000) + "']}", "'op':[[[[[[]]]]]]}")) {
      assertThatThrownBy(() -> codec.decodeClientFrame(quoted(start + rest)))
          .isInstanceOfSatisfying(
              ProtocolException.class,
              e ->
                  assertThat(e.request().map(JsonWriter::write))
                      .contains(quoted("{'a':'op','c':'c','d':'d','v':0,'seq':1}")));
    }
  }

  @Test
  void builder_limitBelowOne_isRefused() {
    WireLimits.Builder builder = WireLimits.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.frame(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.depth(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.depth(1001));
  }

  @Test
  void toBuilder_anyLimits_keepsAll() {
    WireLimits limits =
        WireLimits.builder()
            .frame(1)
            .depth(2)
            .operation(3)
            .document(4)
            .string(5)
            .name(6)
            .values(7)
            .bulk(8)
            .batch(9)
            .presence(10)
            .chat(11)
            .page(12)
            .token(13)
            .build();

    assertThat(limits.toBuilder().build()).usingRecursiveComparison().isEqualTo(limits);
  }

  private static void check(WireLimits limits, String code, IntFunction<String> frame) {
    check(limits, LIMIT, code, frame);
  }

  private static void check(WireLimits limits, int limit, String code, IntFunction<String> frame) {
    JsonCodec codec = new JsonCodec(limits, Dialect.EXTENDED);
    for (int size : new int[] {limit - 1, limit}) {
      List<ClientMessage> messages = codec.decodeClientFrame(quoted(frame.apply(size)));
      assertThat(messages).noneMatch(RefusedRequest.class::isInstance);
    }
    assertThat(codeOf(codec, quoted(frame.apply(limit + 1)))).isEqualTo(code);
  }

  private static String codeOf(JsonCodec codec, String frame) {
    try {
      return codec.decodeClientFrame(frame).get(0) instanceof RefusedRequest refused
          ? refused.error().code()
          : "no error";
    } catch (ProtocolException e) {
      return e.code();
    }
  }

  private static String numbers(int count) {
    return "[" + String.join(",", Collections.nCopies(count, "1")) + "]";
  }

  private static String ids(int count, String suffix) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'" + i + "'" + suffix)
        .collect(Collectors.joining(","));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
