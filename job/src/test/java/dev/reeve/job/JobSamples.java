package dev.reeve.job;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;

/// Jobs, contents and times that several tests share.
final class JobSamples {
  static final long SECOND = 1_000_000;
  static final long CREATED = 1_700_000_000L * SECOND;
  static final long NOW = CREATED + 60 * SECOND;
  static final long LATER = NOW + 60 * SECOND;
  static final long JOB_NO = 7;
  static final long EPOCH = 2;
  static final DispatchId FIRST_ATTEMPT = new DispatchId(EPOCH, JOB_NO, 1);
  static final Content RESULT = Content.of("application/json", Bytes.utf8("{\"ok\":true}"));
  static final Content REDACTED = Content.of("application/json", Bytes.utf8("{}"));
  static final RetryPolicy RETRY = new RetryPolicy(3, SECOND, 30 * SECOND);
  static final RunLimits LIMITS = new RunLimits(0, 0, RETRY, false);
  static final Bytes SALT = Bytes.hex("000102030405060708090a0b0c0d0e0f");

  private JobSamples() {}

  static Verdict verdict(Verdict.Decision decision) {
    return new Verdict(decision, "rule-1", "because", "cfg:1");
  }

  static Work work() {
    return new Work("bell", "job.echo", "", List.of(), List.of(), Map.of(), Map.of(), Map.of());
  }

  static JobSpec spec(Placement placement, RunLimits limits) {
    return new JobSpec(
        new JobKey("acme", "job-1"),
        "",
        new Origin("reeve", "ada", ""),
        work(),
        placement,
        limits,
        Content.of("", Bytes.utf8("payload")),
        CREATED);
  }

  static Admission admission(Verdict.Decision decision, List<String> dependsOn, RunLimits limits) {
    Placement placement = new Placement("job.echo", "", Placement.PRIORITY_DEFAULT, dependsOn);
    return new Admission(spec(placement, limits), verdict(decision), SALT);
  }

  /// A job with these limits to which these events happened.
  static Job after(RunLimits limits, JobEvent... events) {
    Admission admission = admission(Verdict.Decision.ALLOW, List.of("p1", "p2"), limits);
    return JobEvolution.evolve(Job.created(JOB_NO, admission), List.of(events));
  }

  static Job after(JobEvent... events) {
    return after(LIMITS, events);
  }

  static JobEvent.Queued queued() {
    return new JobEvent.Queued(CREATED, 0, "READY");
  }

  static JobEvent.Dispatched dispatched(int attempt) {
    return new JobEvent.Dispatched(CREATED, new DispatchId(EPOCH, JOB_NO, attempt), "w1");
  }
}
