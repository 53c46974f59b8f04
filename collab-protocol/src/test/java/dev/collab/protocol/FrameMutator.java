package dev.collab.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks frames the way hostile or careless clients do, knowing what JSON is made of. */
final class FrameMutator {

  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][0-9.eE+-]*|true|false|null|[\\[\\]{},:]");

  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "0.5",
          "1e999",
          "-1e999",
          "1e-999",
          "1e21",
          "9007199254740990",
          "9007199254740991",
          "9007199254740992",
          "9007199254740993",
          "-9007199254740992",
          "18446744073709551616",
          "1".repeat(400),
          "2147483648",
          "NaN",
          "Infinity",
          "01",
          "+1",
          "1.",
          ".5",
          "0x1",
          "null",
          "true",
          "false",
          "[]",
          "{}",
          "[[]]",
          "{\"\":0}",
          "\"\"",
          "\"\\ud83d\"",
          "\"\\ude00\"",
          "\"\\ud83d\\ude00\"",
          "\"\ud83d\"",
          "\"\udc00x\"",
          "\"\u0000\"",
          "\"\\u0000\"",
          "\"\\u\"",
          "\"\\x\"",
          "\"__proto__\"",
          "\"constructor\"",
          "\"toString\"",
          "\"op\"",
          "\"f\"",
          "\"bs\"",
          "\"hs\"",
          "\"error\"",
          "undefined",
          "\"not-committed\"",
          "{\"v\":1,\"type\":null}",
          "{\"v\":1,\"data\":\"x\"}",
          "{\"type\":\"text\"}",
          "{\"code\":\"X\",\"message\":\"y\"}");

  private static final List<String> NAMES =
      List.of(
          "a",
          "c",
          "d",
          "v",
          "b",
          "seq",
          "src",
          "op",
          "create",
          "del",
          "id",
          "data",
          "error",
          "x",
          "fate",
          "snapshot",
          "epoch",
          "seen",
          "collab",
          "limits",
          "protocol",
          "protocolMinor",
          "type",
          "__proto__",
          "");

  private final RandomGenerator random;
  private final List<String> corpus;

  FrameMutator(RandomGenerator random, List<String> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  /** Returns a frame of the corpus after one to four mutations. */
  String next() {
    String frame = pick(corpus);
    for (int i = random.nextInt(4); i >= 0; i--) {
      frame = mutate(frame);
    }
    return frame;
  }

  private String mutate(String frame) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> replaceToken(frame, pick(VALUES));
      case 3 -> addMember(frame, pick(NAMES), pick(VALUES));
      case 4 -> replaceToken(frame, wrapped(pick(VALUES)));
      case 5 -> copyToken(frame);
      case 6 -> frame.substring(0, random.nextInt(frame.length() + 1));
      case 7 -> changeChar(frame);
      case 8 -> insertChar(frame);
      case 9 -> splice(frame, pick(corpus));
      case 10 -> "[" + frame + (random.nextBoolean() ? "" : "," + pick(corpus)) + "]";
      default -> replaceToken(frame, "");
    };
  }

  private String wrapped(String value) {
    int levels = random.nextInt(80);
    return random.nextBoolean()
        ? "[".repeat(levels) + value + "]".repeat(levels)
        : "{\"p\":".repeat(levels) + value + "}".repeat(levels);
  }

  private String replaceToken(String frame, String by) {
    List<int[]> tokens = tokens(frame);
    if (tokens.isEmpty()) {
      return by;
    }
    int[] token = tokens.get(random.nextInt(tokens.size()));
    return frame.substring(0, token[0]) + by + frame.substring(token[1]);
  }

  private String copyToken(String frame) {
    List<int[]> tokens = tokens(frame);
    if (tokens.isEmpty()) {
      return frame;
    }
    int[] from = tokens.get(random.nextInt(tokens.size()));
    return replaceToken(frame, frame.substring(from[0], from[1]));
  }

  /** Adds a member to some object, perhaps one whose name is there already. */
  private String addMember(String frame, String name, String value) {
    int at = frame.indexOf('{', random.nextInt(frame.length() + 1));
    at = at < 0 ? frame.indexOf('{') : at;
    return at < 0
        ? frame
        : frame.substring(0, at + 1) + "\"" + name + "\":" + value + "," + frame.substring(at + 1);
  }

  private String changeChar(String frame) {
    if (frame.isEmpty()) {
      return frame;
    }
    int at = random.nextInt(frame.length());
    return frame.substring(0, at) + anyChar() + frame.substring(at + 1);
  }

  private String insertChar(String frame) {
    int at = random.nextInt(frame.length() + 1);
    return frame.substring(0, at) + anyChar() + frame.substring(at);
  }

  private char anyChar() {
    return (char) (random.nextInt(4) == 0 ? random.nextInt(1 << 16) : random.nextInt(128));
  }

  private String splice(String frame, String other) {
    return frame.substring(0, random.nextInt(frame.length() + 1))
        + other.substring(random.nextInt(other.length() + 1));
  }

  private static List<int[]> tokens(String frame) {
    List<int[]> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(frame);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    return tokens;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
