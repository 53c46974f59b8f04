package dev.collab.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A WebSocket client that shows what goes over the wire. Every message is one frame. */
final class RawWebSocket implements AutoCloseable {

  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int TEXT = 1;
  private static final int MASKED = 0x80;

  /** A message that came, and how long it was on the wire. */
  record Message(String text, boolean compressed, int wireLength) {}

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
  private final Inflater inflater = new Inflater(true);
  private final String answer;

  RawWebSocket(URI uri, String extensions) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    out.write(
        ("GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Extensions: %s\r\n\r\n")
            .formatted(uri.getPath(), uri.getAuthority(), extensions)
            .getBytes(ISO_8859_1));
    answer = readHead();
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns the extensions that the server took, empty if none. */
  String extensions() {
    return answer
        .lines()
        .filter(line -> line.startsWith("sec-websocket-extensions:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  void send(String text) throws IOException {
    send(FINAL | TEXT, text.getBytes(UTF_8));
  }

  /** Sends a message compressed; returns how long it is on the wire. */
  int sendCompressed(String text) throws IOException {
    deflater.setInput(text.getBytes(UTF_8));
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    int length;
    do {
      length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
      deflated.write(part, 0, length);
    } while (length == part.length);
    byte[] all = deflated.toByteArray(); // without the four bytes that end each message
    send(FINAL | COMPRESSED | TEXT, Arrays.copyOf(all, all.length - 4));
    return all.length - 4;
  }

  private void send(int head, byte[] payload) throws IOException {
    out.writeByte(head);
    if (payload.length < 126) {
      out.writeByte(MASKED | payload.length);
    } else if (payload.length <= 0xffff) {
      out.writeByte(MASKED | 126);
      out.writeShort(payload.length);
    } else {
      out.writeByte(MASKED | 127);
      out.writeLong(payload.length);
    }
    out.writeInt(0); // a mask that changes nothing
    out.write(payload);
    out.flush();
  }

  Message receive() throws IOException, DataFormatException {
    int head = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] payload = in.readNBytes(length);
    boolean compressed = (head & COMPRESSED) != 0;
    byte[] text = compressed ? inflate(payload) : payload;
    return new Message(new String(text, UTF_8), compressed, length);
  }

  private byte[] inflate(byte[] payload) throws DataFormatException {
    byte[] whole = Arrays.copyOf(payload, payload.length + 4);
    whole[payload.length + 2] = (byte) 0xff;
    whole[payload.length + 3] = (byte) 0xff;
    inflater.setInput(whole);
    ByteArrayOutputStream inflated = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    int length;
    while ((length = inflater.inflate(part)) > 0) {
      inflated.write(part, 0, length);
    }
    return inflated.toByteArray();
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    inflater.end();
    socket.close();
  }
}
