package dev.reeve.service;

import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.ReasonCode;
import dev.reeve.service.decider.Ruling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The introduction of deciders elsewhere to jobs: what becomes of a job that one of them was asked
/// about, or could not be.
public final class OtherDeciders {
  /// The label of a job that runs though a decider that must be asked was not heard.
  static final String BYPASSED_LABEL = "safety_bypassed";

  private static final String ACTION = "action:decider:bypass";

  /// Stands before the names of rules of another decider.
  public static final String REMOTE = "remote:";

  private OtherDeciders() {}

  /// Decides a job that was admitted before. Blocks while another decider is asked.
  ///
  /// @param before the verdict that the job has
  /// @throws dev.reeve.base.ProblemException when nothing is decided
  static RulesInForce.Decided ask(RulesInForce rules, PolicyInput question, Verdict before) {
    RulesInForce.Decided ours = rules.decideJob(question, CommittedRates.ALREADY_COUNTED);
    return switch (rules.chain().decide(ours.decision(), question)) {
      case Ruling.Decided(PolicyDecision both) -> ours.with(both);
      case Ruling.Bypassed bypassed -> ours.with(stillHeld(bypassed.decision(), before));
      case Ruling.Undecided(var problem) -> throw problem.toException();
    };
  }

  /// A job that another decider holds stays held while that one is not heard.
  private static PolicyDecision stillHeld(PolicyDecision ours, Verdict before) {
    boolean heldByOther =
        before.decision() == Verdict.Decision.REQUIRE_APPROVAL
            && before.ruleId().startsWith(REMOTE);
    return heldByOther && ours.decision().permits()
        ? new PolicyDecision(
            Decision.REQUIRE_APPROVAL,
            before.reason(),
            before.ruleId(),
            ours.snapshot(),
            ReasonCode.OTHER_DECIDER,
            ours.constraints(),
            List.of(),
            ours.velocity())
        : ours;
  }

  /// Whether another decider had the last word.
  static boolean isOther(PolicyDecision decision) {
    return decision.ruleId().startsWith(REMOTE);
  }

  /// What is written before something runs that another decider was not heard about.
  public static Receipt receipt(
      Ruling.Bypassed bypassed, String tenant, String jobId, String principal) {
    return bypass(bypassed.decider(), bypassed.decision().snapshot(), tenant, jobId, principal);
  }

  /// What is written before something happens that a decider was not heard about.
  ///
  /// @param snapshot id of our policy, which decided alone
  public static Receipt bypass(
      String decider, String snapshot, String tenant, String jobId, String principal) {
    return Receipt.of(ACTION, "bypass")
        .withSubject(tenant, jobId, principal)
        .withRule(
            REMOTE + decider, "severity high: the decider " + decider + " was not heard", snapshot);
  }

  /// The work with the mark of a bypass.
  static Work marked(Work work) {
    Map<String, String> labels = new HashMap<>(work.labels());
    labels.put(BYPASSED_LABEL, "true");
    return work.withLabels(labels);
  }

  /// The work without a mark that a client has set.
  static Work unmarked(Work work) {
    if (!work.labels().containsKey(BYPASSED_LABEL)) {
      return work;
    }
    Map<String, String> labels = new HashMap<>(work.labels());
    labels.remove(BYPASSED_LABEL);
    return work.withLabels(labels);
  }
}
