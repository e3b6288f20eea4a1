package dev.reeve.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rules, tried on a house that breaks each of them: a rule that cannot fail proves nothing.
class BrokenHouseArchTest {
  private static final String ROOT = "dev.reeve.conformance.architecture.broken";
  private static final ArchitectureRules RULES = new ArchitectureRules(ROOT);
  private static final Pattern SUBJECT =
      Pattern.compile(
          "^\\s*[A-Z][\\w ]* <" + Pattern.quote(ROOT) + "\\.([^>(]+)", Pattern.MULTILINE);
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

  @Test
  void a_domain_that_knows_another_is_named() {
    assertThat(culprits(RULES.knowsOnlyInward(HouseModule.POLICY)))
        .containsExactly("policy.KnowsAnotherDomain");
  }

  @Test
  void an_adapter_that_knows_another_is_named() {
    assertThat(culprits(RULES.knowsOnlyInward(HouseModule.GATEWAY)))
        .containsExactly("gateway.KnowsAnotherAdapter");
  }

  @Test
  void a_cycle_is_found() {
    assertThat(RULES.packagesFormNoCycle().evaluate(CLASSES).hasViolation()).isTrue();
  }

  @Test
  void a_port_that_leans_on_the_engine_is_named() {
    assertThat(culprits(RULES.portsAreSelfContained())).containsExactly("engine.port.LeaningPort");
  }

  @Test
  void a_port_with_code_is_named() {
    assertThat(culprits(RULES.portsAreContracts())).containsExactly("engine.port.PortWithCode");
  }

  @Test
  void a_generated_class_in_the_core_is_named() {
    assertThat(culprits(RULES.generatedClassesStayAtTheEdge()))
        .containsExactly("service.KnowsTheWire");
  }

  @Test
  void a_dialect_that_knows_another_is_named() {
    assertThat(culprits(RULES.dialectsDoNotKnowEachOther()))
        .containsExactly("gateway.eigen.EigenDecoder");
  }

  @Test
  void sql_outside_the_store_is_named() {
    assertThat(culprits(RULES.sqlStaysInTheStore())).containsExactly("service.SpeaksSql");
  }

  @Test
  void a_core_that_touches_the_world_is_named() {
    assertThat(culprits(RULES.coreTouchesNoWorld()))
        .containsExactly(
            "engine.StartsThreads", "job.AsksChance", "job.AsksTheClock", "service.OpensFiles");
  }

  @Test
  void a_state_without_events_is_named() {
    assertThat(culprits(RULES.onlyEvolveBuildsTheNextState()))
        .containsExactly("job.JobDecider", "service.BuildsStates");
  }

  @Test
  void a_second_way_to_log_is_named() {
    assertThat(culprits(RULES.logsGoThroughOneFacade())).containsExactly("service.LogsItsOwnWay");
  }

  @Test
  void a_library_that_prints_is_named() {
    assertThat(culprits(RULES.onlyTheAppPrints())).containsExactly("service.Prints");
  }

  @Test
  void a_reactive_type_is_named() {
    assertThat(culprits(RULES.noReactiveTypes())).containsExactly("service.Reacts");
  }

  @Test
  void every_failure_tells_the_reason_and_the_way_out() {
    EvaluationResult result = RULES.sqlStaysInTheStore().evaluate(CLASSES);

    assertThat(result.getFailureReport().toString())
        .contains("because one module knows how jobs are kept")
        .contains("change the rule and say why in a decision record");
  }

  /// The classes that a rule objects to, without the root, each once, sorted. A detail starts with
  /// its subject: `Field <class.name> has type ...`.
  private static List<String> culprits(ArchRule rule) {
    String report = String.join("\n", rule.evaluate(CLASSES).getFailureReport().getDetails());
    return SUBJECT
        .matcher(report)
        .results()
        .map(subject -> subject.group(1))
        .map(subject -> subject.replaceFirst("([.$])([A-Z]\\w*)[.$].*", "$1$2"))
        .distinct()
        .sorted()
        .toList();
  }
}
