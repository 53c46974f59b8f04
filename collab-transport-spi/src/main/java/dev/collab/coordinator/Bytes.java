package dev.collab.coordinator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Bytes {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /**
   * Returns the sequence without bytes.
   *
   * @return the empty sequence
   */
  public static Bytes empty() {
    return EMPTY;
  }

  /**
   * Returns a sequence of these bytes.
   *
   * @param content the bytes, copied
   * @return the sequence
   */
  public static Bytes copyOf(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /**
   * Returns the UTF-8 form of a text. A lone surrogate becomes a question mark.
   *
   * @param text any text
   * @return its bytes
   */
  public static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns how many bytes there are.
   *
   * @return the number of bytes
   */
  public int length() {
    return content.length;
  }

  /**
   * Returns the bytes.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return content.clone();
  }

  /**
   * Reads the bytes as UTF-8.
   *
   * @return the text
   */
  public String toUtf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Returns the bytes in hexadecimal if there are at most 32, else their number. */
  @Override
  public String toString() {
    return content.length <= 32 ? HexFormat.of().formatHex(content) : content.length + " bytes";
  }
}
