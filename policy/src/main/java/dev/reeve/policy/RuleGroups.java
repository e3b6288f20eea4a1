package dev.reeve.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of a policy in the order in which they are asked: the floor's restrictions, the job,
/// the workflow, everybody, the floor's permissions, the defaults.
///
/// What a narrow tier permits, a deny of a wider one takes back.
final class RuleGroups {
  private final RuleGroup floor;
  private final RuleGroup floorPermissions;
  private final RuleGroup global;
  private final RuleGroup tenantDenies;
  private final Map<String, RuleGroup> jobs;
  private final Map<String, RuleGroup> workflows;
  private final Map<String, PolicyDecision> jobDefaults;
  private final Map<String, PolicyDecision> workflowDefaults;
  private final PolicyDecision globalDefault;

  RuleGroups(PolicyDocument document, String snapshot) {
    List<PolicyRule> restrictions = new ArrayList<>();
    List<PolicyRule> permissions = new ArrayList<>();
    List<PolicyRule> everybody = new ArrayList<>();
    Map<String, List<PolicyRule>> byJob = new HashMap<>();
    Map<String, List<PolicyRule>> byWorkflow = new HashMap<>();
    for (PolicyRule rule : document.rules()) {
      PolicyRule.Reach reach = rule.reach();
      if (reach.invariant()) {
        (rule.decision().permits() ? permissions : restrictions).add(rule);
      } else {
        switch (reach.tier()) {
          case GLOBAL -> everybody.add(rule);
          case JOB -> file(byJob, rule);
          case WORKFLOW -> file(byWorkflow, rule);
        }
      }
    }
    boolean rulesAtAll = !(everybody.isEmpty() && byJob.isEmpty() && byWorkflow.isEmpty());
    List<PolicyRule> denies = TenantRules.denies(document);
    if (!rulesAtAll) {
      everybody.addAll(denies);
      everybody.addAll(TenantRules.allows(document));
    }
    this.floor = RuleGroup.ofEverybody("invariants", restrictions, snapshot);
    this.floorPermissions = RuleGroup.ofEverybody("invariant allows", permissions, snapshot);
    this.global = RuleGroup.ofEverybody("global", everybody, snapshot);
    this.tenantDenies = RuleGroup.ofEverybody("tenants", rulesAtAll ? denies : List.of(), snapshot);
    this.jobs = groups("job", byJob, snapshot);
    this.workflows = groups("workflow", byWorkflow, snapshot);
    this.jobDefaults = defaults(document, Tier.JOB, snapshot);
    this.workflowDefaults = defaults(document, Tier.WORKFLOW, snapshot);
    this.globalDefault = byDefault(document.defaultDecision(), snapshot);
  }

  /// What the rules and the defaults say.
  PolicyDecision decide(Evaluation evaluation) {
    Scope scope = evaluation.input().facts().scope();
    RuleGroup job = scope.jobId().isEmpty() ? null : jobs.get(scope.jobId());
    RuleGroup workflow = scope.workflowId().isEmpty() ? null : workflows.get(scope.workflowId());
    PolicyDecision decision = floor.isEmpty() ? null : floor.decide(evaluation);
    if (decision != null) {
      return decision;
    }
    if (job != null) {
      decision = job.decide(evaluation);
    }
    decision = orWider(decision, workflow, evaluation);
    decision = orWider(decision, global, evaluation);
    if (decision == null && !floorPermissions.isEmpty()) {
      decision = floorPermissions.decide(evaluation);
    }
    if (decision == null && !tenantDenies.isEmpty()) {
      PolicyDecision denied = tenantDenies.decide(evaluation);
      decision = denied == null ? null : denied.withCode(ReasonCode.TENANT_TOPIC_DENIED);
    }
    return decision == null ? byDefault(scope, job, workflow) : decision;
  }

  private static @Nullable PolicyDecision orWider(
      @Nullable PolicyDecision narrow, @Nullable RuleGroup wider, Evaluation evaluation) {
    if (wider == null || (narrow != null && narrow.decision() == Decision.DENY)) {
      return narrow;
    }
    PolicyDecision wide = wider.decide(evaluation);
    return narrow == null || (wide != null && wide.decision() == Decision.DENY) ? wide : narrow;
  }

  private PolicyDecision byDefault(
      Scope scope, @Nullable RuleGroup job, @Nullable RuleGroup workflow) {
    PolicyDecision ofJob = jobDefaults.get(scope.jobId());
    if (ofJob != null) {
      return ofJob;
    }
    PolicyDecision ofWorkflow = workflowDefaults.get(scope.workflowId());
    if (job == null && ofWorkflow != null) {
      return ofWorkflow;
    }
    boolean tierIsSilent = job != null || workflow != null;
    return tierIsSilent ? byDefault(Decision.DENY, globalDefault.snapshot()) : globalDefault;
  }

  /// The groups that a request of this scope meets, in order.
  List<RuleGroup> meetingOrder(Scope scope) {
    List<RuleGroup> groups = new ArrayList<>();
    groups.add(floor);
    RuleGroup job = jobs.get(scope.jobId());
    if (job != null) {
      groups.add(job);
    }
    RuleGroup workflow = workflows.get(scope.workflowId());
    if (workflow != null) {
      groups.add(workflow);
    }
    groups.add(global);
    groups.add(floorPermissions);
    groups.add(tenantDenies);
    return groups;
  }

  private static void file(Map<String, List<PolicyRule>> byScope, PolicyRule rule) {
    for (String id : rule.reach().selector().idsOf(rule.reach().tier())) {
      byScope.computeIfAbsent(id, _ -> new ArrayList<>()).add(rule);
    }
  }

  private static Map<String, RuleGroup> groups(
      String tier, Map<String, List<PolicyRule>> byScope, String snapshot) {
    Map<String, RuleGroup> groups = new HashMap<>();
    byScope.forEach(
        (id, rules) -> groups.put(id, RuleGroup.ofScope(tier + " " + id, rules, snapshot)));
    return groups;
  }

  private static Map<String, PolicyDecision> defaults(
      PolicyDocument document, Tier tier, String snapshot) {
    Map<String, PolicyDecision> defaults = new HashMap<>();
    for (TierDefault one : document.more().tierDefaults()) {
      if (one.tier() == tier) {
        for (String id : one.selector().idsOf(tier)) {
          defaults.putIfAbsent(id, byDefault(one.decision(), snapshot));
        }
      }
    }
    return defaults;
  }

  private static PolicyDecision byDefault(Decision decision, String snapshot) {
    return decision == Decision.ALLOW
        ? new PolicyDecision(Decision.ALLOW, "", "", snapshot)
        : new PolicyDecision(Decision.DENY, "no rule of the policy allows this", "", snapshot);
  }
}
