package dev.collab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the Markdown files of the repository name exists. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?[`(]");
  private static final Pattern QUALIFIED = Pattern.compile("\\bdev\\.collab(?:\\.\\w+)+");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

  private final Map<Path, String> pages = read(".md");
  private final Map<Path, String> sources = read(".java");
  private final Map<Path, String> rules = read(".yml");

  DocumentationTest() throws IOException {}

  @Test
  void links_leadToFiles() {
    assertThat(mentioned(LINK, (page, link) -> Files.exists(page.resolveSibling(link.group(1)))))
        .isEmpty();
  }

  @Test
  void types_areDeclaredWithTheirMembers() {
    Map<String, String> declared = new HashMap<>();
    sources.forEach(
        (file, source) ->
            DECLARED
                .matcher(source)
                .results()
                .forEach(type -> declared.merge(type.group(1), source, String::concat)));

    assertThat(
            mentioned(
                TYPE,
                (page, name) -> {
                  String source = declared.get(name.group(1));
                  return source == null
                      ? isOfTheJdk(name.group(1)) || isAlert(name.group(1))
                      : name.group(2) == null || hasWord(source, name.group(2));
                }))
        .isEmpty();
  }

  @Test
  void qualifiedNames_arePackagesOrTypes() {
    Set<String> known = new HashSet<>();
    for (Path file : sources.keySet()) {
      String type = file.toString().replace('\\', '/').replaceFirst("^.*/java/", "");
      known.add(type.replaceFirst("\\.java$", "").replace('/', '.'));
      known.add(type.replaceFirst("/\\w+\\.java$", "").replace('/', '.'));
    }

    assertThat(
            mentioned(
                QUALIFIED,
                (page, name) -> known.contains(name.group()) || isNameOfAnEvent(name.group())))
        .isEmpty();
  }

  /** Returns what the pages mention against the rule. */
  private Set<String> mentioned(Pattern pattern, BiPredicate<Path, MatchResult> rule) {
    Set<String> wrong = new TreeSet<>();
    pages.forEach(
        (page, text) -> {
          assertThat(text).as(page.toString()).isNotBlank();
          pattern
              .matcher(text)
              .results()
              .filter(found -> !rule.test(page, found))
              .forEach(found -> wrong.add(page + ": " + found.group()));
        });
    return wrong;
  }

  private static boolean hasWord(String source, String word) {
    return Pattern.compile("\\b" + word + "\\b").matcher(source).find();
  }

  private boolean isAlert(String name) {
    return rules.values().stream().anyMatch(each -> hasWord(each, "alert: " + name));
  }

  /** Tells whether an event of the flight recorder is called so. */
  private boolean isNameOfAnEvent(String name) {
    return sources.values().stream().anyMatch(each -> each.contains("@Name(\"" + name + "\")"));
  }

  private static boolean isOfTheJdk(String name) {
    try {
      Class.forName("java.lang." + name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Map<Path, String> read(String suffix) throws IOException {
    Map<Path, String> files = new HashMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return SKIPPED.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(suffix)) {
              files.put(file, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(files).isNotEmpty();
    return files;
  }
}
