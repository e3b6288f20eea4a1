package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;

/// Which job, session or workflow a rule of a narrow tier is about; empty members say nothing, and
/// a job says more than a session.
public record Selector(String workflowId, String jobId, String sessionId) {
  /// Selects nothing in particular, as global rules do.
  public static final Selector NONE = new Selector("", "", "");

  /// This selector with what it leaves open taken from another.
  public Selector orElse(Selector other) {
    return new Selector(
        workflowId.isEmpty() ? other.workflowId : workflowId,
        jobId.isEmpty() ? other.jobId : jobId,
        sessionId.isEmpty() ? other.sessionId : sessionId);
  }

  /// The scope ids that it selects in a tier; empty when it selects none.
  public List<String> idsOf(Tier tier) {
    List<String> ids = new ArrayList<>();
    switch (tier) {
      case JOB -> addGiven(ids, jobId.isEmpty() ? sessionId : jobId);
      case WORKFLOW -> addGiven(ids, workflowId);
      case GLOBAL -> {}
    }
    return List.copyOf(ids);
  }

  private static void addGiven(List<String> ids, String id) {
    if (!id.isEmpty()) {
      ids.add(id);
    }
  }
}
