package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames captured between an unmodified client and server, ids shortened, with those of the
 * extension added: each is read, and written again exactly as it was.
 */
class GoldenFramesTest {

  private final JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  static Stream<String> clientFrames() {
    return Golden.lines("wire/client.jsonl").stream();
  }

  static Stream<String> serverFrames() {
    return Golden.lines("wire/server.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void decodeClientFrame_captured_writesTheSameText(String frame) {
    List<ClientMessage> messages = codec.decodeClientFrame(frame);

    assertThat(messages).hasSize(1);
    assertThat(codec.encode(messages.get(0))).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("serverFrames")
  void decodeServerFrame_captured_writesTheSameText(String frame) {
    List<ServerMessage> messages = codec.decodeServerFrame(frame);

    assertThat(messages).hasSize(1);
    assertThat(codec.encode(messages.get(0))).isEqualTo(frame);
  }

  static Stream<String> baseServerFrames() {
    return Golden.lines("wire/server-base.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("baseServerFrames")
  void decodeServerFrame_capturedInTheBaseDialect_writesTheSameText(String frame) {
    JsonCodec base = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);

    assertThat(base.encode(base.decodeServerFrame(frame).get(0))).isEqualTo(frame);
  }

  @Test
  void decodeClientFrame_allFramesInOneArray_givesThemInOrder() {
    List<String> frames = Golden.lines("wire/client.jsonl");

    List<ClientMessage> messages = codec.decodeClientFrame(JsonCodec.batch(frames));

    assertThat(messages.stream().map(codec::encode)).containsExactlyElementsOf(frames);
  }

  @Test
  void decodeServerFrame_allFramesInOneArray_givesThemInOrder() {
    List<String> frames = Golden.lines("wire/server.jsonl");

    List<ServerMessage> messages = codec.decodeServerFrame(JsonCodec.batch(frames));

    assertThat(messages.stream().map(codec::encode)).containsExactlyElementsOf(frames);
  }
}
