package dev.collab.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defects of clients, as they look on the wire. */
final class WireDefects {

  private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");
  private static final String SUBMISSION = "{\"a\":\"op\"";

  private WireDefects() {}

  private static long sequence(String frame) {
    Matcher matcher = SEQUENCE.matcher(frame);
    return frame.startsWith(SUBMISSION) && matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static String withSequence(String frame, long sequence) {
    return SEQUENCE.matcher(frame).replaceFirst("\"seq\":" + sequence);
  }

  /** Sends what is outstanding again under a new number. */
  static final class RenumberingResender implements Variant.Wire {

    private final Map<Long, Long> numbers = new HashMap<>();
    private final Map<Long, Long> originals = new HashMap<>();
    private final Set<Long> sentBefore = new HashSet<>();
    private long shift;

    @Override
    public void reconnected() {
      sentBefore.addAll(numbers.keySet());
    }

    @Override
    public List<String> toServer(String frame) {
      long sequence = sequence(frame);
      if (sequence == 0) {
        return List.of(frame);
      }
      if (sentBefore.remove(sequence)) {
        shift++;
      }
      numbers.put(sequence, sequence + shift);
      originals.put(sequence + shift, sequence);
      return List.of(withSequence(frame, sequence + shift));
    }

    @Override
    public List<String> toClient(String frame) {
      long sequence = sequence(frame);
      return List.of(
          originals.containsKey(sequence) ? withSequence(frame, originals.get(sequence)) : frame);
    }
  }

  /** Sends every submission twice, and the server takes both for different ones. */
  static final class Doubler implements Variant.Wire {

    @Override
    public List<String> toServer(String frame) {
      long sequence = sequence(frame);
      return sequence == 0
          ? List.of(frame)
          : List.of(withSequence(frame, 2 * sequence), withSequence(frame, 2 * sequence + 1));
    }

    @Override
    public List<String> toClient(String frame) {
      long sequence = sequence(frame);
      return List.of(sequence == 0 ? frame : withSequence(frame, Math.max(1, sequence / 2)));
    }
  }

  /** Adds a later edit to what is outstanding when it is sent again. */
  static final class ComposingResender implements Variant.Wire {

    private final Set<Long> sent = new HashSet<>();
    private final Set<Long> sentBefore = new HashSet<>();

    @Override
    public void reconnected() {
      sentBefore.addAll(sent);
    }

    @Override
    public List<String> toServer(String frame) {
      long sequence = sequence(frame);
      sent.add(sequence);
      return List.of(
          sequence > 0 && sentBefore.contains(sequence)
              ? frame.replace("\"op\":[", "\"op\":[\"later\",")
              : frame);
    }
  }

  /** Gets some entries of others without their content, and does not notice. */
  static final class LosingReader implements Variant.Wire {

    private int entries;

    @Override
    public List<String> toClient(String frame) {
      boolean lost = sequence(frame) > 0 && frame.contains("\"op\":[") && ++entries % 20 == 0;
      return List.of(lost ? frame.replaceFirst("\"op\":\\[.*\\]", "\"op\":[]") : frame);
    }
  }
}
