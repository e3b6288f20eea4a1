package dev.reeve.policy;

import java.util.Optional;

/// A request and what a policy must say of it.
///
/// @param name what it shows
/// @param line where it stands in its file
/// @param request what is asked
/// @param repeat how often it is asked; the last answer counts
/// @param expected what must be answered
public record PolicyCase(
    String name, int line, PolicyInput request, int repeat, Expectation expected) {
  /// What is not said is not compared.
  ///
  /// @param ruleId empty text for an answer by no rule
  public record Expectation(
      Decision decision,
      Optional<String> ruleId,
      Optional<ReasonCode> code,
      Optional<String> reason) {
    /// Whether a decision is what was expected.
    boolean isMetBy(PolicyDecision decided) {
      return decided.decision() == decision
          && ruleId.map(decided.ruleId()::equals).orElse(true)
          && code.map(decided.code()::equals).orElse(true)
          && reason.map(decided.reason()::equals).orElse(true);
    }
  }
}
