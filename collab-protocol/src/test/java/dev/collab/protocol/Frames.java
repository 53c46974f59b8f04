package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

/** Frames in test code, where single quotes stand for double ones. */
final class Frames {

  static final JsonCodec BASE = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);
  static final JsonCodec EXTENDED = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  private Frames() {}

  static String quoted(String text) {
    return text.replace('\'', '"');
  }

  /** Reads the one message of a client's frame. */
  static <T extends ClientMessage> T read(JsonCodec codec, String frame, Class<T> type) {
    List<ClientMessage> messages = codec.decodeClientFrame(quoted(frame));
    assertThat(messages).hasSize(1).first().isInstanceOf(type);
    return type.cast(messages.get(0));
  }

  /** Writes a client's message and reads it again. */
  static <T extends ClientMessage> T reread(T message) {
    ClientMessage read = EXTENDED.decodeClientFrame(EXTENDED.encode(message)).get(0);
    assertThat(read).isEqualTo(message).hasSameHashCodeAs(message).isInstanceOf(message.getClass());
    assertThat(read.toString()).isEqualTo(message.kind().toString());
    @SuppressWarnings("unchecked") // the class was compared
    T same = (T) read;
    return same;
  }

  static void assertRefused(JsonCodec codec, String frame, String code) {
    RefusedRequest refused = read(codec, frame, RefusedRequest.class);
    assertThat(refused.error().code()).as(frame).isEqualTo(code);
    assertThat(refused.error().request()).contains(refused.request());
  }

  static void assertServerFrameRefused(String frame) {
    assertThatThrownBy(() -> EXTENDED.decodeServerFrame(quoted(frame)))
        .as(frame)
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCodes.MESSAGE_BADLY_FORMED));
  }
}
