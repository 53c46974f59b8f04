package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Mutated frames give a typed error or messages that read back, and nothing else. {@code
 * -Dcollab.fuzz.frames=N} sets how many, {@code -Dcollab.fuzz.seed=N} repeats a run.
 */
class DecoderFuzzTest {

  private static final Set<String> CODES = codes();

  private final long seed = Long.getLong("collab.fuzz.seed", System.nanoTime());
  private final int frames = Integer.getInteger("collab.fuzz.frames", 1_000_000);
  private final List<JsonCodec> codecs =
      List.of(
          new JsonCodec(WireLimits.DEFAULT, Dialect.BASE),
          new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED),
          new JsonCodec(tight(), Dialect.EXTENDED));
  private int accepted;
  private int refused;
  private int unreadable;

  @Test
  void decode_mutatedFrames_giveTypedErrorsOrMessagesThatReadBack() {
    System.out.println("fuzzing " + frames + " frames, -Dcollab.fuzz.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    FrameMutator clients = new FrameMutator(random, Golden.lines("wire/client.jsonl"));
    FrameMutator servers = new FrameMutator(random, Golden.lines("wire/server.jsonl"));
    for (int i = 0; i < frames; i++) {
      JsonCodec codec = codecs.get(random.nextInt(codecs.size()));
      boolean client = i % 4 != 0;
      String frame = (client ? clients : servers).next();
      try {
        if (client) {
          checkClientFrame(codec, frame);
        } else {
          checkServerFrame(codec, frame);
        }
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        fail("seed " + seed + ", frame " + i + ": " + frame, e);
      }
    }
    System.out.println(
        accepted + " accepted, " + refused + " refused, " + unreadable + " unreadable");
    // All three outcomes are common, or the mutations test little.
    assertThat(List.of(accepted, refused, unreadable)).allMatch(count -> count > frames / 20);
  }

  private void checkClientFrame(JsonCodec codec, String frame) {
    List<ClientMessage> messages;
    try {
      messages = codec.decodeClientFrame(frame);
    } catch (ProtocolException e) {
      unreadable++;
      checkError(e);
      return;
    }
    for (ClientMessage message : messages) {
      if (message instanceof RefusedRequest bad) {
        refused++;
        checkError(bad.error());
      } else {
        accepted++;
        JsonCodec again = codec == codecs.get(0) ? codec : codecs.get(1);
        same(message, again.decodeClientFrame(again.encode(message)).get(0));
      }
    }
  }

  private void checkServerFrame(JsonCodec codec, String frame) {
    List<ServerMessage> messages;
    try {
      messages = codec.decodeServerFrame(frame);
    } catch (ProtocolException e) {
      unreadable++;
      checkCode(e);
      return;
    }
    accepted++;
    JsonCodec again = codec == codecs.get(0) ? codec : codecs.get(1);
    for (ServerMessage message : messages) {
      same(message, again.decodeServerFrame(again.encode(message)).get(0));
    }
  }

  /** An error can be sent, and the client reads what was sent. */
  private void checkError(ProtocolException e) {
    checkCode(e);
    JsonCodec base = codecs.get(0);
    ErrorReply reply = (ErrorReply) base.decodeServerFrame(base.encode(ErrorReply.of(e))).get(0);
    same(WireError.of(e), reply.error());
  }

  private static void checkCode(ProtocolException e) {
    if (!CODES.contains(e.code())) {
      fail("unknown code " + e.code());
    }
  }

  private static void same(Object expected, Object actual) {
    if (!expected.equals(actual)) { // a million times; the assertion alone would take long
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static WireLimits tight() {
    return WireLimits.builder()
        .frame(200)
        .depth(5)
        .string(30)
        .name(20)
        .values(20)
        .operation(20)
        .document(20)
        .bulk(2)
        .batch(2)
        .presence(5)
        .chat(5)
        .page(5)
        .token(5)
        .build();
  }

  private static Set<String> codes() {
    Set<String> codes = new HashSet<>();
    try {
      for (Field field : ErrorCodes.class.getFields()) {
        codes.add((String) field.get(null));
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return codes;
  }
}
