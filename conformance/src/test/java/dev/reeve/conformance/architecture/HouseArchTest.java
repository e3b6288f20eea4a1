package dev.reeve.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.reeve.conformance.ProductClasses;
import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rules, applied to every compiled class of the product.
class HouseArchTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");
  private static final Path ROOT = RepositoryRoot.path();
  private static final ArchitectureRules RULES = new ArchitectureRules("dev.reeve");
  private static final JavaClasses CLASSES = ProductClasses.ALL;

  @Test
  void every_module_has_its_place_and_stands_inner_rings_first() throws IOException {
    List<String> built =
        MODULE
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map((MatchResult module) -> module.group(1))
            .toList();
    List<String> known = Arrays.stream(HouseModule.values()).map(HouseModule::folder).toList();

    assertThat(built).isSubsetOf(known);
    assertThat(built).isEqualTo(known.stream().filter(built::contains).toList());
  }

  /// A rule can only judge classes it sees: a new module must be a dependency of this one.
  @Test
  void every_module_with_java_code_is_seen() {
    Set<String> seen =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.split("\\.", -1))
            .filter(parts -> parts.length > 2)
            .map(parts -> parts[2])
            .collect(Collectors.toSet());

    for (HouseModule module : HouseModule.values()) {
      if (Files.exists(ROOT.resolve(module.folder()).resolve("src/main/java"))) {
        assertThat(seen).as("dependencies in conformance/pom.xml").contains(module.folder());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void modules_know_only_inward(HouseModule module) {
    RULES.knowsOnlyInward(module).allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void packages_form_no_cycle() {
    RULES.packagesFormNoCycle().check(CLASSES);
  }

  @Test
  void ports_are_self_contained() {
    RULES.portsAreSelfContained().check(CLASSES);
  }

  @Test
  void ports_are_contracts() {
    RULES.portsAreContracts().check(CLASSES);
  }

  @Test
  void generated_classes_stay_at_the_edge() {
    RULES.generatedClassesStayAtTheEdge().check(CLASSES);
  }

  @Test
  void dialects_do_not_know_each_other() {
    RULES.dialectsDoNotKnowEachOther().check(CLASSES);
  }

  @Test
  void sql_stays_in_the_store() {
    RULES.sqlStaysInTheStore().check(CLASSES);
  }

  @Test
  void brokers_stay_in_the_bus() {
    RULES.brokersStayInTheBus().check(CLASSES);
  }

  @Test
  void core_touches_no_world() {
    RULES.coreTouchesNoWorld().check(CLASSES);
  }

  @Test
  void only_evolve_builds_the_next_state() {
    RULES.onlyEvolveBuildsTheNextState().check(CLASSES);
  }

  @Test
  void logs_go_through_one_facade() {
    RULES.logsGoThroughOneFacade().check(CLASSES);
  }

  @Test
  void only_the_app_prints() {
    RULES.onlyTheAppPrints().check(CLASSES);
  }

  @Test
  void no_reactive_types() {
    RULES.noReactiveTypes().check(CLASSES);
  }
}
