package dev.collab.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Edits a source text as people do: lines and words, blocks moved and indented, lines appended. */
final class SourceEdits {

  private final RandomGenerator random;

  SourceEdits(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Returns an edited text.
   *
   * @param around where to edit, a fraction of the text
   * @param spread how far from there at most, a fraction of the text
   */
  String edit(String text, int edits, double around, double spread) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    for (int i = 0; i < edits; i++) {
      double place = around + (random.nextDouble() * 2 - 1) * spread;
      int line = (int) (Math.max(0, Math.min(0.999, place)) * lines.size());
      edit(lines, line);
      if (lines.isEmpty()) {
        lines.add("\n");
      }
    }
    return String.join("", lines);
  }

  private void edit(List<String> lines, int line) {
    int length = 1 + random.nextInt(6);
    int end = Math.min(lines.size(), line + length);
    List<String> block = lines.subList(line, end);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> lines.set(line, withOtherWord(lines.get(line)));
      case 3, 4 -> lines.addAll(line, written(lines, length));
      case 5 -> block.clear();
      case 6 -> {
        List<String> written = written(lines, length);
        block.clear();
        lines.addAll(line, written);
      }
      case 7 -> {
        List<String> moved = new ArrayList<>(block);
        block.clear();
        lines.addAll(random.nextInt(lines.size() + 1), moved);
      }
      case 8 -> block.replaceAll(SourceEdits::indented);
      case 9 -> block.replaceAll(SourceEdits::outdented);
      case 10 -> lines.addAll(line, List.copyOf(block)); // the same once more
      default -> lines.addAll(written(lines, length));
    }
  }

  /** Returns lines that look like those that are there. */
  private List<String> written(List<String> lines, int count) {
    List<String> written = new ArrayList<>();
    int from = random.nextInt(lines.size());
    for (int i = from; i < Math.min(lines.size(), from + count); i++) {
      String line = lines.get(i);
      String whole = line.endsWith("\n") ? line : line + "\n";
      written.add(random.nextInt(3) == 0 ? whole : withOtherWord(whole));
    }
    return written;
  }

  private String withOtherWord(String line) {
    String[] parts = line.split("\\b", -1);
    int part = random.nextInt(parts.length);
    for (int i = 0; i < parts.length; i++, part = (part + 1) % parts.length) {
      if (parts[part].matches("\\w+")) {
        parts[part] =
            switch (random.nextInt(3)) {
              case 0 -> parts[part] + random.nextInt(10);
              case 1 -> "value" + random.nextInt(100);
              default -> parts[part] + ", " + parts[part];
            };
        break;
      }
    }
    return String.join("", parts);
  }

  private static String indented(String line) {
    return line.isBlank() ? line : "  " + line;
  }

  private static String outdented(String line) {
    return line.startsWith("  ") ? line.substring(2) : line;
  }
}
