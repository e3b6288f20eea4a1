package dev.reeve.gateway.reeve;

import dev.reeve.base.Bytes;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.Fingerprints;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.service.Caller;
import dev.reeve.service.RemediateJob;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import java.util.Optional;

/// Checks what is asked for instead of a job and puts it into the core's words.
final class RemediationDecoder {
  private RemediationDecoder() {}

  /// @param caller for the tenant of the key
  static RemediateJob.Request decode(Caller caller, RemediateJobRequest request) {
    check(request);
    return new RemediateJob.Request(
        request.getJobId(),
        request.getRemediationId(),
        request.hasPayload()
            ? Optional.of(Bytes.wrap(request.getPayload().toByteArray()))
            : Optional.empty(),
        request.getNewJobId().isEmpty() ? Optional.empty() : Optional.of(request.getNewJobId()),
        idempotency(caller, request));
  }

  private static void check(RemediateJobRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    fields
        .givenId("job_id", request.getJobId())
        .require(!request.getRemediationId().isEmpty(), "remediation_id", "", "one that is offered")
        .line("remediation_id", request.getRemediationId(), SubmitDecoder.KEY_LENGTH_MAX)
        .require(
            request.getPayload().size() <= BlobStore.SIZE_MAX,
            "payload",
            request.getPayload().size() + " bytes",
            "at most 64 MiB")
        .line(
            "idempotency_key",
            request.getIdempotencyKey(),
            SubmitDecoder.IDEMPOTENCY_KEY_LENGTH_MAX);
    if (!request.getNewJobId().isEmpty()) {
      fields.givenId("new_job_id", request.getNewJobId());
    }
    fields.throwIfAny();
  }

  private static Optional<Idempotency> idempotency(Caller caller, RemediateJobRequest request) {
    ReeveProfile profile = ReeveProfile.V1;
    return request.getIdempotencyKey().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Idempotency(
                new IdempotencyScope(
                    caller.tenant(),
                    caller.project(),
                    profile.dialect(),
                    request.getIdempotencyKey()),
                Fingerprints.of(request.toBuilder().clearIdempotencyKey().build()),
                Times.micros(profile.keyTtl()),
                profile.onMismatch()));
  }
}
