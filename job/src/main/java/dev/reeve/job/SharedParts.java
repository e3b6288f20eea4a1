package dev.reeve.job;

import java.util.HashMap;
import java.util.Map;

/// Lets jobs in memory share the parts that many of them have in common: tenants, principals,
/// topics, verdicts, limits. Every decoded request and every stored job brings its own copies; half
/// a million unfinished jobs must not keep them.
///
/// Bounded: what it remembers is forgotten whenever it has become too much, and learnt anew. Not
/// thread-safe; the owner of the jobs has one.
public final class SharedParts {
  private final Pool<String> texts = new Pool<>(16_384);
  private final Pool<Verdict> verdicts = new Pool<>(4_096);
  private final Pool<Grant> grants = new Pool<>(4_096);
  private final Pool<Origin> origins = new Pool<>(4_096);
  private final Pool<Origin.Submitter> submitters = new Pool<>(4_096);
  private final Pool<Placement> placements = new Pool<>(4_096);
  private final Pool<RetryPolicy> retries = new Pool<>(256);
  private final Pool<Needs> needs = new Pool<>(4_096);
  private final Pool<RunLimits> limits = new Pool<>(256);

  /// An equal job that keeps as little as possible of its own.
  public Job compact(Job job) {
    return new Job(
        job.jobNo(),
        compact(job.header()),
        compact(job.verdict()),
        job.grant().equals(Grant.NONE) ? Grant.NONE : grants.shared(job.grant()),
        job.state(),
        job.attempts(),
        job.failures(),
        job.interruptions(),
        job.throttleRounds(),
        job.lastEventSeq(),
        job.progressEvents(),
        job.progress().equals(Progress.NONE) ? Progress.NONE : job.progress(),
        job.updatedAtMicros());
  }

  private JobHeader compact(JobHeader header) {
    return new JobHeader(
        new JobKey(texts.shared(header.key().tenant()), header.key().jobId()),
        texts.shared(header.project()),
        compact(header.origin()),
        texts.shared(header.name()),
        texts.shared(header.topic()),
        compact(header.placement()),
        compact(header.limits()),
        header.createdAtMicros());
  }

  private Verdict compact(Verdict verdict) {
    return verdicts.shared(
        new Verdict(
            verdict.decision(),
            texts.shared(verdict.ruleId()),
            texts.shared(verdict.reason()),
            texts.shared(verdict.snapshot())));
  }

  private Origin compact(Origin origin) {
    Origin.Submitter submitter =
        submitters.shared(
            new Origin.Submitter(
                texts.shared(origin.dialect()),
                texts.shared(origin.principal()),
                texts.shared(origin.clientId())));
    Origin slim = new Origin(submitter, origin.traceId());
    return origin.traceId().isEmpty() ? origins.shared(slim) : slim;
  }

  private Placement compact(Placement placement) {
    Placement slim =
        new Placement(
            texts.shared(placement.route()),
            texts.shared(placement.group()),
            placement.priority(),
            placement.dependsOn(),
            placement.needs().areNone() ? Needs.NONE : needs.shared(placement.needs()));
    return placement.dependsOn().isEmpty() ? placements.shared(slim) : slim;
  }

  private RunLimits compact(RunLimits own) {
    RunLimits slim =
        new RunLimits(
            own.deadlineAtMicros(),
            own.runTimeoutMicros(),
            retries.shared(own.retry()),
            own.atMostOnce());
    return own.deadlineAtMicros() == 0 ? limits.shared(slim) : slim;
  }

  /// One instance of each value seen lately.
  private static final class Pool<T> {
    private final Map<T, T> known = new HashMap<>();
    private final int sizeMax;

    private Pool(int sizeMax) {
      this.sizeMax = sizeMax;
    }

    private T shared(T value) {
      T first = known.get(value);
      if (first != null) {
        return first;
      }
      if (known.size() >= sizeMax) {
        known.clear();
      }
      known.put(value, value);
      return value;
    }
  }
}
