package dev.collab.benchmarks;

/**
 * Counts what goes by in one direction of a WebSocket connection: all bytes, and the frames behind
 * the HTTP head. Confined.
 */
final class FrameCounter {

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;

  private int headMatched;

  /** How many bytes of a frame's head are known, and what they say. */
  private int known;

  private int opcode;
  private int lengthByte;
  private long length;

  /** How many bytes go by before the next frame. */
  private long remaining;

  private long bytes;
  private long frames;

  /** Takes note of bytes; those of the HTTP head do not count. */
  void passed(byte[] buffer, int count) {
    int position = 0;
    while (position < count && headMatched < END_OF_HEAD.length) {
      byte next = buffer[position++];
      headMatched = next == END_OF_HEAD[headMatched] ? headMatched + 1 : next == '\r' ? 1 : 0;
    }
    bytes += count - position;
    while (position < count) {
      if (remaining > 0) {
        int skipped = (int) Math.min(remaining, count - position);
        remaining -= skipped;
        position += skipped;
      } else {
        headByte(buffer[position++] & 0xff);
      }
    }
  }

  private void headByte(int next) {
    if (known == 0) {
      opcode = next & 0x0f;
    } else if (known == 1) {
      lengthByte = next;
      length = next & 0x7f;
    } else {
      length = (known == 2 ? 0 : length << 8) | next;
    }
    known++;
    int extended = lengthBytes();
    if (known == 2 + extended) {
      remaining = length + ((lengthByte & MASKED) != 0 ? 4 : 0);
      known = 0;
      if ((opcode & CONTROL) == 0) {
        frames++;
      }
    }
  }

  /** Returns how many bytes of length follow the first two. */
  private int lengthBytes() {
    return switch (lengthByte & 0x7f) {
      case 126 -> 2;
      case 127 -> 8;
      default -> 0;
    };
  }

  /** Returns the bytes of frames and their heads. */
  long bytes() {
    return bytes;
  }

  /** Returns the data frames whose heads have gone by. */
  long frames() {
    return frames;
  }
}
