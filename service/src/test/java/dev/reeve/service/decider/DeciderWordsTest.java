package dev.reeve.service.decider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.ReasonCode;
import dev.reeve.policy.Remediation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// No word of another decider is kept or shown before it was looked at.
final class DeciderWordsTest {
  private static final String SECRET = "ghp_secret";
  private final DeciderWords words = new DeciderWords(text -> text.replace(SECRET, "[REDACTED]"));

  @Test
  void every_word_of_a_decision_is_looked_at_and_the_decision_stays() {
    PolicyDecision said =
        new PolicyDecision(
            Decision.DENY,
            "key is " + SECRET,
            "rule-" + SECRET,
            "v1-" + SECRET,
            ReasonCode.OTHER_DECIDER,
            Constraints.NONE,
            List.of(
                new Remediation(
                    SECRET,
                    SECRET,
                    SECRET,
                    SECRET,
                    SECRET,
                    Map.of("a" + SECRET, SECRET),
                    List.of(SECRET))),
            List.of());

    PolicyDecision kept =
        decision(words.of((PolicyDecider) _ -> new DeciderAnswer.Decided<>(said)));

    assertThat(kept.toString()).doesNotContain(SECRET);
    assertThat(kept.decision()).isEqualTo(Decision.DENY);
    assertThat(kept.reason()).isEqualTo("key is [REDACTED]");
    assertThat(kept.ruleId()).isEqualTo("rule-[REDACTED]");
    assertThat(kept.remediations().getFirst().addLabels())
        .containsExactly(Map.entry("a[REDACTED]", "[REDACTED]"));
  }

  @Test
  void words_without_a_secret_are_kept_as_they_are() {
    PolicyDecision said = new PolicyDecision(Decision.DENY, "not on sundays", "r", "v1");

    assertThat(decision(words.of((PolicyDecider) _ -> new DeciderAnswer.Decided<>(said))))
        .isEqualTo(said);
  }

  @Test
  void the_words_of_an_output_decider_and_of_an_outage_are_looked_at() {
    OutputAnswer said =
        new OutputAnswer(
            OutputAnswer.Action.REDACT,
            SECRET,
            SECRET,
            SECRET,
            List.of(new OutputAnswer.Cut(0, 3)));
    OutputDecider decider =
        words.of(
            new OutputDecider() {
              @Override
              public DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question) {
                return new DeciderAnswer.Outage<>("UNAVAILABLE: " + SECRET);
              }

              @Override
              public DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question) {
                return new DeciderAnswer.Decided<>(said);
              }
            });

    assertThat(decider.checkMetadata(OutputChainTest.QUESTION))
        .isEqualTo(new DeciderAnswer.Outage<OutputAnswer>("UNAVAILABLE: [REDACTED]"));
    assertThat(decider.checkContent(OutputChainTest.QUESTION))
        .isEqualTo(
            new DeciderAnswer.Decided<>(
                new OutputAnswer(
                    said.action(), "[REDACTED]", "[REDACTED]", "[REDACTED]", said.cuts())));
  }

  private static PolicyDecision decision(PolicyDecider decider) {
    DeciderAnswer<PolicyDecision> answer = decider.decide(PolicyInput.of("acme", "job.a"));
    assertThat(answer).isInstanceOf(DeciderAnswer.Decided.class);
    return ((DeciderAnswer.Decided<PolicyDecision>) answer).decision();
  }
}
