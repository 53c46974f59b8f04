package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the import map of the page against the WebJars on the class path. */
class ImportMapTest {

  private static final Pattern MAPPING = Pattern.compile("\"([^\"]+)\": \"(/webjars/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*? from ['\"]([^'\"]+)['\"]");

  @Test
  void mapping_ofEachName_leadsToAFileOfItsWebJar() {
    Map<String, String> mappings = mappings();

    assertThat(mappings).hasSize(10);
    assertThat(mappings.values())
        .allSatisfy(path -> assertThat(resource("META-INF/resources" + path)).isNotNull());
  }

  @Test
  void mapping_ofNames_coversEveryImport() {
    Map<String, String> mappings = mappings();
    Set<String> imported = new TreeSet<>();
    for (String script :
        new String[] {
          "web/app.js", "web/editor-binding.js", "web/editor-undo.js", "web/remote-cursors.js"
        }) {
      imported.addAll(imports(read(script)));
    }
    for (String path : mappings.values()) {
      imported.addAll(imports(read("META-INF/resources" + path)));
    }

    imported.removeIf(name -> name.startsWith("./"));
    assertThat(imported).isEqualTo(mappings.keySet());
  }

  private static Map<String, String> mappings() {
    Map<String, String> mappings = new TreeMap<>();
    Matcher matcher = MAPPING.matcher(read("web/index.html"));
    while (matcher.find()) {
      mappings.put(matcher.group(1), matcher.group(2));
    }
    return mappings;
  }

  private static Set<String> imports(String script) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = IMPORT.matcher(script);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static InputStream resource(String name) {
    return ImportMapTest.class.getClassLoader().getResourceAsStream(name);
  }

  private static String read(String name) {
    try (InputStream stream = resource(name)) {
      assertThat(stream).as(name).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
