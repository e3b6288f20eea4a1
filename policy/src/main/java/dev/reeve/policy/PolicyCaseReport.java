package dev.reeve.policy;

import java.util.List;

/// What came of running cases against a policy.
///
/// @param results of each case, in order
/// @param coveredRules ids of the rules that decided at least one request
/// @param uncoveredRules ids of those that never did
public record PolicyCaseReport(
    List<Result> results, List<String> coveredRules, List<String> uncoveredRules) {
  /// @param decided the answer to the last request
  public record Result(PolicyCase testCase, PolicyDecision decided, boolean passed) {
    /// What is wrong, in words; empty when nothing is.
    public String message() {
      if (passed) {
        return "";
      }
      PolicyCase.Expectation expected = testCase.expected();
      return testCase.name()
          + ": "
          + said(decided.decision(), decided.ruleId(), decided.code().name())
          + " (expected: "
          + said(
              expected.decision(),
              expected.ruleId().orElse("any"),
              expected.code().map(ReasonCode::name).orElse("any"))
          + ")";
    }

    private static String said(Decision decision, String rule, String code) {
      return decision.word() + ", rule " + (rule.isEmpty() ? "none" : rule) + ", " + code;
    }
  }

  public PolicyCaseReport {
    results = List.copyOf(results);
    coveredRules = List.copyOf(coveredRules);
    uncoveredRules = List.copyOf(uncoveredRules);
  }

  /// Whether every case passed.
  public boolean passed() {
    return results.stream().allMatch(Result::passed);
  }

  /// Share of rules that some case decided by, from 0 to 1; 1 where there are none.
  public double coverage() {
    int all = coveredRules.size() + uncoveredRules.size();
    return all == 0 ? 1 : (double) coveredRules.size() / all;
  }
}
