package dev.reeve.service;

import dev.reeve.job.Verdict;
import dev.reeve.policy.PolicyDecision;

/// The introduction of policy to jobs: its answer in the job's own words.
final class Verdicts {
  private Verdicts() {}

  static Verdict of(PolicyDecision decision) {
    Verdict.Decision word =
        switch (decision.decision()) {
          case ALLOW, ALLOW_WITH_CONSTRAINTS -> Verdict.Decision.ALLOW;
          case DENY -> Verdict.Decision.DENY;
          case THROTTLE -> Verdict.Decision.THROTTLE;
          case REQUIRE_APPROVAL -> Verdict.Decision.REQUIRE_APPROVAL;
        };
    return new Verdict(word, decision.ruleId(), decision.reason(), decision.snapshot());
  }
}
