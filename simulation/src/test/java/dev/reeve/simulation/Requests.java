package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.Submission;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Origin;
import dev.reeve.job.Permit;
import dev.reeve.job.Placement;
import dev.reeve.job.RateCheck;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes up what is submitted.
final class Requests {
  private static final Bytes SALT = Bytes.wrap(new byte[16]);
  private static final long KEY_KEPT_MICROS = Duration.ofDays(30).toNanos() / 1_000;
  private static final RetryPolicy RETRY = new RetryPolicy(3, 1_000_000, 5_000_000);
  private static final int PARENTS_FROM_LAST = 10;

  private final World world;
  private final RandomGenerator random;
  private int ids;

  Requests(World world) {
    this.world = world;
    random = world.random;
  }

  /// Something new.
  ///
  /// @param known jobs that it may depend on
  Submission next(List<Job> known) {
    JobKey key = new JobKey(world.pick(Cast.TENANTS), nextId());
    boolean isLong = random.nextInt(4) == 0;
    Bytes payload = Bytes.utf8("payload of " + key.jobId() + " ".repeat(isLong ? 6_000 : 3));
    Placement placement =
        new Placement(
            world.pick(Cast.ROUTES),
            world.pick(Cast.GROUPS),
            random.nextInt(101),
            parents(key, known));
    JobSpec spec =
        new JobSpec(
            key,
            "",
            new Origin("sim", "alice", ""),
            new Work("", "job.sim", "", List.of(), List.of(), Map.of(), Map.of(), Map.of()),
            placement,
            limits(),
            Content.of("text/plain", payload),
            0);
    long expires = random.nextInt(4) == 0 ? world.nowMicros() + 20_000_000 : 0;
    List<RateCheck> counts = counts(key);
    Verdict verdict = verdict(key, counts);
    return new Submission(
        admission(spec, verdict, counts),
        random.nextBoolean(),
        new Permit(verdict, world.rules.generation(), expires, counts),
        random.nextInt(3) > 0 ? Optional.of(idempotency(key)) : Optional.empty(),
        payload,
        receipt(key),
        0);
  }

  /// The same request with a new id.
  Submission again(Submission before) {
    JobSpec spec = before.admission().spec();
    JobKey key = new JobKey(spec.key().tenant(), nextId());
    JobSpec renamed =
        new JobSpec(
            key,
            spec.project(),
            spec.origin(),
            spec.work(),
            spec.placement(),
            spec.limits(),
            spec.payload(),
            0);
    List<RateCheck> counts = counts(key);
    Verdict verdict = verdict(key, counts);
    return new Submission(
        admission(renamed, verdict, counts),
        before.idGiven(),
        new Permit(
            verdict, world.rules.generation(), before.permit().approvalExpiresAtMicros(), counts),
        before.idempotency(),
        before.payload(),
        receipt(key),
        before.backlogMax());
  }

  private String nextId() {
    return "job-" + ids++;
  }

  private static Receipt receipt(JobKey key) {
    return Receipt.of(ReceiptCheck.SUBMIT, "allow").withSubject(key.tenant(), key.jobId(), "alice");
  }

  private static Idempotency idempotency(JobKey key) {
    return new Idempotency(
        new IdempotencyScope(key.tenant(), "", "sim", "key of " + key.jobId()),
        Sha256.of(Bytes.utf8(key.jobId())),
        KEY_KEPT_MICROS,
        Idempotency.OnMismatch.REFUSE);
  }

  private Admission admission(JobSpec spec, Verdict verdict, List<RateCheck> counts) {
    List<String> keys = counts.stream().map(RateCheck::key).toList();
    return new Admission(spec, verdict, SALT, world.rules.grant(spec.key()), keys);
  }

  /// One tenant may submit so much in a time; the rule counts every submit of it.
  private List<RateCheck> counts(JobKey key) {
    if (!key.tenant().equals(Cast.RATED_TENANT)) {
      return List.of();
    }
    RateCheck check =
        new RateCheck(
            "rate of " + key.tenant(), key.jobId(), Cast.RATE_MAX, Cast.RATE_WINDOW_MICROS, false);
    boolean exceeded = world.node().writer.rates().exceeds(check, world.nowMicros());
    return List.of(
        new RateCheck(
            check.key(), check.member(), check.requestsMax(), check.windowMicros(), exceeded));
  }

  private Verdict verdict(JobKey key, List<RateCheck> counts) {
    boolean exceeded = counts.stream().anyMatch(RateCheck::exceeded);
    return exceeded
        ? new Verdict(Verdict.Decision.THROTTLE, "rate", "too many", "cfg")
        : world.rules.decide(key);
  }

  private RunLimits limits() {
    long deadline = random.nextInt(6) == 0 ? world.nowMicros() + random.nextLong(60_000_000) : 0;
    long timeout = random.nextInt(6) == 0 ? 1 + random.nextLong(40_000_000) : 0;
    return new RunLimits(deadline, timeout, RETRY, random.nextInt(10) == 0);
  }

  private List<String> parents(JobKey key, List<Job> known) {
    List<String> own =
        known.stream()
            .map(Job::key)
            .filter(other -> other.tenant().equals(key.tenant()))
            .map(JobKey::jobId)
            .toList();
    return own.isEmpty() || random.nextInt(4) > 0
        ? List.of()
        : List.of(world.pick(own.subList(Math.max(0, own.size() - PARENTS_FROM_LAST), own.size())));
  }
}
