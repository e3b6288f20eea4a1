package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Risk tags that follow from labels, whatever a client says.
final class TagDeriversTest {
  private static final String DERIVER =
      """
      tag_derivers:
        - id: amount
          topics: ["job.pay.*"]
          label: amount
          ladder:
            - {below: 100, tag: low}
            - {below: 300, tag: review}
          otherwise: blocked
      """;

  private static final String POLICY =
      DERIVER
          + """
          rules:
            - {id: stop, match: {risk_tags: [blocked]}, decision: deny}
            - {id: ask, match: {risk_tags: [review]}, decision: require_approval}
            - {id: odd, match: {risk_tags: [odd]}, decision: throttle}
            - {id: pay, match: {risk_tags: [low]}, decision: allow}
          """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99.9 | '' | pay",
        "100 | '' | ask",
        "299 | '' | ask",
        "300 | '' | stop",
        "-5 | '' | pay",
        "'' | '' | stop",
        "lots | '' | stop",
        "NaN | '' | stop",
        "inf | '' | stop",
        "250 | low | ask",
        "500 | low | stop",
        "50 | review | ask",
        "50 | BLOCKED | stop",
        "50 | odd | odd",
      })
  void a_tag_follows_from_the_number_and_a_client_can_only_raise_it(
      String amount, String claimed, String rule) {
    List<String> tags = claimed.isEmpty() ? List.of() : List.of(claimed);
    Map<String, String> labels = amount.isEmpty() ? Map.of() : Map.of("amount", amount);

    PolicyDecision decision =
        policy(POLICY).decide(new PolicyInput("t", "job.pay.out", "", tags, labels, "p"));

    assertThat(decision.ruleId()).isEqualTo(rule);
  }

  @Test
  void other_topics_keep_the_tags_of_the_client() {
    PolicyDecision decision =
        policy(POLICY)
            .decide(
                new PolicyInput(
                    "t", "job.other", "", List.of("low"), Map.of("amount", "9000"), "p"));

    assertThat(decision.ruleId()).isEqualTo("pay");
  }

  @Test
  void an_explanation_names_the_tag_and_decides_alike() {
    PolicyInput input =
        new PolicyInput("t", "job.pay.out", "", List.of("low"), Map.of("amount", "250"), "p");

    PolicyExplanation explanation = policy(POLICY).explain(input, PolicyContext.NONE);

    assertThat(explanation.decision().ruleId()).isEqualTo("ask");
    assertThat(explanation.trace().getFirst())
        .isEqualTo(
            new RuleTrace(
                "tag_derivers", "amount", RuleTrace.Outcome.PASSED_OVER, "risk tag review"));
    assertThat(explanation.trace().getLast().outcome()).isEqualTo(RuleTrace.Outcome.DECIDED);
  }

  @Test
  void what_the_floor_derives_stands_whatever_other_files_derive() {
    String turned =
        """
        tag_derivers:
          - id: amount
            topics: ["job.*"]
            label: nothing
            ladder: [{below: 1, tag: blocked}, {below: 2, tag: review}]
            otherwise: low
        """;
    PolicySnapshot policy =
        PolicyBundles.load(
                List.of(new PolicySource("file", Bytes.utf8(turned))),
                Optional.of(new PolicySource("floor", Bytes.utf8(POLICY))))
            .orThrow("policy");

    PolicyDecision decision =
        policy.decide(
            new PolicyInput(
                "t", "job.pay.out", "", List.of("blocked"), Map.of("amount", "400"), "p"));

    assertThat(decision.ruleId()).isEqualTo("stop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{topics: [job.a], label: a, otherwise: x} | ladder: missing",
        "{topics: [job.a], label: a, ladder: [], otherwise: x} | no step",
        "{topics: [job.a], label: a, ladder: [{below: 1, tag: y}]} | otherwise: missing",
        "{label: a, ladder: [{below: 1, tag: y}], otherwise: x} | topics: missing",
        "{topics: [job.a], label: a, ladder: [{tag: y}], otherwise: x} | ladder[0].below: missing",
        "{topics: [job.a], label: a, ladder: [{below: 2, tag: y}, {below: 2, tag: z}], otherwise:"
            + " x} | ladder[1].below: missing, or not greater",
        "{topics: [job.a], label: a, ladder: [{below: 1, tag: X}], otherwise: x} | twice",
        "{topics: [job.a], label: a, ladder: [{below: 1, tag: secrets}], otherwise: x} | secrets",
        "{topics: [job.a], lable: a, ladder: [{below: 1, tag: y}], otherwise: x} | did you mean"
            + " \"label\"?",
      })
  void a_deriver_with_a_mistake_refuses_the_file(String deriver, String fault) {
    PolicyLoad load = PolicyFile.load(Bytes.utf8("tag_derivers:\n  - " + deriver + "\n"));

    assertThat(load)
        .isInstanceOfSatisfying(
            PolicyLoad.Refused.class,
            refused -> assertThat(refused.faults().toString()).contains(fault));
  }

  @Test
  void lint_names_a_deriver_whose_tags_no_rule_asks_for() {
    PolicyDocument used = policy(POLICY).document();
    PolicyDocument unused = policy(DERIVER).document();

    assertThat(PolicyLint.check(used)).isEmpty();
    assertThat(PolicyLint.check(unused))
        .extracting(LintFinding::message)
        .containsExactly("tag_derivers: no rule matches a risk tag of amount");
    assertThat(PolicyDiff.between(used, policy(POLICY.replace("300", "400")).document()))
        .extracting(PolicyChange::what)
        .containsExactly("tag_derivers");
  }

  private static PolicySnapshot policy(String text) {
    return PolicyFile.load(Bytes.utf8(text)).orThrow("policy");
  }
}
