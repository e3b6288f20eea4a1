package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// The job and the workflow to which a request belongs, empty when it belongs to none.
///
/// Narrow tiers are chosen by it, so it must come from somebody who knows: the workflow's own
/// record, or a caller who is trusted with labels as the callers of a safety kernel are.
///
/// @param jobId what job tier selectors are compared with
/// @param workflowId what workflow tier selectors are compared with
public record Scope(String jobId, String workflowId) {
  public static final Scope NONE = new Scope("", "");

  private static final String ATTACHMENT = "policy.attachment_id";
  private static final List<String> JOB_LABELS =
      List.of("job_id", "job.id", "edge.job_id", "session_id", "edge.session_id");
  private static final List<String> WORKFLOW_LABELS =
      List.of("workflow_id", "workflow.id", "workflow", "workflow_run_id", "workflow.run_id");

  /// The scope that labels claim. Only for requests whose labels a client cannot choose freely.
  ///
  /// @param jobId of the request; empty when not said
  public static Scope ofLabels(String jobId, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return new Scope(jobId.strip(), "");
    }
    String attached = labels.getOrDefault(ATTACHMENT, "").strip();
    String job = attached.isEmpty() ? jobId.strip() : attached;
    return new Scope(
        job.isEmpty() ? firstOf(JOB_LABELS, labels) : job, firstOf(WORKFLOW_LABELS, labels));
  }

  private static String firstOf(List<String> names, Map<String, String> labels) {
    for (String name : names) {
      String value = labels.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
