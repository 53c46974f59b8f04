package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        .contains("| messages in a batch | " + number(limits.batch()) + " |")
        .contains("| length of `token` | " + number(limits.token()) + " |")
        .contains("| weight of a presence value (`presence`) | " + number(limits.presence()) + " |")
        .contains("weight of its data (`chat`) | " + number(limits.chat()) + " |")
        .contains("| chat messages asked for at once (`limit`) | " + number(limits.page()) + " |")
        .contains("wanted; " + ChatRequest.DEFAULT_PAGE + " if absent")
        .contains("an id of 1 to " + User.MAX_ID_LENGTH + " code units")
        .contains("a name of 1 to " + User.MAX_NAME_LENGTH + ",");
  }

  @Test
  void actions_all_areExplained() {
    for (ClientMessage.Kind kind : ClientMessage.Kind.values()) {
      if (kind != ClientMessage.Kind.REFUSED) {
        assertThat(document)
            .as(kind.toString())
            .containsPattern("\"a\":\"" + kind.action() + "\"|`" + kind.action() + "`");
      }
    }
    for (Permission permission : Permission.values()) {
      assertThat(document).contains("| `" + permission.text() + "` |");
    }
    for (Status status : Status.values()) {
      assertThat(document).contains("`\"" + status.name().toLowerCase(Locale.ROOT) + "\"`");
    }
  }

  @Test
  void closeCodes_all_areInOneTable() {
    assertThat(
            document
                .lines()
                .filter(line -> line.matches("\\| [0-9]{4} \\|.*"))
                .map(line -> line.substring(2, 6)))
        .containsExactly(
            "1001", "1012", "4001", "4003", "4004", "4005", "4006", "4007", "4008", "4009");
  }

  @Test
  void references_toSections_areThoseOfTheContents() {
    long sections = document.lines().filter(line -> line.matches("## [0-9]+\\. .*")).count();
    assertThat(sections).isEqualTo(17);
    Matcher references = Pattern.compile("§([0-9]+)").matcher(document);
    while (references.find()) {
      assertThat(Integer.parseInt(references.group(1))).isBetween(1, (int) sections);
    }
    Matcher links = Pattern.compile("([0-9]+) \\[([a-z ]+)\\]\\(#([0-9]+)-").matcher(document);
    int contents = 0;
    while (links.find()) {
      contents++;
      assertThat(links.group(1)).isEqualTo(links.group(3));
      assertThat(document.toLowerCase(Locale.ROOT))
          .contains("## " + links.group(1) + ". " + links.group(2) + "\n");
    }
    assertThat(contents).isEqualTo(17);
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

    assertThat(frames).isGreaterThan(30);
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
