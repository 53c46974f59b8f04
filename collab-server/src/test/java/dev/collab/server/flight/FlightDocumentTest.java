package dev.collab.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;

/** {@code docs/observability.md} lists the events of the flight recorder. */
class FlightDocumentTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(dev\\.collab\\.\\w+)` \\| (.*) \\|$", Pattern.MULTILINE);

  @Test
  void events_areListedWithTheirFieldsInOrder() throws IOException {
    Map<String, List<String>> events = new TreeMap<>();
    for (Class<?> type : FlightEvents.class.getDeclaredClasses()) {
      if (Event.class.isAssignableFrom(type)) {
        events.put(
            type.getAnnotation(Name.class).value(),
            Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Label.class))
                .map(field -> "`" + field.getName() + "`")
                .toList());
      }
    }
    Map<String, List<String>> listed = new TreeMap<>();
    for (MatchResult row :
        ROW.matcher(Files.readString(Path.of("..", "docs", "observability.md")))
            .results()
            .toList()) {
      listed.put(row.group(1), List.of(row.group(2).split(", ")));
    }
    assertThat(listed).isNotEmpty().isEqualTo(events);
  }
}
