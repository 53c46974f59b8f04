package dev.collab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.collab");

  @Test
  void module_dependsOnTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "dev.collab.coordinator", "dev.collab.transport..")
        .check(CLASSES);
  }

  @Test
  void packages_areFreeOfCycles() {
    slices().matching("dev.collab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void transport_knowsNothingOfCoordinators() {
    noClasses()
        .that()
        .resideInAPackage("dev.collab.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.collab.coordinator")
        .check(CLASSES);
  }
}
