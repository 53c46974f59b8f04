package dev.collab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alerting rules and the dashboard ask for what there is. */
class ResourcesTest {

  private static final Pattern SELECTOR =
      Pattern.compile("\\b(collab_\\w+)(?:\\{([^}]*)})?", Pattern.MULTILINE);

  private static final Pattern LABEL = Pattern.compile("(\\w+) ?(?:=~|!=|!~|=)");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) ?\\(([^)]*)\\)");

  /** The labels that Prometheus adds. */
  private static final Set<String> FOREIGN = Set.of("instance", "job", "le");

  private final Scrape scrape = new Scrape(new ExercisedServer().exercise().scrape());

  private static String resource(String name) {
    try (InputStream in = CollabMetrics.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Object parsed(String name) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(strict)).load(resource(name)); // JSON is YAML, too
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private static List<Map<?, ?>> alerts() {
    List<Map<?, ?>> alerts = new ArrayList<>();
    for (Object group : list(map(parsed("alerts.yml")).get("groups"))) {
      assertThat(map(group).get("name")).isInstanceOf(String.class);
      list(map(group).get("rules")).forEach(rule -> alerts.add(map(rule)));
    }
    return alerts;
  }

  private static List<Map<?, ?>> panels() {
    List<Map<?, ?>> panels = new ArrayList<>();
    list(map(parsed("dashboard.json")).get("panels")).forEach(panel -> panels.add(map(panel)));
    return panels;
  }

  private static List<String> queries(String name) {
    List<String> queries = new ArrayList<>();
    if (name.equals("alerts.yml")) {
      alerts().forEach(alert -> queries.add((String) alert.get("expr")));
    } else {
      for (Map<?, ?> panel : panels()) {
        if (panel.get("targets") != null) {
          list(panel.get("targets"))
              .forEach(target -> queries.add((String) map(target).get("expr")));
        }
      }
    }
    return queries;
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yml", "dashboard.json"})
  void queries_askForSamplesAndLabelsThatThereAre(String name) {
    assertThat(queries(name)).hasSizeGreaterThan(10);
    for (String query : queries(name)) {
      Set<String> labels = new TreeSet<>(FOREIGN);
      var samples = SELECTOR.matcher(query).results().toList();
      assertThat(samples).as(query).isNotEmpty();
      samples.forEach(
          sample -> {
            assertThat(scrape.names()).as(query).contains(sample.group(1));
            Set<String> known = new TreeSet<>(FOREIGN);
            known.addAll(scrape.labels(sample.group(1)));
            labels.addAll(known);
            if (sample.group(2) != null) {
              LABEL
                  .matcher(sample.group(2))
                  .results()
                  .forEach(label -> assertThat(known).as(query).contains(label.group(1)));
            }
          });
      GROUPING
          .matcher(query)
          .results()
          .forEach(
              grouping -> assertThat(labels).as(query).contains(grouping.group(1).split(", ?")));
      assertThat(query.chars().filter(c -> c == '(').count())
          .as(query)
          .isEqualTo(query.chars().filter(c -> c == ')').count());
    }
  }

  @Test
  void alerts_haveNamesOfTheirOwnASeverityAndWordsForPeople() {
    List<Map<?, ?>> alerts = alerts();
    assertThat(alerts.stream().map(alert -> alert.get("alert")).collect(Collectors.toSet()))
        .hasSize(alerts.size());
    for (Map<?, ?> alert : alerts) {
      assertThat((String) alert.get("alert")).matches("Collab[A-Z]\\w+");
      assertThat(map(alert.get("labels")).get("severity")).isIn("critical", "warning", "info");
      assertThat(map(alert.get("annotations")).keySet())
          .extracting(Object::toString)
          .containsExactly("summary", "description");
    }
  }

  @Test
  void dashboard_isStrictJsonWithoutDoubledNames() throws IOException {
    JsonFactory json =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = json.createParser(resource("dashboard.json"))) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      assertThat(tokens).isPositive();
    }
  }

  @Test
  void panels_lieBesideEachOtherAndHaveIdsOfTheirOwn() {
    Set<Object> ids = panels().stream().map(panel -> panel.get("id")).collect(Collectors.toSet());
    assertThat(ids).hasSize(panels().size());
    Set<List<Integer>> taken = new HashSet<>();
    for (Map<?, ?> panel : panels()) {
      Map<?, ?> place = map(panel.get("gridPos"));
      int left = (Integer) place.get("x");
      int top = (Integer) place.get("y");
      assertThat(left + (Integer) place.get("w")).isLessThanOrEqualTo(24);
      for (int x = left; x < left + (Integer) place.get("w"); x++) {
        for (int y = top; y < top + (Integer) place.get("h"); y++) {
          assertThat(taken.add(List.of(x, y))).as("%s at %d,%d", panel.get("title"), x, y).isTrue();
        }
      }
    }
  }
}
