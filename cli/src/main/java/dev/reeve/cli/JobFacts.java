package dev.reeve.cli;

import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.PolicyDecision;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import java.util.List;
import java.util.Locale;

/// All that is known about a job, for people.
final class JobFacts {
  private static final String DECISION_PREFIX = "POLICY_DECISION_";

  private JobFacts() {}

  static List<String> lines(Job job) {
    return new Facts()
        .add("job", job.getJobId())
        .add("name", job.getName())
        .add("state", state(job))
        .add("message", job.getMessage())
        .add("error", error(job))
        .add("tenant", tenant(job))
        .add("dialect", Words.of(job.getDialect()))
        .add("topic", job.getTopic())
        .add("priority", String.valueOf(job.getPriority()))
        .add("attempt", job.getAttempt() == 0 ? "" : String.valueOf(job.getAttempt()))
        .add("worker", job.getWorkerId())
        .add("principal", job.getPrincipal())
        .add("policy", policy(job.getPolicy()))
        .addAll("label", job.getLabelsMap())
        .add("created", Words.of(job.getCreatedAt()))
        .add("updated", Words.of(job.getUpdatedAt()))
        .add("finished", Words.of(job.getFinishedAt()))
        .add("events", String.valueOf(job.getLastEventSeq()))
        .add("result", job.hasResult() ? result(job) : "")
        .add("dead letter", job.getDeadLetter() ? "yes" : "")
        .lines();
  }

  /// `EXECUTING RUN, 40 %`.
  static String state(Job job) {
    String state = Words.of(job.getState());
    String stage = job.getStage().isEmpty() ? "" : " " + job.getStage();
    boolean shown = job.getProgress() > 0 && !Words.isTerminal(job.getState());
    return state + stage + (shown ? ", " + Words.percent(job.getProgress()) : "");
  }

  static String error(Job job) {
    return job.hasError() ? job.getError().getCode() + ": " + job.getError().getMessage() : "";
  }

  /// `require_approval by rule prod-needs-a-person: tagged prod`.
  static String policy(PolicyOutcome policy) {
    PolicyDecision decision = policy.getDecision();
    if (decision == PolicyDecision.POLICY_DECISION_UNSPECIFIED
        || decision == PolicyDecision.UNRECOGNIZED) {
      return "";
    }
    String word = decision.name().substring(DECISION_PREFIX.length()).toLowerCase(Locale.ROOT);
    String rule = policy.getRuleId().isEmpty() ? " by default" : " by rule " + policy.getRuleId();
    return word + rule + (policy.getReason().isEmpty() ? "" : ": " + policy.getReason());
  }

  private static String tenant(Job job) {
    return job.getProject().isEmpty()
        ? job.getTenant()
        : job.getTenant() + ", project " + job.getProject();
  }

  private static String result(Job job) {
    return job.getResult().getSizeBytes()
        + " bytes"
        + (job.getResult().getContentType().isEmpty()
            ? ""
            : ", " + job.getResult().getContentType());
  }
}
