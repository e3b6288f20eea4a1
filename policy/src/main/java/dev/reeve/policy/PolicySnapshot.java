package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;

/// A policy as it was at one time, compiled. Immutable; decides on any thread without blocking.
public final class PolicySnapshot {
  /// What every topic starts with; nothing else is a job.
  static final String TOPIC_PREFIX = "job.";

  private static final String TENANT_OF_LAST_RESORT = "default";

  private final String id;
  private final PolicyDocument document;
  private final RegisteredAgents agents;
  private final TagDerivers derivers;
  private final RuleGroups groups;
  private final TenantGuards guards;
  private final InputRules inputRules;
  private final OutputRules outputRules;

  private PolicySnapshot(String id, PolicyDocument document) {
    this.id = id;
    this.document = document;
    this.agents = new RegisteredAgents(document.more().agents());
    this.derivers = new TagDerivers(document.more().tagDerivers());
    this.groups = new RuleGroups(document, id);
    this.guards = new TenantGuards(document.more().tenants());
    this.inputRules = new InputRules(document.more());
    this.outputRules = new OutputRules(document, id);
  }

  /// Compiles a policy.
  ///
  /// @param id name of this state of the policy: `<version>:<sha256 of the file>`, or the hash
  ///   alone
  public static PolicySnapshot of(PolicyDocument document, String id) {
    return new PolicySnapshot(id, document);
  }

  /// The absence of a policy, which denies everything.
  public static PolicySnapshot none() {
    return new PolicySnapshot("", new PolicyDocument("", "", Decision.DENY, List.of()));
  }

  /// Name of this state of the policy; stands in every decision and receipt.
  public String id() {
    return id;
  }

  /// What was compiled.
  public PolicyDocument document() {
    return document;
  }

  /// The rules about what goes out.
  public OutputRules outputRules() {
    return outputRules;
  }

  /// The answer to a request where nothing counts and nothing scans; rules that need it fail
  /// closed.
  public PolicyDecision decide(PolicyInput input) {
    return decide(input, PolicyContext.NONE);
  }

  /// The answer to a request: that of the first rule that applies, else the default, else deny;
  /// then whatever tightens it.
  public PolicyDecision decide(PolicyInput input, PolicyContext context) {
    if (id.isEmpty()) {
      return PolicyDecision.NO_POLICY;
    }
    String topic = input.topic();
    if (!topic.startsWith(TOPIC_PREFIX)) {
      return denied("topic: " + Text.quoteForMessage(topic) + " (expected: starts with job.)")
          .withCode(ReasonCode.TOPIC_NOT_A_JOB);
    }
    if (topic.length() > PolicyInput.TOPIC_LENGTH_MAX) {
      return tooMany("topic", topic.length(), PolicyInput.TOPIC_LENGTH_MAX);
    }
    if (input.riskTags().size() > PolicyInput.RISK_TAGS_MAX) {
      return tooMany("risk_tags", input.riskTags().size(), PolicyInput.RISK_TAGS_MAX);
    }
    if (input.labels().size() > PolicyInput.LABELS_MAX) {
      return tooMany("labels", input.labels().size(), PolicyInput.LABELS_MAX);
    }
    return decide(new Evaluation(known(input), tenantOf(input), context));
  }

  /// The request with what the policy itself knows about it.
  private PolicyInput known(PolicyInput input) {
    return derivers.apply(agents.apply(input, tenantOf(input)));
  }

  private PolicyDecision decide(Evaluation evaluation) {
    PolicyDecision decision = groups.decide(evaluation);
    decision = guards.apply(decision, evaluation.input(), evaluation.probe().tenant());
    decision = inputRules.apply(decision, evaluation);
    return decision.withVelocity(evaluation.checks());
  }

  /// The same answer, and what every rule said on the way.
  public PolicyExplanation explain(PolicyInput input, PolicyContext context) {
    PolicyDecision decision = decide(input, context);
    String tenant = tenantOf(input);
    List<RuleTrace> trace = new ArrayList<>();
    if (decision.code() != ReasonCode.TOPIC_NOT_A_JOB
        && decision.code() != ReasonCode.REQUEST_TOO_LARGE) {
      Evaluation evaluation =
          new Evaluation(
              known(input), tenant, new PolicyContext(answers(decision), context.scanner()));
      trace.addAll(derivers.trace(input));
      boolean found = false;
      for (RuleGroup group : groups.meetingOrder(input.facts().scope())) {
        if (!found) {
          trace.addAll(group.trace(evaluation, decision.ruleId()));
          found = !trace.isEmpty() && trace.getLast().outcome() == RuleTrace.Outcome.DECIDED;
        }
      }
      if (!found) {
        trace.addAll(inputRules.trace(evaluation, decision.ruleId()));
      }
    }
    return new PolicyExplanation(decision, tenant, trace);
  }

  /// The counts as they were when the decision was made, so that explaining counts nothing.
  private static VelocityCounter answers(PolicyDecision decision) {
    return check ->
        decision.velocity().contains(check.answered(true))
            ? VelocityCounter.Standing.EXCEEDED
            : VelocityCounter.Standing.WITHIN;
  }

  /// The tenant for which a request is decided: its own, else the policy's default, else `default`.
  public String tenantOf(PolicyInput input) {
    if (!input.tenant().isBlank()) {
      return input.tenant().strip();
    }
    return document.defaultTenant().isBlank()
        ? TENANT_OF_LAST_RESORT
        : document.defaultTenant().strip();
  }

  private PolicyDecision tooMany(String field, int count, int most) {
    return denied(field + ": " + count + " (expected: at most " + most + ")")
        .withCode(ReasonCode.REQUEST_TOO_LARGE);
  }

  private PolicyDecision denied(String reason) {
    return new PolicyDecision(Decision.DENY, reason, "", id);
  }
}
