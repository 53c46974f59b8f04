package dev.collab.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** What this module may use. */
class ClientArchitectureTest {

  private final JavaClasses client =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.collab.client");

  @Test
  void module_anyClass_usesNeitherServerNorCoordinator() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.collab.chat..",
            "dev.collab.client..",
            "dev.collab.document..",
            "dev.collab.presence..",
            "dev.collab.operation..",
            "dev.collab.protocol..",
            "dev.collab.sync..",
            "dev.collab.text..",
            "dev.collab.transport..",
            "dev.collab.undo..",
            "dev.collab.value..")
        .check(client);
  }

  @Test
  void textType_isKnownToTheConvenienceAlone() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SharedText")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.collab.text..")
        .check(client);
  }

  @Test
  void clocks_areReadByNobody() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Instant.class, Clock.class, InstantSource.class)
        .check(client);
  }

  @Test
  void threads_areMadeByTheBuilderAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(CollabClient.class.getName())
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ScheduledThreadPoolExecutor.class)
        .check(client);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(CollabClient.class.getName())
        .should()
        .callConstructor(Thread.class, Runnable.class, String.class)
        .check(client);
  }

  @Test
  void state_isNeverStaticAndMutable() {
    fields().that().areStatic().should().beFinal().check(client);
    noFields().should().haveRawType(ThreadLocal.class).check(client);
  }

  @Test
  void packages_areFreeOfCycles() {
    slices().matching("dev.collab.(*)..").should().beFreeOfCycles().check(client);
  }
}
