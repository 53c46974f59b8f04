package dev.collab.simulation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defects of chat, as they look on the wire. */
final class ChatDefects {

  private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");
  private static final Pattern VERSION = Pattern.compile("\"v\":(\\d+)");
  private static final String SUBMISSION = "{\"a\":\"cp\"";
  private static final String EVENT = "{\"a\":\"ce\"";

  private ChatDefects() {}

  private static String replaced(String frame, Pattern number, long shift) {
    Matcher matcher = number.matcher(frame);
    return matcher.find()
        ? frame.substring(0, matcher.start(1))
            + (Long.parseLong(matcher.group(1)) + shift)
            + frame.substring(matcher.end(1))
        : frame;
  }

  /** Everything said goes out once more under another number. */
  static final class Stutter implements Variant.Wire {

    private static final long FAR = 1_000_000;

    @Override
    public List<String> toServer(String frame) {
      return frame.startsWith(SUBMISSION)
          ? List.of(frame, replaced(frame, SEQUENCE, FAR))
          : List.of(frame);
    }
  }

  /** Some of what others say is lost, and what comes behind it is numbered as if nothing was. */
  static final class Deafness implements Variant.Wire {

    private int events;
    private long lost;

    @Override
    public List<String> toServer(String frame) {
      return List.of(frame.startsWith("{\"a\":\"cs\"") ? replaced(frame, VERSION, lost) : frame);
    }

    @Override
    public List<String> toClient(String frame) {
      if (frame.startsWith(EVENT) && ++events % 20 == 0) {
        lost++;
        return List.of();
      }
      boolean numbered = frame.startsWith(EVENT) || frame.startsWith(SUBMISSION);
      return List.of(numbered ? replaced(frame, VERSION, -lost) : frame);
    }
  }
}
