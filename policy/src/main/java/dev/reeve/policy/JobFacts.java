package dev.reeve.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is known about a request beyond its topic, tags and labels; empty members are not known.
///
/// @param jobId names the job in velocity counts, so that a retry counts once
/// @param packId the pack that the work comes from
/// @param actorId who acts; the principal when blank
/// @param actorType what kind of actor, such as `human` or `agent`
/// @param requires what the work needs from its worker
/// @param estimatedCost what the caller thinks it costs, in the installation's unit; 0 when not
///   said
/// @param scope job and workflow for the narrow tiers
/// @param agent registered facts about the agent
/// @param delegation on whose behalf; empty for a direct call
public record JobFacts(
    String jobId,
    String packId,
    String actorId,
    String actorType,
    List<String> requires,
    double estimatedCost,
    Scope scope,
    Optional<AgentFacts> agent,
    Optional<DelegationFacts> delegation) {
  public static final JobFacts NONE =
      new JobFacts("", "", "", "", List.of(), 0, Scope.NONE, Optional.empty(), Optional.empty());

  public JobFacts {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(packId, "packId");
    Objects.requireNonNull(actorId, "actorId");
    Objects.requireNonNull(actorType, "actorType");
    Objects.requireNonNull(scope, "scope");
    requires = List.copyOf(requires);
  }

  /// These facts of a request by this agent.
  JobFacts withAgent(AgentFacts registered) {
    return new JobFacts(
        jobId,
        packId,
        actorId,
        actorType,
        requires,
        estimatedCost,
        scope,
        Optional.of(registered),
        delegation);
  }

  /// These facts for a job of this id, in this scope.
  public JobFacts withJob(String id, Scope newScope) {
    return new JobFacts(
        id, packId, actorId, actorType, requires, estimatedCost, newScope, agent, delegation);
  }
}
