package dev.reeve.gateway.mathison;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.Fingerprints;
import dev.reeve.gateway.Topics;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import dev.reeve.service.Caller;
import dev.reeve.service.JsonDocuments;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.Times;
import dev.reeve.wire.mathison.JobRunRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks a run and puts it into the core's words.
final class MathisonDecoder {
  private static final String JSON = "application/json";
  private static final ByteString NO_INPUTS = ByteString.copyFromUtf8("{}");
  private static final int POLICY_ID_LENGTH_MAX = 256;

  private final MathisonProfile profile;

  MathisonDecoder(MathisonProfile profile) {
    this.profile = profile;
  }

  /// @param call what the metadata of the call says for policy
  /// @param action id of the registered action
  SubmitRequest decode(Caller caller, JobRunRequest request, CallFacts call, String action) {
    check(request);
    Bytes inputs = inputs(request);
    String topic = Topics.ofKind(request.getJobType());
    boolean given = !request.getJobId().isEmpty();
    return new SubmitRequest(
        given ? Optional.of(request.getJobId()) : Optional.empty(),
        caller.principal(),
        new Work(
            "",
            topic,
            "",
            call.riskTags(),
            List.of(),
            call.labels(),
            request.getPolicyId().isEmpty() ? Map.of() : Map.of("policy_id", request.getPolicyId()),
            Map.of("job_type", request.getJobType())),
        new Placement(topic, "", Placement.PRIORITY_DEFAULT, List.of()),
        Optional.empty(),
        Optional.empty(),
        RetryPolicy.DEFAULT,
        false,
        JSON,
        inputs,
        given ? Optional.of(idempotency(caller, request)) : Optional.empty(),
        0,
        action,
        Optional.empty());
  }

  /// No inputs are `{}`.
  static Bytes inputs(JobRunRequest request) {
    ByteString inputs = request.getInputs().isEmpty() ? NO_INPUTS : request.getInputs();
    return Bytes.wrap(inputs.toByteArray());
  }

  /// @throws dev.reeve.base.ProblemException `MALFORMED_REQUEST`
  static void check(JobRunRequest request) {
    String topic = Topics.ofKind(request.getJobType());
    FieldChecks fields = new FieldChecks(MathisonProblems.MALFORMED_REQUEST);
    fields
        .require(
            !request.getJobType().isEmpty() && Topics.isTopic(topic),
            "job_type",
            request.getJobType(),
            "dotted segments of letters, digits, _ and -, at most 252 characters")
        .line("policy_id", request.getPolicyId(), POLICY_ID_LENGTH_MAX);
    JsonDocuments.defect(inputs(request))
        .ifPresent(defect -> fields.require(false, "inputs", defect, "one UTF-8 JSON document"));
    if (!request.getJobId().isEmpty()) {
      fields.givenId("job_id", request.getJobId());
    }
    fields.throwIfAny();
  }

  /// A given job id names one job of the whole server in this API. The tenant is part of the
  /// fingerprint, so that another tenant's repeat is another request and learns nothing.
  private Idempotency idempotency(Caller caller, JobRunRequest request) {
    ByteString inputs = request.getInputs().isEmpty() ? NO_INPUTS : request.getInputs();
    Bytes content = Fingerprints.of(request.toBuilder().clearJobId().setInputs(inputs).build());
    return new Idempotency(
        new IdempotencyScope("", "", profile.dialect(), request.getJobId()),
        Sha256.of(Bytes.utf8(content.hex() + caller.tenant())),
        Times.micros(profile.keyTtl()),
        profile.onMismatch());
  }
}
