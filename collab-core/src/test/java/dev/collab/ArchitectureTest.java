package dev.collab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.collab.presence.User;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The layers of the core, and what none of them may touch: the world outside and the clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

  /** Each package and what it may use directly; what those use, it may use too. */
  private static final Map<String, List<String>> LAYERS =
      Map.ofEntries(
          Map.entry("value", List.of()),
          Map.entry("operation", List.of("value")),
          Map.entry("text", List.of("operation")),
          Map.entry("richtext", List.of("operation", "text", "value")),
          Map.entry("json", List.of("operation", "text", "value")),
          Map.entry("document", List.of("operation")),
          Map.entry("conflict", List.of("operation", "document")),
          Map.entry("presence", List.of("value", "operation", "text", "document")),
          Map.entry("chat", List.of("value", "operation", "document", "presence")),
          Map.entry("undo", List.of("operation", "document")),
          Map.entry("sync", List.of("operation", "document", "conflict", "undo")));

  /** What a caller's exhaustive {@code switch} over a sealed type relies on. */
  private static final Map<String, Set<String>> PERMITS =
      Map.of(
          "value.JsonValue",
          Set.of("JsonNull", "JsonBoolean", "JsonNumber", "JsonString", "JsonArray", "JsonObject"),
          "text.TextComponent",
          Set.of("Retain", "Insert", "Delete"),
          "chat.ChatEvent",
          Set.of("Post", "Edit", "Delete", "Erase", "Join", "Leave", "Remove", "Retain", "Read"),
          "chat.ChatChange",
          Set.of(
              "Posted",
              "Edited",
              "Deleted",
              "Erased",
              "Joined",
              "Left",
              "Removed",
              "Retained",
              "Read"),
          "chat.ChatUpdate",
          Set.of("Changed", "Ignored", "Gap"),
          "document.Proposal",
          Set.of("Create", "Edit", "EncodedEdit", "Delete"),
          "document.Payload",
          Set.of("Create", "Edit", "Delete", "None"),
          "document.Decision",
          Set.of("Accepted", "Duplicate", "Stale", "Refused"),
          "sync.SyncState",
          Set.of("Synchronized", "Buffering", "AwaitingAck", "AwaitingWithBuffer"),
          "sync.Update",
          Set.of("Changed", "Acknowledged", "Ignored", "Gap"));

  private static final String ROOT = "dev.collab.";

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.collab");

  @Test
  void packages_all_areInTheTableOfLayers() {
    Set<String> packages =
        core.stream()
            .filter(type -> !type.getSimpleName().equals("module-info"))
            .map(type -> layerOf(type.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).isNotEmpty().isSubsetOf(LAYERS.keySet());
  }

  @Test
  void layers_each_useOnlyWhatTheTableAllows() {
    LAYERS.forEach(
        (layer, direct) -> {
          Set<String> allowed = new LinkedHashSet<>(Set.of(layer));
          addWithTheirs(direct, allowed);
          String[] packages =
              allowed.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
          check(
              noClasses()
                  .that(resideInAPackage(ROOT + layer + ".."))
                  .should()
                  .dependOnClassesThat(
                      resideInAPackage("dev.collab..")
                          .and(DescribedPredicate.not(resideInAnyPackage(packages))))
                  .because("the table of layers allows " + layer + " to use only " + allowed));
        });
  }

  @Test
  void chat_usesOfPresenceOnlyTheUser() {
    check(
        noClasses()
            .that(resideInAPackage("dev.collab.chat.."))
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.collab.presence..")
                    .and(DescribedPredicate.not(type(User.class)))));
  }

  @Test
  void packages_all_areFreeOfCycles() {
    check(slices().matching("dev.collab.(**)").should().beFreeOfCycles());
  }

  @Test
  void core_usesOnlyTheJavaBaseLanguagePackages() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "dev.collab..",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke", // string concatenation, lambdas, var handles
                    "java.lang.runtime", // records
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security", // message digests
                    "java.time..",
                    "java.util..",
                    "jdk.jfr",
                    "org.jspecify.annotations"))
            .because("the core does no input or output"));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "java.util.prefs..", "java.util.zip..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.System\\$Logger.*|java\\.security\\.SecureRandom"));
  }

  @Test
  void core_neverReadsAClockRandomnessOrTheEnvironment() {
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                isAmbient()
                    .as(
                        "the target is a clock, a source of randomness or a property of the"
                            + " environment"))
            .because("clocks and randomness are arguments"));
  }

  @Test
  void core_neverStartsAThreadNorLocks() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal)"
                    + "|java\\.util\\.(Timer|TimerTask)"
                    + "|java\\.util\\.concurrent\\.(Executors|.*Executor|.*ExecutorService"
                    + "|ForkJoin.*|ThreadLocalRandom)"
                    + "|java\\.util\\.concurrent\\.locks\\..*")
            .because("engines are pure and confined"));
    check(methods().should().notHaveModifier(SYNCHRONIZED));
  }

  @Test
  void staticFields_all_areFinal() {
    check(
        fields()
            .that()
            .haveModifier(STATIC)
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .haveModifier(FINAL));
  }

  @Test
  void sealedInterfaces_public_permitWhatIsPinned() {
    Map<String, Set<String>> permits = new TreeMap<>();
    for (JavaClass type : core) {
      if (type.isInterface() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        Class<?> reflected = type.reflect();
        if (reflected.isSealed()) {
          permits.put(
              type.getName().substring(ROOT.length()),
              Arrays.stream(reflected.getPermittedSubclasses())
                  .map(Class::getSimpleName)
                  .collect(Collectors.toCollection(TreeSet::new)));
        }
      }
    }
    assertThat(permits).isEqualTo(PERMITS);
  }

  private static DescribedPredicate<JavaAccess<?>> isAmbient() {
    return describe(
        "ambient",
        access -> {
          AccessTarget target = access.getTarget();
          String member = target.getOwner().getName() + "." + target.getName();
          return switch (target.getOwner().getName()) {
            case "java.lang.System" ->
                !Set.of("arraycopy", "identityHashCode").contains(target.getName());
            case "java.lang.Math", "java.lang.StrictMath" -> target.getName().equals("random");
            case "java.util.UUID" -> target.getName().equals("randomUUID");
            case "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.concurrent.ThreadLocalRandom" ->
                target.getName().equals("<init>") || target.getName().equals("current");
            case "java.time.Clock", "java.time.InstantSource" ->
                target.getName().startsWith("system") || target.getName().startsWith("tick");
            default ->
                member.matches("java\\.time\\..*\\.now")
                    || member.matches("java\\.util\\.(Locale|TimeZone)\\.getDefault")
                    || member.equals("java.nio.charset.Charset.defaultCharset");
          };
        });
  }

  private static void addWithTheirs(List<String> layers, Set<String> allowed) {
    for (String layer : layers) {
      allowed.add(layer);
      addWithTheirs(LAYERS.getOrDefault(layer, List.of()), allowed);
    }
  }

  private static String layerOf(String packageName) {
    assertThat(packageName).startsWith(ROOT);
    return packageName.substring(ROOT.length()).split("\\.")[0];
  }

  /** Packages that do not exist yet keep every rule. */
  private void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(core);
  }
}
