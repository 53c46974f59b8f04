package dev.collab.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Breaks frames the way hostile or careless clients do, knowing what JSON is made of. */
final class FrameMutator {

  private static final String PUNCTUATION = "[]{},:\"";

  private static final List<String> VALUES =
      """
      0
      -0
      1
      -1
      0.5
      1e-999
      1e21
      9007199254740990
      9007199254740991
      9007199254740992
      9007199254740993
      -9007199254740992
      18446744073709551616
      2147483648
      null
      true
      false
      []
      {}
      [[]]
      {"":0}
      ""
      "\\ud83d"
      "\\ude00"
      "\\ud83d\\ude00"
      "\\u0000"
      "__proto__"
      "constructor"
      "toString"
      "op"
      "f"
      "bs"
      "hs"
      "nf"
      "error"
      "not-committed"
      {"v":1,"type":null}
      {"v":1,"data":"x"}
      {"type":"text"}
      {"code":"X","message":"y"}
      ["x","y"]
      {"x":1}
      "p"
      "cp"
      "ce"
      "cs"
      "access"
      "c.d"
      "write"
      "idle"
      "#0a0"
      {"id":"u","name":"Ada"}
      {"name":"Ada","color":"#0a0"}
      {"text":"x"}
      {"id":1,"text":"x"}
      {"id":1}
      {"post":{"text":"x"}}
      {"join":true}
      {"ch":"x","src":"y","id":"z","p":1,"pv":0}
      """
          .lines()
          .toList();

  private static final List<String> NO_VALUES =
      """
      1e999
      -1e999
      NaN
      Infinity
      01
      +1
      1.
      .5
      0x1
      undefined
      "\\u"
      "\\x"
      "
      [
      ]
      {"a":1,"a":1}
      """
          .lines()
          .toList();

  private static final List<String> NAMES =
      List.of(
          ("a c d v b seq src op create del id data "
                  + "error x fate snapshot epoch seen collab limits protocol protocolMinor type __proto__ "
                  + "ch p pv t away user token expires heartbeat status idle presences "
                  + "r e limit before after room messages more typing read permission "
                  + "post edit join retain text replyTo retryAfter")
              .split(" "));

  private final RandomGenerator random;
  private final List<String> corpus;

  FrameMutator(RandomGenerator random, List<String> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  /** Returns a frame of the corpus after one to three mutations. */
  String next() {
    String frame = pick(corpus);
    for (int i = random.nextInt(3); i >= 0; i--) {
      frame = mutate(frame);
    }
    return frame;
  }

  private String mutate(String frame) {
    return switch (random.nextInt(24)) {
      case 0 -> replaceToken(frame, "");
      case 1 -> frame.substring(0, random.nextInt(frame.length() + 1));
      case 2 -> changeChar(frame);
      case 3 -> insertChar(frame);
      case 4 -> splice(frame, pick(corpus));
      case 5 -> "[" + frame + (random.nextBoolean() ? "" : "," + pick(corpus)) + "]";
      case 6, 7 -> copyToken(frame);
      case 8, 9, 10 -> replaceToken(frame, wrapped(value()));
      case 11, 12, 13, 14 -> addMember(frame, pick(NAMES), value());
      default -> replaceToken(frame, value());
    };
  }

  private String value() {
    return switch (random.nextInt(16)) {
      case 0 -> pick(NO_VALUES);
      case 1 -> "\"" + anyChar() + "\"";
      case 2 -> "1".repeat(1 + random.nextInt(400));
      default -> pick(VALUES);
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

  /** Returns where strings, words and punctuation begin and end, as far as they can be told. */
  private List<int[]> tokens(String frame) {
    boolean punctuation = random.nextInt(16) == 0;
    List<int[]> tokens = new ArrayList<>();
    int end;
    for (int start = 0; start < frame.length(); start = end) {
      end = tokenEnd(frame, start);
      if (punctuation || isValue(frame, start, end)) {
        tokens.add(new int[] {start, end});
      }
    }
    return tokens;
  }

  private static boolean isValue(String frame, int start, int end) {
    return (frame.charAt(start) == '"' || PUNCTUATION.indexOf(frame.charAt(start)) < 0)
        && (end == frame.length() || frame.charAt(end) != ':');
  }

  private static int tokenEnd(String frame, int start) {
    int at = start + 1;
    if (frame.charAt(start) == '"') {
      while (at < frame.length() && frame.charAt(at) != '"') {
        at += frame.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(at + 1, frame.length());
    }
    if (PUNCTUATION.indexOf(frame.charAt(start)) < 0) {
      while (at < frame.length() && PUNCTUATION.indexOf(frame.charAt(at)) < 0) {
        at++;
      }
    }
    return at;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
