package dev.collab.micrometer;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What Prometheus makes of a scrape: the names of the samples and the labels they have. */
final class Scrape {

  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, Set<String>> labels = new TreeMap<>();
  private final Map<String, Double> values = new TreeMap<>();

  Scrape(String text) {
    SAMPLE
        .matcher(text)
        .results()
        .forEach(
            sample -> {
              Set<String> known = labels.computeIfAbsent(sample.group(1), name -> new HashSet<>());
              String tags = sample.group(2) == null ? "" : sample.group(2);
              LABEL.matcher(tags).results().forEach(label -> known.add(label.group(1)));
              values.put(sample.group(1) + "{" + tags + "}", Double.valueOf(sample.group(3)));
            });
  }

  Set<String> names() {
    return labels.keySet();
  }

  Set<String> labels(String name) {
    return labels.getOrDefault(name, Set.of());
  }

  /** Returns a sample's value, written {@code name{label="value"}}. */
  double value(String sample) {
    Double value = values.get(sample.contains("{") ? sample : sample + "{}");
    if (value == null) {
      throw new AssertionError("no sample " + sample + " in " + values.keySet());
    }
    return value;
  }
}
