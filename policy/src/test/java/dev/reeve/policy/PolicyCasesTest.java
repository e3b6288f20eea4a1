package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyCasesTest {
  private static final PolicySnapshot POLICY =
      PolicyFile.load(
              Bytes.utf8(
                  """
                  rules:
                    - {id: gate, match: {risk_tags: [prod]}, decision: require_approval, reason: ask}
                    - {id: burst, match: {topics: [job.llm]}, velocity: {max_requests: 2, window_seconds: 60, key: tenant}, decision: throttle}
                    - {id: llm, match: {topics: [job.llm]}, decision: allow}
                    - {id: never, match: {topics: [job.never]}, decision: deny}
                  input_rules:
                    - {id: word, match: {keywords: [bad]}, decision: deny}
                  """))
          .orThrow("policy");

  @Test
  void cases_that_hold_pass_and_the_rules_they_reached_are_covered() {
    String file =
        """
        cases:
          - name: prod asks
            request: {topic: job.llm, risk_tags: [prod], labels: {env: prod}}
            expect: {decision: require_approval, rule: gate, reason_code: RULE_MATCHED, reason: ask}
          - name: two are fine
            request: {tenant: acme, topic: job.llm}
            repeat: 2
            expect: {decision: allow, rule: llm}
          - name: three are not
            request: {tenant: acme, topic: job.llm}
            repeat: 3
            expect: {decision: throttle, rule: burst, reason_code: VELOCITY_EXCEEDED}
          - name: content counts
            request: {topic: job.llm, content: this is bad}
            expect: {decision: deny, rule: word}
          - request: {topic: job.other}
            expect: {decision: deny, rule: "-"}
        """;

    PolicyCaseReport report = run(file);

    assertThat(report.results()).extracting(PolicyCaseReport.Result::message).containsOnly("");
    assertThat(report.passed()).isTrue();
    assertThat(report.coveredRules()).containsExactly("gate", "burst", "llm", "word");
    assertThat(report.uncoveredRules()).containsExactly("never");
    assertThat(report.coverage()).isEqualTo(0.8);
    assertThat(report.results().getLast().testCase().name()).isEqualTo("cases[4]");
  }

  @Test
  void a_case_expects_in_the_words_of_rules() {
    assertThat(
            run("cases: [{name: n, request: {topic: job.llm}, expect: {decision: permit}}]")
                .passed())
        .isTrue();
  }

  @Test
  void a_case_that_does_not_hold_says_what_was_decided_instead() {
    PolicyCaseReport report =
        run("cases: [{name: n, request: {topic: job.llm}, expect: {decision: deny, rule: gate}}]");

    assertThat(report.passed()).isFalse();
    assertThat(report.results().getFirst().message())
        .isEqualTo("n: allow, rule llm, RULE_MATCHED (expected: deny, rule gate, any)");
  }

  @Test
  void faults_in_a_file_of_cases_are_all_named() {
    String file =
        """
        case: []
        cases:
          - {request: {topics: job.x}, expect: {decision: no}}
          - {name: b, repeat: 0}
        """;

    assertThat(PolicyCases.load(Bytes.utf8(file)))
        .isInstanceOfSatisfying(
            PolicyCases.Load.Refused.class,
            refused ->
                assertThat(refused.faults())
                    .extracting(PolicyFault::toString)
                    .containsExactly(
                        "line 1, column 1: case: unknown key (did you mean \"cases\"?)",
                        "line 3, column 16: cases[0].request.topics: unknown key (did you mean"
                            + " \"topic\"?)",
                        "line 3, column 51: cases[0].expect.decision: \"no\" (expected: a decision"
                            + " such as deny)",
                        "line 4, column 5: cases[1].request: missing (expected: a request)",
                        "line 4, column 5: cases[1].expect: missing (expected: a decision at"
                            + " least)",
                        "line 4, column 23: cases[1].repeat: \"0\" (expected: a whole number, 1 to"
                            + " 10000)"));
  }

  @Test
  void a_backtest_counts_flips_by_tenant_and_keeps_examples() {
    PolicySnapshot stricter =
        PolicyFile.load(Bytes.utf8("default_decision: deny")).orThrow("candidate");
    PolicyBacktest backtest = new PolicyBacktest(1);
    for (String tenant : List.of("a", "a", "b")) {
      PolicyInput input = PolicyInput.of(tenant, tenant.equals("b") ? "job.other" : "job.llm");
      PolicyContext context =
          new PolicyContext(_ -> VelocityCounter.Standing.WITHIN, InputScanner.NONE);
      backtest.add("job", SimulatedDecision.of(POLICY, stricter, input, context));
    }

    assertThat(backtest.byTenant())
        .containsEntry("a", new PolicyBacktest.Counts(2, 2, 0))
        .containsEntry("b", new PolicyBacktest.Counts(1, 0, 0));
    assertThat(backtest.examples()).hasSize(1);
    assertThat(backtest.isUnchanged()).isFalse();
  }

  private static PolicyCaseReport run(String file) {
    PolicyCases.Load load = PolicyCases.load(Bytes.utf8(file));
    assertThat(load).isInstanceOf(PolicyCases.Load.Loaded.class);
    List<PolicyCase> cases = ((PolicyCases.Load.Loaded) load).cases();
    return PolicyCases.run(POLICY, cases, InputScanner.NONE);
  }
}
