package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Origin;
import dev.reeve.job.Permit;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.ledger.Receipt;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A submission in a few words; everything not said is ordinary.
final class Sketch {
  static final String TENANT = "acme";
  static final String ROUTE = "job.test";

  private static final Bytes SALT =
      Bytes.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6});

  private final String id;
  private String tenant = TENANT;
  private boolean given;
  private String route = ROUTE;
  private String group = "";
  private int priority = Placement.PRIORITY_DEFAULT;
  private List<String> parents = List.of();
  private String capability = "";
  private List<String> requires = List.of();
  private Map<String, String> labels = Map.of();
  private long deadlineAtMicros;
  private long runTimeoutMicros;
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private boolean atMostOnce;
  private Verdict.Decision decision = Verdict.Decision.ALLOW;
  private long approvalExpiresAtMicros;
  private long generation;
  private int backlogMax;
  private Bytes payload = Bytes.utf8("{}");
  private boolean storedBefore;
  private Optional<Idempotency> idempotency = Optional.empty();

  private Sketch(String id) {
    this.id = id;
  }

  static Sketch job(String id) {
    return new Sketch(id);
  }

  /// Microseconds of the wall clock, so long after the start of the test.
  static long micros(Duration afterStart) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, FakeClock.START.plus(afterStart));
  }

  JobKey key() {
    return new JobKey(tenant, id);
  }

  Sketch tenant(String name) {
    tenant = name;
    return this;
  }

  /// The caller chose the id.
  Sketch given() {
    given = true;
    return this;
  }

  Sketch route(String name) {
    route = name;
    return this;
  }

  Sketch group(String name) {
    group = name;
    return this;
  }

  Sketch priority(int value) {
    priority = value;
    return this;
  }

  Sketch after(String... parentIds) {
    parents = List.of(parentIds);
    return this;
  }

  Sketch capability(String name) {
    capability = name;
    return this;
  }

  Sketch requires(String... offers) {
    requires = List.of(offers);
    return this;
  }

  Sketch label(String name, String value) {
    labels = Map.of(name, value);
    return this;
  }

  Sketch deadline(Duration afterStart) {
    deadlineAtMicros = micros(afterStart);
    return this;
  }

  Sketch runTimeout(Duration longest) {
    runTimeoutMicros = longest.toNanos() / 1_000;
    return this;
  }

  Sketch retry(RetryPolicy policy) {
    retry = policy;
    return this;
  }

  Sketch atMostOnce() {
    atMostOnce = true;
    return this;
  }

  Sketch denied() {
    decision = Verdict.Decision.DENY;
    return this;
  }

  Sketch held() {
    decision = Verdict.Decision.REQUIRE_APPROVAL;
    return this;
  }

  Sketch heldUntil(Duration afterStart) {
    approvalExpiresAtMicros = micros(afterStart);
    return held();
  }

  Sketch generation(long value) {
    generation = value;
    return this;
  }

  Sketch backlogMax(int value) {
    backlogMax = value;
    return this;
  }

  Sketch payload(Bytes bytes) {
    payload = bytes;
    return this;
  }

  /// The payload lies in the blob store already and does not come with the submit.
  Sketch storedBefore() {
    storedBefore = true;
    return this;
  }

  Sketch idempotent(String key, String request) {
    return idempotent(key, request, Duration.ofHours(24), Idempotency.OnMismatch.REFUSE);
  }

  Sketch idempotent(String key, String request, Duration ttl, Idempotency.OnMismatch onMismatch) {
    idempotency =
        Optional.of(
            new Idempotency(
                new IdempotencyScope(tenant, "", "test", key),
                Sha256.of(Bytes.utf8(request)),
                ttl.toNanos() / 1_000,
                onMismatch));
    return this;
  }

  Submission submission() {
    Verdict verdict = new Verdict(decision, "rule-1", "because", "snapshot-1");
    JobSpec spec =
        new JobSpec(
            key(),
            "",
            new Origin("test", "alice", ""),
            new Work("", route, capability, List.of(), requires, labels, Map.of(), Map.of()),
            new Placement(route, group, priority, parents),
            new RunLimits(deadlineAtMicros, runTimeoutMicros, retry, atMostOnce),
            Content.of("application/json", payload),
            0);
    return new Submission(
        new Admission(spec, verdict, SALT),
        given,
        new Permit(verdict, generation, approvalExpiresAtMicros),
        idempotency,
        storedBefore ? Bytes.EMPTY : payload,
        Receipt.of("action:job:submit", "allow").withSubject(tenant, id, "alice"),
        backlogMax);
  }
}
