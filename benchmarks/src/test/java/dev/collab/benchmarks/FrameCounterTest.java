package dev.collab.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCounterTest {

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void frames_ofAllLengthsInPiecesOfAnySize_areCountedWithTheirHeads(int piece) {
    stream.writeBytes("HTTP/1.1 101 \r\nA: b\r\n\r\n".getBytes(ISO_8859_1));
    int length = 0;
    length += frame(0x81, false, 0);
    length += frame(0x81, true, 125);
    length += frame(0xc1, false, 126);
    length += frame(0x01, true, 65_535);
    length += frame(0x80, false, 65_536); // the rest of a message is a frame of its own
    length += frame(0x89, false, 3); // a ping is not

    byte[] all = stream.toByteArray();
    FrameCounter counter = new FrameCounter();
    for (int from = 0; from < all.length; from += piece) {
      int to = Math.min(all.length, from + piece);
      counter.passed(Arrays.copyOfRange(all, from, to), to - from);
    }

    assertThat(counter.frames()).isEqualTo(5);
    assertThat(counter.bytes()).isEqualTo(length);
  }

  /** Writes a frame and returns how long it is. */
  private int frame(int head, boolean masked, int length) {
    int before = stream.size();
    int mask = masked ? 0x80 : 0;
    stream.write(head);
    if (length < 126) {
      stream.write(mask | length);
    } else if (length <= 0xffff) {
      stream.write(mask | 126);
      stream.write(length >> 8);
      stream.write(length);
    } else {
      stream.write(mask | 127);
      stream.writeBytes(new byte[] {0, 0, 0, 0, 0, 1, 0, 0});
    }
    if (masked) {
      stream.writeBytes(new byte[] {'\r', '\n', '\r', '\n'});
    }
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 0x81);
    stream.writeBytes(payload);
    return stream.size() - before;
  }
}
