package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyExplanation;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.SimulatedDecision;

/// Answers questions to the policy in force that change no job. Each has its receipt before its
/// answer. Never blocks, but takes the time of a scan for content that rules look into.
public final class SafetyKernel {
  private final RulesInForce rules;
  private final PolicyHistory history;
  private final CheckReceipts receipts;
  private final VelocityWindows counts;

  /// One question.
  ///
  /// @param caller who asks
  /// @param action id of the registered action, for the receipt
  /// @param input what is asked
  /// @param hash SHA-256 of the request
  public record Question(Caller caller, String action, PolicyInput input, Bytes hash) {}

  /// @param counts windows of rules with velocity, for these questions alone
  public SafetyKernel(
      RulesInForce rules, PolicyHistory history, CheckReceipts receipts, VelocityWindows counts) {
    this.rules = rules;
    this.history = history;
    this.receipts = receipts;
    this.counts = counts;
  }

  /// Decides, and counts the request for rules with velocity.
  public void check(Question question, Answer<PolicyDecision> answer) {
    PolicySnapshot policy = rules.snapshot();
    PolicyDecision decision = policy.decide(question.input(), rules.context(counts));
    rules.shadows().compare(decision, question.input());
    record(question, policy, decision, decision, answer);
  }

  /// Decides without counting, and says what every rule said.
  public void explain(Question question, Answer<PolicyExplanation> answer) {
    PolicySnapshot policy = rules.snapshot();
    PolicyExplanation explanation =
        policy.explain(question.input(), rules.context(counts.peeking()));
    record(question, policy, explanation.decision(), explanation, answer);
  }

  /// Decides without counting.
  public void simulate(Question question, Answer<PolicyDecision> answer) {
    PolicySnapshot policy = rules.snapshot();
    PolicyDecision decision = policy.decide(question.input(), rules.context(counts.peeking()));
    record(question, policy, decision, decision, answer);
  }

  /// Decides by the policy in force and by a candidate, without counting.
  public void simulate(
      Question question, PolicySnapshot candidate, Answer<SimulatedDecision> answer) {
    PolicySnapshot policy = rules.snapshot();
    SimulatedDecision both =
        SimulatedDecision.of(policy, candidate, question.input(), rules.context(counts.peeking()));
    record(question, policy, both.before(), both, answer);
  }

  /// The policies that were in force here.
  public PolicyHistory history() {
    return history;
  }

  /// The policy in force; never absent, but without an id when there is none.
  public PolicySnapshot policy() {
    return rules.snapshot();
  }

  private <T> void record(
      Question question,
      PolicySnapshot policy,
      PolicyDecision decision,
      T value,
      Answer<T> answer) {
    receipts.record(
        receipt(question, policy, decision),
        new Answer<>() {
          @Override
          public void done(Boolean written) {
            answer.done(value);
          }

          @Override
          public void refused(Problem problem) {
            answer.refused(problem);
          }
        });
  }

  private static Receipt receipt(
      Question question, PolicySnapshot policy, PolicyDecision decision) {
    String tenant = policy.tenantOf(question.input());
    String jobId = question.input().facts().jobId();
    return Receipt.of(question.action(), decision.decision().word())
        .withSubject(
            Ids.isGiven(tenant) ? tenant : question.caller().tenant(),
            Ids.isGiven(jobId) ? jobId : "",
            question.caller().principal())
        .withRule(decision.ruleId(), decision.reason(), decision.snapshot())
        .withInput(question.hash());
  }
}
