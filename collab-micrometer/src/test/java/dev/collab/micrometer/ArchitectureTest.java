package dev.collab.micrometer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the metrics may use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

  private final JavaClasses metrics =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.collab.micrometer");

  @Test
  void metrics_useWhatTheServerExportsAndTheCoreOfMicrometer() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.collab.micrometer",
            "dev.collab.server",
            "dev.collab.server.observe",
            "dev.collab.document",
            "dev.collab.protocol",
            "dev.collab.transport",
            "io.micrometer.core.instrument..",
            "java.lang..",
            "java.time..",
            "java.util..",
            "org.jspecify.annotations")
        .check(metrics);
  }

  @Test
  void publicTypes_areOne() {
    assertThat(metrics.stream())
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .extracting(JavaClass::getSimpleName)
        .containsExactly("CollabMetrics");
  }
}
