package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.reeve.base.Bytes;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.RulesInForce;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import dev.reeve.wire.reeve.v1.Remediation;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is offered instead of a denied or held job, and what comes of it.
final class RemediationTest {
  private static final String RULES =
      """
      version: "1"
      default_decision: allow
      rules:
        - id: no-prod
          match: {topics: [job.prod], labels: {env: prod}}
          decision: deny
          reason: not in prod
          remediations:
            - {id: staging, title: Use staging, replacement_topic: job.staging,
               replacement_capability: test, add_labels: {env: staging}, remove_labels: [urgent]}
            - {id: still-prod, add_labels: {note: again}}
        - id: ask
          match: {topics: [job.ask]}
          decision: require_approval
          reason: look first
          remediations:
            - {id: small, replacement_topic: job.small}
      """;

  private final AtomicReference<RulesInForce> rules = new AtomicReference<>();
  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          RULES,
          (services, archive) -> {
            rules.set(services.rules());
            return List.of(ReeveFixture.dialect(services, archive), CordumDialect.create(services));
          });
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
      ApprovalServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static RemediateJobRequest.Builder request(String jobId, String remediation) {
    return RemediateJobRequest.newBuilder().setJobId(jobId).setRemediationId(remediation);
  }

  private Job remediated(RemediateJobRequest.Builder request) {
    return approvals.remediateJob(request.build()).getJob();
  }

  private GetJobResponse got(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build());
  }

  private String denied(String payload) {
    SubmitJobRequest job =
        SubmitJobRequest.newBuilder()
            .setJobId("denied")
            .setTopic("job.prod")
            .setName("report")
            .setPriority(7)
            .setRunTimeout(Duration.newBuilder().setSeconds(60))
            .setProject("p1")
            .putLabels("env", "prod")
            .putLabels("urgent", "yes")
            .putLabels("team", "blue")
            .putLabels("_remediates", "forged")
            .setPayload(text(payload))
            .build();
    refused(() -> jobs.submitJob(job), Status.Code.PERMISSION_DENIED, "staging,still-prod");
    return "denied";
  }

  private String held() {
    return jobs.submitJob(
            SubmitJobRequest.newBuilder().setTopic("job.ask").setPayload(text("kept")).build())
        .getJob()
        .getJobId();
  }

  private static void refused(ThrowingCallable call, Status.Code code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(String.valueOf(StatusProto.fromThrowable(e))).contains(words);
            });
  }

  @Test
  void a_denied_job_is_submitted_anew_as_its_rule_offers() {
    String first = denied("old");

    Job made = remediated(request(first, "staging").setPayload(text("new")).setNewJobId("instead"));

    assertThat(made.getJobId()).isEqualTo("instead");
    assertThat(made.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(made.getTopic()).isEqualTo("job.staging");
    assertThat(made.getName()).isEqualTo("report");
    assertThat(made.getProject()).isEqualTo("p1");
    assertThat(made.getPriority()).isEqualTo(7);
    assertThat(made.getLabelsMap())
        .containsOnly(
            java.util.Map.entry("env", "staging"),
            java.util.Map.entry("team", "blue"),
            java.util.Map.entry("_remediates", first),
            java.util.Map.entry("_remediation", "staging"));
    assertThat(got(first).getJob().getState()).isEqualTo(JobState.JOB_STATE_DENIED);
    assertThat(got(first).getJob().getLabelsMap()).doesNotContainKey("_remediates");
    assertThat(receipts())
        .filteredOn(receipt -> receipt.contains("\"instead\""))
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("\"action:job:remediate\"", "\"allow\"");
  }

  private List<String> receipts() {
    return AuditServiceGrpc.newBlockingStub(gateway.channel())
        .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(1000).build())
        .getLeavesList()
        .stream()
        .map(receipt -> receipt.getLeaf().toStringUtf8())
        .toList();
  }

  @Test
  void a_job_denied_at_its_submit_keeps_no_payload_and_needs_one() {
    String first = denied("old");

    refused(
        () -> remediated(request(first, "staging")),
        Status.Code.INVALID_ARGUMENT,
        "PAYLOAD_REQUIRED");
    assertThat(remediated(request(first, "staging").setPayload(ByteString.EMPTY)).getState())
        .isEqualTo(JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_job_without_a_payload_needs_none() {
    assertThat(remediated(request(denied(""), "staging")).getTopic()).isEqualTo("job.staging");
  }

  @Test
  void policy_decides_the_new_job_like_any_other() {
    String first = denied("");

    refused(
        () -> remediated(request(first, "still-prod").setNewJobId("again")),
        Status.Code.PERMISSION_DENIED,
        "no-prod");

    assertThat(got("again").getJob().getState()).isEqualTo(JobState.JOB_STATE_DENIED);
    assertThat(remediated(request("again", "staging")).getLabelsMap())
        .containsEntry("_remediates", "again")
        .containsEntry("note", "again");
  }

  @Test
  void a_held_job_has_its_payload_and_stays_held() {
    String first = held();

    Job made = remediated(request(first, "small"));

    assertThat(made.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(got(first).getJob().getState()).isEqualTo(JobState.JOB_STATE_AWAITING_APPROVAL);
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.small");
    assertThat(worker.assignmentOf(made.getJobId()).getPayload()).isEqualTo(text("kept"));
  }

  @Test
  void a_rejected_job_can_be_asked_for_otherwise() {
    String first = held();
    approvals.rejectJob(
        RejectJobRequest.newBuilder().setJobId(first).setPrincipalId("bob").build());

    assertThat(remediated(request(first, "small").setPayload(text("x"))).getTopic())
        .isEqualTo("job.small");
  }

  @Test
  void what_is_offered_is_told_by_get_and_explain() {
    assertThat(got(denied("")).getRemediationsList())
        .extracting(Remediation::getId)
        .containsExactly("staging", "still-prod");
    String held = held();
    assertThat(
            jobs.explainJob(ExplainJobRequest.newBuilder().setJobId(held).build())
                .getRemediationsList())
        .containsExactly(
            Remediation.newBuilder().setId("small").setReplacementTopic("job.small").build());
    Job made = remediated(request(held, "small"));
    assertThat(got(made.getJobId()).getRemediationsList()).isEmpty();
    refused(
        () -> remediated(request(made.getJobId(), "small")),
        Status.Code.FAILED_PRECONDITION,
        "JOB_NOT_REMEDIABLE");
  }

  @Test
  void the_policy_in_force_says_what_is_offered() {
    String first = denied("");

    refused(
        () -> remediated(request(first, "other")), Status.Code.NOT_FOUND, "staging, still-prod");
    rules
        .get()
        .replace(
            PolicyFile.load(Bytes.utf8(RULES.replace("id: staging", "id: elsewhere")))
                .orThrow("policy"));

    refused(() -> remediated(request(first, "staging")), Status.Code.NOT_FOUND, "elsewhere");
    assertThat(remediated(request(first, "elsewhere")).getTopic()).isEqualTo("job.staging");
  }

  @Test
  void a_repeat_with_the_same_key_is_the_same_job() {
    RemediateJobRequest.Builder request = request(held(), "small").setIdempotencyKey("k");

    String id = remediated(request).getJobId();

    assertThat(remediated(request).getJobId()).isEqualTo(id);
    refused(
        () -> remediated(request.clone().setPayload(text("other"))),
        Status.Code.FAILED_PRECONDITION,
        "IDEMPOTENCY_CONFLICT");
  }

  @Test
  void nobody_reaches_a_job_of_another_tenant() {
    String first = held();
    io.grpc.Metadata headers = new io.grpc.Metadata();
    headers.put(
        io.grpc.Metadata.Key.of("x-tenant-id", io.grpc.Metadata.ASCII_STRING_MARSHALLER), "other");

    refused(
        () ->
            approvals
                .withInterceptors(io.grpc.stub.MetadataUtils.newAttachHeadersInterceptor(headers))
                .remediateJob(request(first, "small").build()),
        Status.Code.NOT_FOUND,
        "JOB_NOT_FOUND");
  }

  @Test
  void what_is_run_instead_stays_a_job_of_the_api_that_its_first_one_came_by() {
    String held =
        CordumApiGrpc.newBlockingStub(gateway.channel())
            .submitJob(
                dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                    .setPrompt("x")
                    .setTopic("job.ask")
                    .build())
            .getJobId();

    assertThat(remediated(request(held, "small")).getDialect()).isEqualTo(Dialect.DIALECT_CORDUM);
  }
}
