package dev.collab.text;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Conflict;
import dev.collab.operation.Resolution;
import java.util.Optional;

/**
 * Rules for conflicts in text, besides {@link Resolution#ours()} and {@link Resolution#theirs()}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class TextResolutions {

  private static final int LEAST_MARKER = 7;

  private TextResolutions() {}

  /**
   * Returns the rule that keeps the lines of both sides, ours first. If our last line has no
   * newline, one is added between.
   *
   * @return the rule
   */
  public static Resolution<Text> both() {
    return conflict ->
        Text.of(withNewline(conflict.ours().toString()) + conflict.theirs().toString());
  }

  /**
   * Returns the rule that leaves the decision to whoever reads the text: both sides between marker
   * lines, as {@code git merge} writes them. A marker is seven characters long, or more if one of
   * that length begins a line of the conflict already. A last line without newline gets one.
   *
   * @param ours what to call our side, one line
   * @param theirs what to call theirs
   * @return the rule
   * @throws IllegalArgumentException if a name has a line break
   */
  public static Resolution<Text> markers(String ours, String theirs) {
    return markers(requireName(ours, "ours"), Optional.empty(), requireName(theirs, "theirs"));
  }

  /**
   * Returns the same rule, with what stood there before in the middle, as {@code git merge} does in
   * style {@code diff3}.
   *
   * @param ours what to call our side, one line
   * @param base what to call the state before
   * @param theirs what to call theirs
   * @return the rule
   * @throws IllegalArgumentException if a name has a line break
   */
  public static Resolution<Text> markers(String ours, String base, String theirs) {
    return markers(
        requireName(ours, "ours"),
        Optional.of(requireName(base, "base")),
        requireName(theirs, "theirs"));
  }

  private static Resolution<Text> markers(String ours, Optional<String> base, String theirs) {
    return conflict -> {
      int length = markerLength(conflict);
      StringBuilder text = new StringBuilder();
      marker(text, '<', length, ours);
      text.append(withNewline(conflict.ours().toString()));
      if (base.isPresent()) {
        marker(text, '|', length, base.get());
        text.append(withNewline(conflict.base().toString()));
      }
      marker(text, '=', length, "");
      text.append(withNewline(conflict.theirs().toString()));
      marker(text, '>', length, theirs);
      return Text.of(text);
    };
  }

  private static void marker(StringBuilder text, char unit, int length, String name) {
    text.append(String.valueOf(unit).repeat(length));
    text.append(name.isEmpty() ? "" : " ").append(name).append('\n');
  }

  private static int markerLength(Conflict<Text> conflict) {
    int longest = LEAST_MARKER - 1;
    String all = conflict.base() + "\n" + conflict.ours() + "\n" + conflict.theirs();
    for (int start = 0; start < all.length(); start = all.indexOf('\n', start) + 1) {
      int end = start;
      while (end < all.length()
          && "<|=>".indexOf(all.charAt(end)) >= 0
          && all.charAt(end) == all.charAt(start)) {
        end++;
      }
      longest = Math.max(longest, end - start);
      if (all.indexOf('\n', start) < 0) {
        break;
      }
    }
    return longest + 1;
  }

  private static String withNewline(String lines) {
    return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
  }

  private static String requireName(String name, String what) {
    if (requireNonNull(name, what).indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("name of " + what + " has a line break");
    }
    return name;
  }
}
