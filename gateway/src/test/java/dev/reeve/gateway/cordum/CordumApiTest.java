package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.TestWorker;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobState;
import dev.reeve.testing.Await;
import dev.reeve.testing.Golden;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.GetJobStatusRequest;
import dev.reeve.wire.cordum.v1.GetJobStatusResponse;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.Approval;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CordumApiTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(CordumDialect.create(services), ReeveFixture.dialect(services, archive)));
  private final CordumApiGrpc.CordumApiBlockingStub cordum =
      CordumApiGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static SubmitJobRequest.Builder job() {
    return SubmitJobRequest.newBuilder().setPrompt("hello");
  }

  private GetJobStatusResponse status(String jobId) {
    return cordum.getJobStatus(GetJobStatusRequest.newBuilder().setJobId(jobId).build());
  }

  private CordumApiGrpc.CordumApiBlockingStub ofTenant(String tenant) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER), tenant);
    return cordum.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Test
  void a_prompt_reaches_the_worker_and_its_result_gets_a_pointer() {
    SubmitJobResponse submitted =
        cordum.submitJob(
            job()
                .setPrompt("look at secret://vault/x")
                .setPackId("p")
                .setMemoryId("mem:m-1")
                .putLabels("_source", "forged")
                .putLabels("team", "blue")
                .build());
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.default");
    Assignment assignment = worker.assignmentOf(submitted.getJobId());
    worker.complete(assignment, "text/plain", "hi");

    Await.value("status", "SUCCEEDED", () -> status(submitted.getJobId()).getStatus());

    assertThat(submitted.getStatus()).isEqualTo("submitted");
    assertThat(submitted.getTraceId()).isNotEmpty();
    assertThat(assignment.getPayload().toStringUtf8()).isEqualTo("look at secret://vault/x");
    assertThat(assignment.getContentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(assignment.getLabelsMap())
        .containsEntry("_source", "pack")
        .containsEntry("team", "blue")
        .containsEntry("secrets_present", "true")
        .containsEntry("_content.prompt", "look at secret://vault/x");
    assertThat(assignment.getMetadataMap()).containsEntry("memory_id", "m-1");
    assertThat(status(submitted.getJobId()).getResultPtr())
        .isEqualTo("redis://res:" + submitted.getJobId());
  }

  @Test
  void a_known_key_gives_the_first_job_whatever_the_request_says() {
    SubmitJobResponse first = cordum.submitJob(job().setIdempotencyKey("k").build());

    SubmitJobResponse same = cordum.submitJob(job().setIdempotencyKey("k").build());
    SubmitJobResponse other =
        cordum.submitJob(job().setIdempotencyKey("k").setPrompt("other").build());
    SubmitJobResponse denied =
        cordum.submitJob(job().setIdempotencyKey("k").setTopic("job.secret").build());

    assertThat(List.of(same, other, denied)).containsOnly(first);
  }

  @Test
  void a_known_key_comes_before_every_check_of_the_fields() {
    SubmitJobResponse first = cordum.submitJob(job().setIdempotencyKey("k").build());

    for (SubmitJobRequest.Builder wrong :
        List.of(
            job().setPrompt(""),
            job().setPrompt("a".repeat(50_001)),
            job().setTopic("x"),
            job().setActorType("robot"),
            job().setMemoryId("mem: "),
            manyLabels(),
            job().addRiskTags(""))) {
      assertThat(cordum.submitJob(wrong.setIdempotencyKey("k").build())).isEqualTo(first);
      assertThat(Refusals.of(() -> cordum.submitJob(wrong.setIdempotencyKey("free").build())))
          .isNotEqualTo("OK");
    }
    assertThat(
            Refusals.of(() ->
                cordum.submitJob(
                    job().setPrompt("").setOrgId("acme").setIdempotencyKey("k").build())))
        .isEqualTo("INVALID_ARGUMENT REQUEST_INVALID [prompt]");
  }

  @Test
  void a_trace_id_is_a_uuid() {
    String traceId = cordum.submitJob(job().build()).getTraceId();

    assertThat(UUID.fromString(traceId)).hasToString(traceId);
  }

  @Test
  void work_that_needs_approval_is_held_and_goes_on_when_it_is_given() {
    SubmitJobResponse held =
        cordum.submitJob(job().addRiskTags("prod").setPrincipalId("alice").build());

    assertThat(held.getStatus()).isEqualTo("approval_required");
    assertThat(held.getReason()).isEqualTo("prod work needs a second person");
    assertThat(status(held.getJobId()).getStatus()).isEqualTo("APPROVAL_REQUIRED");
    ApprovalServiceGrpc.newBlockingStub(gateway.channel())
        .approveJob(
            ApproveJobRequest.newBuilder()
                .setJobId(held.getJobId())
                .setComment("looks right")
                .build());
    assertThat(status(held.getJobId()).getStatus()).isEqualTo("SCHEDULED");
    Approval approval =
        JobServiceGrpc.newBlockingStub(gateway.channel())
            .explainJob(ExplainJobRequest.newBuilder().setJobId(held.getJobId()).build())
            .getApproval();
    assertThat(approval.getPrincipal()).isEqualTo("local-operator");
    assertThat(approval.getComment()).isEqualTo("looks right");
    assertThat(approval.hasTime()).isTrue();
  }

  @Test
  void neither_the_principal_nor_the_actor_approves_under_whatever_spelling() {
    String id =
        cordum
            .submitJob(job().addRiskTags("prod").setPrincipalId("dave").setActorId("erin").build())
            .getJobId();
    ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
        ApprovalServiceGrpc.newBlockingStub(gateway.channel());

    for (String name : List.of("erin", "Erin\u200b", "\uff45rin", "dave", "da\u00adve")) {
      assertThat(
              Refusals.of(() ->
                  approvals.approveJob(
                      ApproveJobRequest.newBuilder().setJobId(id).setPrincipalId(name).build())))
          .as(name)
          .contains("SELF_APPROVAL_DENIED");
    }
    approvals.approveJob(
        ApproveJobRequest.newBuilder()
            .setJobId(id)
            .setPrincipalId("frank")
            .setComment("key AKIAABCDEFGHIJKLMNOP")
            .build());
    assertThat(
            JobServiceGrpc.newBlockingStub(gateway.channel())
                .explainJob(ExplainJobRequest.newBuilder().setJobId(id).build())
                .getApproval()
                .getComment())
        .isEqualTo("[REDACTED]");
  }

  @Test
  void a_rejected_job_is_among_the_dead_letters_and_one_that_policy_denied_is_not() {
    String rejected =
        cordum.submitJob(job().addRiskTags("prod").setPrincipalId("alice").build()).getJobId();

    ApprovalServiceGrpc.newBlockingStub(gateway.channel())
        .rejectJob(RejectJobRequest.newBuilder().setJobId(rejected).setReason("not today").build());

    assertThat(status(rejected).getStatus()).isEqualTo("DENIED");
    assertThat(
            JobServiceGrpc.newBlockingStub(gateway.channel())
                .listJobs(ListJobsRequest.newBuilder().setDeadLetter(true).build())
                .getJobsList())
        .singleElement()
        .satisfies(dead -> {
          assertThat(dead.getJobId()).isEqualTo(rejected);
          assertThat(dead.getDeadLetter()).isTrue();
          assertThat(dead.getError().getCode()).isEqualTo("APPROVAL_REJECTED");
        });
  }

  @Test
  void a_denied_job_is_refused_with_the_rule_and_stands_as_denied() {
    assertThatThrownBy(() -> cordum.submitJob(job().setTopic("job.secret").build()))
        .asInstanceOf(type(StatusRuntimeException.class))
        .satisfies(refused -> {
          assertThat(refused.getStatus().getCode().name()).isEqualTo("PERMISSION_DENIED");
          assertThat(Refusals.info(refused).getDomain()).isEqualTo("cordum.v1");
          String jobId = Refusals.metadata(refused).getOrDefault("job_id", "");
          assertThat(status(jobId).getStatus()).isEqualTo("DENIED");
        });
  }

  @Test
  void an_unknown_id_is_unknown_and_another_tenants_job_is_not_shown() {
    SubmitJobResponse theirs = cordum.submitJob(job().setOrgId("acme").build());

    assertThat(status("nobody").getStatus()).isEqualTo("UNKNOWN");
    assertThat(status("no id/at all").getStatus()).isEqualTo("UNKNOWN");
    assertThat(status(theirs.getJobId()).getStatus()).isEqualTo("SCHEDULED");
    assertThat(
            Refusals.of(() ->
                ofTenant("other")
                    .getJobStatus(
                        GetJobStatusRequest.newBuilder().setJobId(theirs.getJobId()).build())))
        .isEqualTo("PERMISSION_DENIED CROSS_TENANT_DENIED []");
  }

  @Test
  void every_state_has_its_word() {
    Content result = Content.of("", Bytes.utf8("r"));
    DispatchId dispatch = new DispatchId(1, 1, 1);
    Map<String, JobState> states = new LinkedHashMap<>();
    states.put("Pending", new JobState.Pending(Set.of("a")));
    states.put("AwaitingApproval", new JobState.AwaitingApproval(1, 0, Set.of(), List.of()));
    states.put("Throttled", new JobState.Throttled(1, 1, 1));
    states.put("Compiling", new JobState.Compiling(1, 1));
    states.put("Queued", new JobState.Queued(1, 0));
    states.put("Executing before a sign", new JobState.Executing(dispatch, "w", 1, 1, false));
    states.put("Executing", new JobState.Executing(dispatch, "w", 1, 1, true));
    states.put("Reviewing", new JobState.Reviewing(result, 1));
    states.put("Completed", new JobState.Completed(result));
    states.put("Denied", new JobState.Denied("C", "m"));
    states.put("Quarantined", new JobState.Quarantined("C", "m", result));
    states.put("Failed", new JobState.Failed("C", "m", false));
    states.put("Cancelled", new JobState.Cancelled("b", ""));
    states.put("TimedOut", new JobState.TimedOut("C", "m"));
    StringBuilder table = new StringBuilder();
    states.forEach((name, state) ->
        table.append(name).append(" ").append(CordumStates.toWire(state)).append('\n'));

    Golden.hold("cordum/states.txt", table.toString());
  }

  @Test
  void bad_requests_are_refused_by_name_and_change_nothing() throws StoreException {
    Map<String, SubmitJobRequest.Builder> cases = new LinkedHashMap<>();
    cases.put("no prompt", SubmitJobRequest.newBuilder());
    cases.put("prompt with NUL", job().setPrompt("a\0b"));
    cases.put("prompt too long", job().setPrompt("a".repeat(50_001)));
    cases.put("prompt too long in pairs", job().setPrompt("\uD83D\uDE00".repeat(50_001)));
    cases.put("prompt too long, bad topic", job().setPrompt("a".repeat(50_001)).setTopic("x"));
    for (String topic :
        List.of(
            "x", "job", "job.", "job..a", "job.a.", "job._a", "job.a_", "job.a-", "job.*", "JOB.a",
            "job.a b", "job.a/b")) {
      cases.put("topic " + topic, job().setTopic(topic));
    }
    cases.put("topic too long", job().setTopic("job." + "a".repeat(253)));
    cases.put("actor type", job().setActorType("robot"));
    cases.put("actor type in capitals", job().setActorType("HUMAN"));
    cases.put("memory blank", job().setMemoryId("mem:"));
    cases.put("memory spaces", job().setMemoryId("mem:  "));
    cases.put("memory too long", job().setMemoryId("m".repeat(300)));
    cases.put("label key too long", job().putLabels("k".repeat(257), "v"));
    cases.put("label key of wide letters", job().putLabels("ä".repeat(129), "v"));
    cases.put("label value too long", job().putLabels("k", "v".repeat(4097)));
    cases.put("label value of wide letters", job().putLabels("k", "ä".repeat(2049)));
    cases.put("label without key", job().putLabels("", "v"));
    cases.put("too many labels", manyLabels());
    cases.put("tenant", job().setOrgId("a/b"));
    cases.put("key with a line end", job().setIdempotencyKey("a\nb"));
    cases.put("key too long", job().setIdempotencyKey("k".repeat(257)));
    cases.put("empty tag", job().addRiskTags(""));
    cases.put("empty requirement", job().addRequires(""));
    cases.put("principal too long", job().setPrincipalId("p".repeat(257)));
    cases.put("pack with NUL", job().setPackId("\0"));
    StringBuilder table = new StringBuilder();
    cases.forEach((name, request) ->
        table
            .append(name)
            .append(" | ")
            .append(Refusals.of(() -> cordum.submitJob(request.build())))
            .append('\n'));
    table.append("status without id | ").append(Refusals.of(() -> status(""))).append('\n');

    Golden.hold("cordum/bad-input.txt", table.toString());
    assertThat(gateway.archive().list(Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void the_longest_prompt_and_the_most_labels_are_taken() {
    SubmitJobResponse taken =
        cordum.submitJob(
            job()
                .setPrompt("\uD83D\uDE00".repeat(50_000))
                .putLabels("k".repeat(256), "v".repeat(4096))
                .build());

    assertThat(taken.getStatus()).isEqualTo("submitted");
  }

  private static SubmitJobRequest.Builder manyLabels() {
    SubmitJobRequest.Builder many = job();
    for (int i = 0; i < 51; i++) {
      many.putLabels("_k" + i, "v");
    }
    return many;
  }
}
