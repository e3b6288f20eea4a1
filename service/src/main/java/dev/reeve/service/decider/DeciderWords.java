package dev.reeve.service.decider;

import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.Remediation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is kept and shown of the words of other deciders: they stand in answers, jobs and receipts
/// like our own, and are looked at as those are. What their decision says stays. Safe on any
/// thread.
///
/// @param released what may leave of a text
public record DeciderWords(UnaryOperator<String> released) {
  /// A policy decider whose words are looked at.
  public PolicyDecider of(PolicyDecider decider) {
    return input -> policy(decider.decide(input));
  }

  /// An output decider whose words are looked at.
  public OutputDecider of(OutputDecider decider) {
    return new OutputDecider() {
      @Override
      public DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question) {
        return output(decider.checkMetadata(question));
      }

      @Override
      public DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question) {
        return output(decider.checkContent(question));
      }
    };
  }

  private DeciderAnswer<PolicyDecision> policy(DeciderAnswer<PolicyDecision> answer) {
    return switch (answer) {
      case DeciderAnswer.Decided<PolicyDecision>(PolicyDecision said) ->
          new DeciderAnswer.Decided<>(
              new PolicyDecision(
                  said.decision(),
                  word(said.reason()),
                  word(said.ruleId()),
                  word(said.snapshot()),
                  said.code(),
                  said.constraints(),
                  said.remediations().stream().map(this::remediation).toList(),
                  said.velocity()));
      case DeciderAnswer.Outage<PolicyDecision>(String reason) ->
          new DeciderAnswer.Outage<>(word(reason));
      case DeciderAnswer.Withdrawn<PolicyDecision> withdrawn -> withdrawn;
    };
  }

  private DeciderAnswer<OutputAnswer> output(DeciderAnswer<OutputAnswer> answer) {
    return switch (answer) {
      case DeciderAnswer.Decided<OutputAnswer>(OutputAnswer said) ->
          new DeciderAnswer.Decided<>(
              new OutputAnswer(
                  said.action(),
                  word(said.ruleId()),
                  word(said.reason()),
                  word(said.snapshot()),
                  said.cuts()));
      case DeciderAnswer.Outage<OutputAnswer>(String reason) ->
          new DeciderAnswer.Outage<>(word(reason));
      case DeciderAnswer.Withdrawn<OutputAnswer> withdrawn -> withdrawn;
    };
  }

  private Remediation remediation(Remediation said) {
    Map<String, String> labels = new HashMap<>();
    said.addLabels().forEach((name, value) -> labels.put(word(name), word(value)));
    return new Remediation(
        word(said.id()),
        word(said.title()),
        word(said.summary()),
        word(said.replacementTopic()),
        word(said.replacementCapability()),
        labels,
        said.removeLabels().stream().map(this::word).toList());
  }

  private String word(String said) {
    return said.isEmpty() ? said : released.apply(said);
  }
}
