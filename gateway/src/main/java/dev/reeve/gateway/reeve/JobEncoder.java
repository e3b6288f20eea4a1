package dev.reeve.gateway.reeve;

import dev.reeve.gateway.JobEnd;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.job.Content;
import dev.reeve.job.JobHeader;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;
import dev.reeve.job.Verdict;
import dev.reeve.service.JobView;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobError;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import dev.reeve.wire.reeve.v1.ResultInfo;
import java.util.Map;

/// A job in the words of `reeve.v1`.
final class JobEncoder {
  private JobEncoder() {}

  static Job encode(JobView view) {
    return encode(view.job(), view.admission().spec().work().labels());
  }

  /// @param labels as submitted; they are not kept in memory with the job
  static Job encode(dev.reeve.job.Job job, Map<String, String> labels) {
    JobHeader header = job.header();
    Job.Builder out =
        Job.newBuilder()
            .setJobId(job.key().jobId())
            .setTenant(job.key().tenant())
            .setProject(header.project())
            .setDialect(ReeveStates.toWire(header.origin().dialect()))
            .setTopic(header.topic())
            .setName(header.name())
            .setState(ReeveStates.toWire(job.state().name()))
            .setPriority(header.placement().priority())
            .setAttempt(job.attempts())
            .setPrincipal(header.origin().principal())
            .putAllLabels(labels)
            .setCreatedAt(ProtoTimes.timestamp(header.createdAtMicros()))
            .setUpdatedAt(ProtoTimes.timestamp(job.updatedAtMicros()))
            .setLastEventSeq(job.lastEventSeq())
            .setTraceId(header.origin().traceId())
            .setPolicy(policy(job.verdict()));
    if (job.isFinished()) {
      out.setFinishedAt(ProtoTimes.timestamp(job.updatedAtMicros()));
    }
    JobEnd.of(job.state())
        .map(end -> error(end.code(), end.message(), isFatal(job.state())))
        .ifPresent(out::setError);
    return withState(out, job).build();
  }

  /// Whether somebody had the job and is done with it.
  static boolean hasRun(dev.reeve.job.Job job) {
    return job.attempts() > 0 && (job.isFinished() || job.state() instanceof JobState.Reviewing);
  }

  static ResultInfo result(Content content) {
    return ResultInfo.newBuilder()
        .setContentType(content.contentType())
        .setSizeBytes(content.sizeBytes())
        .setSha256(content.sha256().hex())
        .build();
  }

  static double fraction(Progress progress) {
    return (double) progress.partsPerMillion() / Progress.WHOLE;
  }

  private static Job.Builder withState(Job.Builder out, dev.reeve.job.Job job) {
    Progress progress = job.progress();
    return switch (job.state()) {
      case JobState.AwaitingApproval _ -> out.setMessage(job.verdict().reason());
      case JobState.Executing executing ->
          out.setWorkerId(executing.worker())
              .setStarted(executing.started())
              .setStage(progress.stage())
              .setProgress(fraction(progress))
              .setMessage(progress.message());
      case JobState.Reviewing _ -> out.setProgress(1);
      case JobState.Completed completed -> out.setProgress(1).setResult(result(completed.result()));
      case JobState.Quarantined held ->
          held.standing() == JobState.HeldOutput.RELEASED
              ? out.setResult(result(held.held()))
              : out;
      case JobState.Failed _, JobState.Denied _ -> out.setDeadLetter(job.isDeadLetter());
      case JobState.Pending _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          out;
    };
  }

  static JobError error(String code, String message, boolean fatal) {
    return JobError.newBuilder().setCode(code).setMessage(message).setFatal(fatal).build();
  }

  private static boolean isFatal(JobState state) {
    return state instanceof JobState.Failed failed && failed.fatal();
  }

  private static PolicyOutcome policy(Verdict verdict) {
    return PolicyOutcome.newBuilder()
        .setDecision(ReeveStates.toWire(verdict.decision()))
        .setRuleId(verdict.ruleId())
        .setReason(verdict.reason())
        .setSnapshot(verdict.snapshot())
        .build();
  }
}
