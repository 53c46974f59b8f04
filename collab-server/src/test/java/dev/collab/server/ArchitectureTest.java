package dev.collab.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the server may use, and what it takes from its owner instead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

  private final JavaClasses server =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.collab.server");

  @Test
  void server_usesOnlyCoreProtocolTransportAndTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.collab.server..",
                "dev.collab.value",
                "dev.collab.operation",
                "dev.collab.document",
                "dev.collab.presence",
                "dev.collab.chat",
                "dev.collab.conflict",
                "dev.collab.undo",
                "dev.collab.protocol",
                "dev.collab.transport",
                "dev.collab.coordinator",
                "java..",
                "jdk.jfr",
                "org.jspecify.annotations"))
        .check(server);
  }

  @Test
  void flightRecorder_isTouchedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.collab.server.flight")
        .should()
        .dependOnClassesThat(resideInAPackage("jdk.jfr.."))
        .check(server);
  }

  @Test
  void server_doesNoInputOrOutputOfItsOwn() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.io..")
                .or(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql.."))
                .or(
                    resideInAPackage("java.net..")
                        .and(isNot("java.net.URLEncoder").and(isNot("java.net.URLDecoder")))))
        .check(server);
  }

  private static DescribedPredicate<JavaClass> isNot(String name) {
    return DescribedPredicate.describe("is not " + name, type -> !type.getName().equals(name));
  }

  @Test
  void server_startsNoThreadAndReadsNoClock() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal)"
                + "|java\\.util\\.(Timer|TimerTask)"
                + "|java\\.util\\.concurrent\\.(Executors|.*ExecutorService|ForkJoin.*"
                + "|ThreadLocalRandom|locks\\..*)")
        .check(server);
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target is a clock, the console or the environment",
                ArchitectureTest::isAmbient))
        .check(server);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(server);
  }

  /** The builder's defaults alone are the system's clock and randomness. */
  private static boolean isAmbient(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getName();
    boolean isDefault =
        call.getOriginOwner().getName().equals("dev.collab.server.CollabServer$Builder");
    return switch (owner) {
      case "java.lang.System" -> !Set.of("getLogger", "arraycopy").contains(name);
      case "java.time.InstantSource", "java.time.Clock" -> name.startsWith("sys") && !isDefault;
      case "java.util.concurrent.CompletableFuture" ->
          name.endsWith("Async") && call.getTarget().getRawParameterTypes().size() == 1
              || Set.of("join", "get", "orTimeout", "completeOnTimeout", "delayedExecutor")
                  .contains(name);
      default -> owner.startsWith("java.time.") && name.equals("now");
    };
  }

  @Test
  void packages_areFreeOfCycles() {
    slices().matching("dev.collab.(**)").should().beFreeOfCycles().check(server);
  }

  @Test
  void staticFields_areFinal() {
    fields()
        .that()
        .haveModifier(STATIC)
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .haveModifier(FINAL)
        .check(server);
  }

  @Test
  void packages_useOnlyTheOnesBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("server")
        .definedBy("dev.collab.server")
        .layer("chat")
        .definedBy("dev.collab.server.chat")
        .layer("document")
        .definedBy("dev.collab.server.document")
        .layer("presence")
        .definedBy("dev.collab.server.presence")
        .layer("control")
        .definedBy("dev.collab.server.control")
        .layer("permission")
        .definedBy("dev.collab.server.permission")
        .layer("log")
        .definedBy("dev.collab.server.log")
        .layer("session")
        .definedBy("dev.collab.server.session")
        .layer("runtime")
        .definedBy("dev.collab.server.runtime")
        .layer("access")
        .definedBy("dev.collab.server.access")
        .layer("flight")
        .definedBy("dev.collab.server.flight")
        .layer("observe")
        .definedBy("dev.collab.server.observe")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("chat")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("presence")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("document")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("control")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("permission")
        .mayOnlyBeAccessedByLayers("document", "presence", "chat", "server")
        .whereLayer("log")
        .mayOnlyBeAccessedByLayers("control", "document", "presence", "chat", "server")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("permission", "document", "presence", "chat", "server")
        .whereLayer("runtime")
        .mayOnlyBeAccessedByLayers(
            "log", "session", "control", "permission", "document", "presence", "chat", "server")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers(
            "control",
            "permission",
            "runtime",
            "log",
            "session",
            "document",
            "presence",
            "chat",
            "server")
        .whereLayer("flight")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("observe")
        .mayOnlyBeAccessedByLayers(
            "flight",
            "runtime",
            "log",
            "session",
            "control",
            "document",
            "presence",
            "chat",
            "server")
        .ensureAllClassesAreContainedInArchitecture()
        .check(server);
  }

  @Test
  void publicTypesOfExportedPackages_areFew() {
    Set<String> names =
        server.stream()
            .filter(
                type ->
                    Set.of("dev.collab.server", "dev.collab.server.access")
                        .contains(type.getPackageName()))
            .filter(type -> type.isTopLevelClass())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names)
        .containsExactly(
            "AccessControl",
            "AccessPolicy",
            "Amendment",
            "Authentication",
            "Authenticator",
            "Broadcast",
            "BroadcastFilter",
            "Caller",
            "CollabServer",
            "ConflictListener",
            "Credentials",
            "Delivery",
            "DocumentPage",
            "DocumentQuery",
            "Documents",
            "Interceptor",
            "LoadPolicy",
            "PresenceTimes",
            "Rate",
            "ReplacedText",
            "Resource",
            "ServerLimits",
            "Verdict");
  }
}
