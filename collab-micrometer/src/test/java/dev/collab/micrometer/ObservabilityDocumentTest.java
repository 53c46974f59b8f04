package dev.collab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.observe.ServerListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/observability.md} lists what there is, and nothing else. */
class ObservabilityDocumentTest {

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern ROW = Pattern.compile("^\\| (.*) \\|$", Pattern.MULTILINE);

  private final String page = Files.readString(Path.of("..", "docs", "observability.md"));
  private final ExercisedServer exercised = new ExercisedServer().exercise();

  ObservabilityDocumentTest() throws IOException {}

  @Test
  void meters_areListedWithTheirTags() {
    Map<String, Set<String>> meters = new TreeMap<>();
    for (Meter meter : exercised.registry().getMeters()) {
      Set<String> tags = meters.computeIfAbsent(meter.getId().getName(), name -> new TreeSet<>());
      meter.getId().getTags().stream().map(Tag::getKey).forEach(tags::add);
    }
    Map<String, Set<String>> listed = new TreeMap<>();
    rows("`collab\\.[a-z.]+`")
        .forEach(cells -> listed.put(codes(cells[0]).iterator().next(), codes(cells[2])));
    assertThat(listed).isEqualTo(meters);
  }

  @Test
  void alerts_areListed() throws IOException {
    Set<String> alerts = new TreeSet<>();
    try (InputStream in = CollabMetrics.class.getResourceAsStream("alerts.yml")) {
      Pattern.compile("- alert: (\\w+)")
          .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .forEach(alert -> alerts.add(alert.group(1)));
    }
    Set<String> listed = new TreeSet<>();
    rows("`Collab[A-Z]\\w+`").forEach(cells -> listed.addAll(codes(cells[0])));
    assertThat(listed).isEqualTo(alerts);
  }

  @Test
  void methodsOfListeners_areListed() {
    Set<String> methods =
        Arrays.stream(ServerListener.class.getDeclaredMethods())
            .filter(Method::isDefault)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed = new TreeSet<>();
    int table = page.indexOf("| method |");
    ROW.matcher(page.substring(table, page.indexOf("\n\n", table)))
        .results()
        .skip(2)
        .forEach(row -> listed.addAll(codes(row.group(1).split(" \\| ")[0])));
    assertThat(listed).isEqualTo(methods);
  }

  /** Returns the cells of the rows whose first cell is as described. */
  private List<String[]> rows(String first) {
    return ROW.matcher(page)
        .results()
        .map(row -> row.group(1).split(" ?\\| ?", -1))
        .filter(cells -> cells[0].matches(first))
        .toList();
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(code -> code.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
