package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tally;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyExplanation;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.SimulatedDecision;
import java.util.function.Supplier;

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
  /// @param hash makes the SHA-256 of the request; may be kept for a minute
  public record Question(Caller caller, String action, PolicyInput input, Supplier<Bytes> hash) {}

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
    String tenant = subjectTenant(question, policy);
    receipts.record(
        new Tally.Subject(
            tenant,
            question.caller().principal(),
            question.action(),
            decision.decision().word(),
            decision.ruleId()),
        question.hash(),
        hash -> receipt(question, tenant, decision, hash),
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

  private static String subjectTenant(Question question, PolicySnapshot policy) {
    String tenant = policy.tenantOf(question.input());
    return Ids.isTenant(tenant) ? tenant : question.caller().tenant();
  }

  private static Receipt receipt(
      Question question, String tenant, PolicyDecision decision, Bytes hash) {
    String jobId = question.input().facts().jobId();
    return Receipt.of(question.action(), decision.decision().word())
        .withSubject(tenant, Ids.isGiven(jobId) ? jobId : "", question.caller().principal())
        .withRule(decision.ruleId(), decision.reason(), decision.snapshot())
        .withInput(hash);
  }
}
