package dev.collab.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may use. */
class ProtocolArchitectureTest {

  private final JavaClasses imported =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.collab.protocol");

  @Test
  void module_anyClass_usesOnlyTheCoreAndTheStreamingParser() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "com.fasterxml.jackson.core..",
            "dev.collab.protocol..",
            "dev.collab.value..",
            "dev.collab.operation..",
            "dev.collab.document..",
            "dev.collab.presence..")
        .check(imported);
  }

  @Test
  void parser_isUsedByTheReaderAndWriterAlone() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.Json(Reader|Writer)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(imported);
  }

  @Test
  void module_anyClass_knowsNoParticularType() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.collab.text..")
        .check(imported);
  }
}
