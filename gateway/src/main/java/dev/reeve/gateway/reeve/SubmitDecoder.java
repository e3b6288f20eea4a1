package dev.reeve.gateway.reeve;

import com.google.protobuf.Duration;
import dev.reeve.base.Bytes;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.Fingerprints;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Topics;
import dev.reeve.job.Claims;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import dev.reeve.service.Caller;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// Checks a submit and puts it into the core's words.
final class SubmitDecoder {
  static final int NAME_LENGTH_MAX = 256;
  static final int ENTRIES_MAX = 64;
  static final int KEY_LENGTH_MAX = 128;
  static final int VALUE_LENGTH_MAX = 4096;
  static final int CONTENT_TYPE_LENGTH_MAX = 128;
  static final int IDEMPOTENCY_KEY_LENGTH_MAX = 256;
  private static final int PARENTS_MAX = Placement.DEPENDENCIES_MAX;
  private static final String OCTETS = "application/octet-stream";

  private final ReeveProfile profile;

  SubmitDecoder(ReeveProfile profile) {
    this.profile = profile;
  }

  /// @param caller for the tenant and project of the request
  /// @param call what the metadata of the call says for policy
  /// @param action id of the registered action
  SubmitRequest decode(Caller caller, SubmitJobRequest request, CallFacts call, String action) {
    check(request);
    return new SubmitRequest(
        given(request.getJobId()),
        caller.principal(),
        new Work(
            request.getName(),
            request.getTopic(),
            request.getCapability(),
            call.riskTags(request.getRiskTagsList()),
            request.getRequiresList(),
            call.labels(request.getLabelsMap()),
            request.getMetadataMap(),
            Map.of(),
            new Claims(request.getActorId(), request.getActorType(), request.getPackId())),
        new Placement(
            request.getTopic(),
            request.getGroup(),
            request.hasPriority() ? request.getPriority() : Placement.PRIORITY_DEFAULT,
            request.getDependsOnList()),
        request.hasDeadline()
            ? Optional.of(ProtoTimes.length(request.getDeadline()))
            : Optional.empty(),
        request.hasRunTimeout()
            ? Optional.of(ProtoTimes.length(request.getRunTimeout()))
            : Optional.empty(),
        retry(request),
        request.getAtMostOnce(),
        request.getContentType().isEmpty() ? OCTETS : request.getContentType(),
        Bytes.wrap(request.getPayload().toByteArray()),
        idempotency(caller, request),
        0,
        action,
        Optional.empty());
  }

  private void check(SubmitJobRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    if (!request.getJobId().isEmpty()) {
      fields.givenId("job_id", request.getJobId());
    }
    fields
        .require(Topics.isTopic(request.getTopic()), "topic", request.getTopic(), Topics.SHAPE)
        .line("name", request.getName(), NAME_LENGTH_MAX)
        .require(
            request.getPayload().size() <= BlobStore.SIZE_MAX,
            "payload",
            request.getPayload().size() + " bytes",
            "at most 64 MiB")
        .line("content_type", request.getContentType(), CONTENT_TYPE_LENGTH_MAX)
        .require(
            request.getPriority() >= 0 && request.getPriority() <= Placement.PRIORITY_MAX,
            "priority",
            request.getPriority(),
            "0 to 100")
        .map("labels", request.getLabelsMap(), ENTRIES_MAX, KEY_LENGTH_MAX, VALUE_LENGTH_MAX)
        .lines("risk_tags", request.getRiskTagsList(), ENTRIES_MAX, KEY_LENGTH_MAX)
        .line("capability", request.getCapability(), KEY_LENGTH_MAX)
        .lines("requires", request.getRequiresList(), ENTRIES_MAX, KEY_LENGTH_MAX)
        .map("metadata", request.getMetadataMap(), ENTRIES_MAX, KEY_LENGTH_MAX, VALUE_LENGTH_MAX)
        .line("actor_id", request.getActorId(), NAME_LENGTH_MAX)
        .line("actor_type", request.getActorType(), KEY_LENGTH_MAX)
        .line("pack_id", request.getPackId(), NAME_LENGTH_MAX)
        .line("group", request.getGroup(), KEY_LENGTH_MAX)
        .line("idempotency_key", request.getIdempotencyKey(), IDEMPOTENCY_KEY_LENGTH_MAX);
    if (!request.getProject().isEmpty()) {
      fields.givenId("project", request.getProject());
    }
    checkParents(fields, request);
    checkTimes(fields, request);
    fields.throwIfAny();
  }

  private static void checkParents(FieldChecks fields, SubmitJobRequest request) {
    int count = request.getDependsOnCount();
    fields.require(count <= PARENTS_MAX, "depends_on", count + " jobs", "at most " + PARENTS_MAX);
    HashSet<String> seen = new HashSet<>();
    for (int i = 0; i < Math.min(count, PARENTS_MAX); i++) {
      String parent = request.getDependsOn(i);
      String path = "depends_on[" + i + "]";
      fields
          .givenId(path, parent)
          .require(seen.add(parent), path, parent, "each job once")
          .require(
              parent.isEmpty() || !parent.equals(request.getJobId()), path, parent, "another job");
    }
  }

  private void checkTimes(FieldChecks fields, SubmitJobRequest request) {
    if (request.hasDeadline()) {
      length(fields, "deadline", request.getDeadline(), profile.lengthMax());
    }
    if (request.hasRunTimeout()) {
      length(fields, "run_timeout", request.getRunTimeout(), profile.lengthMax());
    }
    if (request.hasIdempotencyTtl()) {
      length(fields, "idempotency_ttl", request.getIdempotencyTtl(), profile.keyTtlMax())
          .require(
              !request.getIdempotencyKey().isEmpty(),
              "idempotency_ttl",
              "set",
              "absent without idempotency_key");
    }
    int attempts = request.getRetry().getMaxAttempts();
    fields.require(
        attempts >= 0 && attempts <= RetryPolicy.ATTEMPTS_MAX,
        "retry.max_attempts",
        attempts,
        "0 to 100");
    Duration base = request.getRetry().getBaseDelay();
    Duration max = request.getRetry().getMaxDelay();
    delay(fields, "retry.base_delay", base);
    delay(fields, "retry.max_delay", max);
    boolean both = request.getRetry().hasBaseDelay() && request.getRetry().hasMaxDelay();
    boolean ordered = ProtoTimes.length(base).compareTo(ProtoTimes.length(max)) <= 0;
    fields.require(!both || ordered, "retry.base_delay", text(base), "at most max_delay");
  }

  private static FieldChecks length(
      FieldChecks fields, String field, Duration value, java.time.Duration most) {
    boolean held =
        ProtoTimes.isLength(value)
            && Times.micros(ProtoTimes.length(value)) > 0
            && ProtoTimes.length(value).compareTo(most) <= 0;
    return fields.require(
        held, field, text(value), "more than 0 and at most " + most.toDays() + " days");
  }

  private static void delay(FieldChecks fields, String field, Duration value) {
    boolean held =
        ProtoTimes.isLength(value)
            && Times.micros(ProtoTimes.length(value)) <= RetryPolicy.DELAY_MAX_MICROS;
    fields.require(held, field, text(value), "0 to one day");
  }

  private static String text(Duration value) {
    return value.getSeconds() + " s " + value.getNanos() + " ns";
  }

  /// What is absent takes its default, moved where the other one needs it.
  private static RetryPolicy retry(SubmitJobRequest request) {
    if (!request.hasRetry()) {
      return RetryPolicy.DEFAULT;
    }
    dev.reeve.wire.reeve.v1.RetryPolicy asked = request.getRetry();
    long base = Times.micros(ProtoTimes.length(asked.getBaseDelay()));
    long max = Times.micros(ProtoTimes.length(asked.getMaxDelay()));
    if (!asked.hasMaxDelay()) {
      max = Math.max(base, RetryPolicy.DEFAULT.delayMaxMicros());
    }
    if (!asked.hasBaseDelay()) {
      base = Math.min(max, RetryPolicy.DEFAULT.baseDelayMicros());
    }
    int attempts = asked.getMaxAttempts();
    return new RetryPolicy(attempts == 0 ? RetryPolicy.DEFAULT.attemptsMax() : attempts, base, max);
  }

  private Optional<Idempotency> idempotency(Caller caller, SubmitJobRequest request) {
    if (request.getIdempotencyKey().isEmpty()) {
      return Optional.empty();
    }
    java.time.Duration ttl =
        request.hasIdempotencyTtl()
            ? ProtoTimes.length(request.getIdempotencyTtl())
            : profile.keyTtl();
    return Optional.of(
        new Idempotency(
            new IdempotencyScope(
                caller.tenant(), caller.project(), profile.dialect(), request.getIdempotencyKey()),
            Fingerprints.of(
                request.toBuilder().clearIdempotencyKey().clearIdempotencyTtl().build()),
            Times.micros(ttl),
            profile.onMismatch()));
  }

  private static Optional<String> given(String jobId) {
    return jobId.isEmpty() ? Optional.empty() : Optional.of(jobId);
  }
}
