package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.Fate;
import dev.collab.protocol.ServerMessage.BulkDone;
import dev.collab.protocol.ServerMessage.BulkStates;
import dev.collab.protocol.ServerMessage.Committed;
import dev.collab.protocol.ServerMessage.Done;
import dev.collab.protocol.ServerMessage.Pong;
import dev.collab.protocol.ServerMessage.State;
import dev.collab.protocol.ServerMessage.Unrecognized;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever can be written is read as it was, and survives the way through UTF-8. */
class RoundTripTest {

  private final JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  @Property(tries = 3000)
  void json_anyValue_readsBack(@ForAll("json") JsonValue value) {
    JsonReader reader = new JsonReader(WireLimits.DEFAULT);
    String text = JsonWriter.write(value);

    assertThat(throughUtf8(text)).isEqualTo(text);
    assertThat(reader.read(text)).isEqualTo(value);
    assertThat(reader.read(JsonWriter.writeSorted(value))).isEqualTo(value);
  }

  @Property(tries = 3000)
  void serverMessage_any_readsBack(@ForAll("serverMessages") ServerMessage message) {
    String text = codec.encode(message);

    assertThat(throughUtf8(text)).isEqualTo(text);
    assertThat(codec.decodeServerFrame(text)).containsExactly(message);
  }

  @Property(tries = 1000)
  void submit_any_readsBack(
      @ForAll("changes") Change change, @ForAll("names") String name, @ForAll("integers") long v) {
    Assume.that(change.kind() != Change.Kind.NONE);
    SubmitRequest message =
        SubmitRequest.builder(name, name, Math.max(1, v - 2), change).version(v).seen(v).build();
    String text = codec.encode(message);

    assertThat(throughUtf8(text)).isEqualTo(text);
    assertThat(codec.decodeClientFrame(text)).containsExactly(message);
    SubmitRequest read = (SubmitRequest) codec.decodeClientFrame(text).get(0);
    assertThat(read.change()).isEqualTo(change);
    assertThat(read.seen()).hasValue(v);
  }

  @Test
  void encode_extensionInTheBaseDialect_isLeftOut() {
    JsonCodec base = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
    DocumentState state =
        DocumentState.of(3, "text", JsonValue.of("x")).withEpoch(7).withCreated(2);

    String error =
        base.encode(
            ErrorReply.of(JsonObject.EMPTY, new WireError("CODE", "message"))
                .withFate(Fate.UNKNOWN)
                .withSnapshot(state));
    String handshake =
        base.encode(HandshakeReply.extended("id", AnnouncedLimits.of(WireLimits.DEFAULT)));
    String reply = base.encode(new State(ClientMessage.Kind.FETCH, "c", "d", state));

    assertThat(error).isEqualTo("{\"error\":{\"code\":\"CODE\",\"message\":\"message\"}}");
    assertThat(handshake).doesNotContain("collab", "limits");
    assertThat(reply).doesNotContain("epoch", "created");
  }

  @Test
  void decodeServerFrame_extensionInTheBaseDialect_isNotRead() {
    JsonCodec base = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
    DocumentState state = DocumentState.of(3, "text", JsonValue.of("x"));
    State reply = new State(ClientMessage.Kind.FETCH, "c", "d", state.withEpoch(7));

    assertThat(base.decodeServerFrame(codec.encode(reply)))
        .containsExactly(new State(ClientMessage.Kind.FETCH, "c", "d", state));
    assertThat(
            base.decodeServerFrame(
                codec.encode(
                    HandshakeReply.extended("id", AnnouncedLimits.of(WireLimits.DEFAULT)))))
        .containsExactly(HandshakeReply.base("id"));
  }

  private static String throughUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<JsonValue> json() {
    return Values.json();
  }

  @Provide
  Arbitrary<Change> changes() {
    return Values.changes();
  }

  @Provide
  Arbitrary<String> names() {
    return Values.names();
  }

  @Provide
  Arbitrary<Long> integers() {
    return Values.integers();
  }

  @Provide
  Arbitrary<ServerMessage> serverMessages() {
    return Arbitraries.oneOf(
        handshakes(), committed(), states(), bulkStates(), done(), errors(), others());
  }

  private static Arbitrary<ServerMessage> handshakes() {
    return Arbitraries.oneOf(
        Values.names().map(HandshakeReply::base),
        Combinators.combine(Values.names(), limits()).as(HandshakeReply::extended));
  }

  private static Arbitrary<AnnouncedLimits> limits() {
    Arbitrary<Long> limit = Values.integers();
    return Combinators.combine(limit, limit, limit, limit, limit)
        .as(
            (operation, document, frame, presence, chat) ->
                AnnouncedLimits.builder()
                    .operation(operation)
                    .document(document)
                    .frame(frame)
                    .presence(presence)
                    .chat(chat)
                    .build());
  }

  private static Arbitrary<ServerMessage> committed() {
    return Combinators.combine(
            Values.names(),
            Values.names(),
            Values.integers(),
            Values.names(),
            Values.integers(),
            Values.changes())
        .as(Committed::new);
  }

  private static Arbitrary<DocumentState> documentStates() {
    Arbitrary<DocumentState> state =
        Arbitraries.oneOf(
            Values.integers().map(DocumentState::absent),
            Combinators.combine(
                    Values.integers(),
                    Arbitraries.of("text", DocumentState.DEFAULT_TYPE),
                    Values.json())
                .as(DocumentState::of));
    return Arbitraries.oneOf(
        state, Combinators.combine(state, Values.integers()).as(DocumentState::withEpoch));
  }

  private static Arbitrary<ServerMessage> states() {
    return Combinators.combine(
            Arbitraries.of(ClientMessage.Kind.FETCH, ClientMessage.Kind.SUBSCRIBE),
            Values.names(),
            Values.names(),
            documentStates())
        .as(State::new);
  }

  private static Arbitrary<WireError> wireErrors() {
    return Combinators.combine(Values.names(), Values.texts()).as(WireError::new);
  }

  private static Arbitrary<ServerMessage> bulkStates() {
    return Combinators.combine(
            Arbitraries.of(ClientMessage.Kind.BULK_FETCH, ClientMessage.Kind.BULK_SUBSCRIBE),
            Values.names(),
            Arbitraries.maps(Values.names().map(name -> "s" + name), documentStates()).ofMaxSize(3),
            Arbitraries.maps(Values.names().map(name -> "e" + name), wireErrors()).ofMaxSize(3))
        .as(BulkStates::new);
  }

  private static Arbitrary<ServerMessage> done() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.of(
                    ClientMessage.Kind.FETCH,
                    ClientMessage.Kind.SUBSCRIBE,
                    ClientMessage.Kind.UNSUBSCRIBE),
                Values.names(),
                Values.names())
            .as(Done::new),
        Combinators.combine(
                Arbitraries.of(
                    ClientMessage.Kind.BULK_FETCH,
                    ClientMessage.Kind.BULK_SUBSCRIBE,
                    ClientMessage.Kind.BULK_UNSUBSCRIBE),
                Values.names(),
                Values.json())
            .as(BulkDone::new));
  }

  private static Arbitrary<ServerMessage> errors() {
    Arbitrary<ErrorReply> plain =
        Combinators.combine(
                Arbitraries.maps(Values.texts(), Values.json()).ofMaxSize(3).map(JsonObject::new),
                wireErrors())
            .as(ErrorReply::of);
    return Arbitraries.oneOf(
        plain,
        Combinators.combine(plain, Arbitraries.of(Fate.values())).as(ErrorReply::withFate),
        Combinators.combine(plain, documentStates()).as(ErrorReply::withSnapshot));
  }

  private static Arbitrary<ServerMessage> others() {
    return Arbitraries.of(Pong.PONG, new Unrecognized("q"));
  }
}
