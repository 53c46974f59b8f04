package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.value.JsonValue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The document that is the contract says what the code does. */
class ProtocolDocumentTest {

  private final String document = read();

  @Test
  void errorCodes_all_areExplained() throws IllegalAccessException {
    for (Field field : ErrorCodes.class.getFields()) {
      assertThat(document).contains("`" + field.get(null) + "`");
    }
    assertThat(document)
        .contains("`" + StorageFormatException.NEWER + "`")
        .contains("`" + StorageFormatException.OBSOLETE + "`");
  }

  @Test
  void limits_all_areThoseOfTheCode() {
    WireLimits limits = WireLimits.DEFAULT;
    assertThat(document)
        .contains("| length of a frame (`frame`) | " + number(limits.frame()) + " |")
        .contains("the message included, a batch not | " + number(limits.depth()) + " |")
        .contains("| weight of an operation (`operation`) | " + number(limits.operation()) + " |")
        .contains("size of a document (`document`) | " + number(limits.document()) + " |")
        .contains("| length of a string | " + number(limits.string()) + " |")
        .contains("types, member names) | " + number(limits.name()) + " |")
        .contains("| values in a frame, at all levels | " + number(limits.values()) + " |")
        .contains("| documents in `b` | " + number(limits.bulk()) + " |")
        .contains("| messages in a batch | " + number(limits.batch()) + " |");
  }

  @Test
  void weight_ofTheExample_isTheOneGiven() {
    JsonValue example = new JsonReader(WireLimits.DEFAULT).read("[12,\"abc\",{\"d\":1}]");

    assertThat(document)
        .contains("So `[12,\"abc\",{\"d\":1}]` weighs")
        .contains("= " + JsonWeight.of(example) + ".");
  }

  @Test
  void dangerousNames_all_areListed() {
    assertThat(Members.DANGEROUS_NAMES).hasSize(12);
    Members.DANGEROUS_NAMES.forEach(name -> assertThat(document).contains("`" + name + "`"));
  }

  @Test
  void exampleFrames_all_areUnderstood() {
    JsonCodec codec = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);
    long frames =
        document
            .lines()
            .filter(line -> line.matches("[CS] \\{.*\\}"))
            .peek(
                line -> {
                  String frame = line.substring(2);
                  if (line.startsWith("C")) {
                    assertThat(codec.decodeClientFrame(frame))
                        .noneMatch(RefusedRequest.class::isInstance);
                  } else {
                    assertThat(codec.decodeServerFrame(frame))
                        .noneMatch(ServerMessage.Unrecognized.class::isInstance);
                  }
                })
            .count();

    assertThat(frames).isGreaterThan(10);
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "protocol.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
