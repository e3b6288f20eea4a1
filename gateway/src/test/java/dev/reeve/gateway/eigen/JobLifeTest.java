package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.wire.eigen.api.v1.ApiRequestEnvelope;
import dev.reeve.wire.eigen.api.v1.CancelJobRequest;
import dev.reeve.wire.eigen.api.v1.CancelJobResponse;
import dev.reeve.wire.eigen.api.v1.DispatchRationale;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.JobState;
import dev.reeve.wire.eigen.api.v1.JobStatus;
import dev.reeve.wire.eigen.api.v1.JobUpdate;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import io.grpc.Status.Code;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a job as clients of both public names see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobLifeTest {
  private EigenServer server;

  @BeforeAll
  void start() {
    server = EigenServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private EigenClient client(String name) {
    return name.equals("seed") ? server.seed() : server.later();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void a_circuit_runs_and_its_counts_are_read(String name) {
    EigenClient client = client(name);

    String jobId = client.submit(EigenClient.bell().setName("run-" + name)).getJobId();
    List<JobUpdate> updates = client.updates(jobId, 0);
    GetJobResultsResponse results = client.results(jobId);

    assertThat(updates.getLast().getState()).isEqualTo(JobState.JOB_STATE_DONE);
    assertThat(updates.getLast().getProgress()).isEqualTo(1f);
    assertThat(updates).extracting(JobUpdate::getJobId).containsOnly(jobId);
    assertThat(updates)
        .extracting(JobUpdate::getState)
        .contains(JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_RUNNING);
    assertThat(updates.stream().map(JobUpdate::getEventSeq).toList()).isEqualTo(upTo(updates));
    assertThat(results.getState()).isEqualTo(JobState.JOB_STATE_DONE);
    assertThat(results.getCountsMap()).isEqualTo(Map.of("00", 511L, "11", 513L));
    assertThat(results.getMetadataMap())
        .containsEntry("bitstring_order", "msb_first_by_classical_index")
        .containsEntry("result.summary.dominant_bitstring", "11:513")
        .containsEntry("result.summary.nonzero_bitstrings", "2")
        .containsEntry("result.summary.selected_backend", "sim:local")
        .containsEntry("result.summary.shots_total", "1024");
    assertThat(results.getCountsMap().keySet()).containsExactly("00", "11");
    assertThat(List.copyOf(results.getMetadataMap().keySet())).isSorted();
    assertThat(client.unary("JobService/GetJobResults", byId(jobId)))
        .isEqualTo(client.unary("JobService/GetJobResults", byId(jobId)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void every_cut_of_a_finished_stream_resumes_with_exactly_the_rest(String name) {
    EigenClient client = client(name);
    String jobId = client.submit(EigenClient.bell().setName("cut-" + name)).getJobId();
    List<JobUpdate> whole = client.updates(jobId, 0);

    for (int cut = 0; cut < whole.size(); cut++) {
      assertThat(client.updates(jobId, cut)).isEqualTo(whole.subList(cut, whole.size()));
    }
    assertThat(client.updates(jobId, whole.size())).containsExactly(whole.getLast());
    assertThat(client.updates(jobId, whole.size() + 7)).containsExactly(whole.getLast());
    assertThat(client.updates(jobId, -1)).containsExactly(whole.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void a_cursor_beyond_the_head_of_a_live_job_waits_and_gets_its_end(String name) {
    EigenClient client = client(name);
    String jobId = client.submit(EigenClient.program("hold").setName("beyond-" + name)).getJobId();
    client.awaitState(jobId, JobState.JOB_STATE_RUNNING);

    Iterator<byte[]> stream =
        client.open("JobService/StreamJobUpdates", EigenClient.watch(jobId, 1_000));
    cancel(client, jobId);

    JobUpdate last = client.update(stream.next());
    while (stream.hasNext()) {
      last = client.update(stream.next());
    }
    assertThat(last.getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void results_are_refused_before_the_end_and_empty_after_a_cancel(String name) {
    EigenClient client = client(name);
    String jobId = client.submit(EigenClient.program("hold").setName("early-" + name)).getJobId();
    client.awaitState(jobId, JobState.JOB_STATE_RUNNING);

    Status early = client.refusal("JobService/GetJobResults", byId(jobId));
    boolean taken = cancel(client, jobId);
    boolean takenAgain = cancel(client, jobId);
    GetJobResultsResponse results = client.results(jobId);

    assertThat(Refusals.line(early))
        .isEqualTo(
            "FAILED_PRECONDITION EIGEN_PUBLIC_RESULTS_NOT_READY [] ErrorInfo"
                + " PreconditionFailure:RESULTS_NOT_READY");
    assertThat(taken).isTrue();
    assertThat(takenAgain).isFalse();
    assertThat(results.getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
    assertThat(results.getErrorCode()).isEqualTo("CANCELLED");
    assertThat(results.getCountsMap()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void a_run_that_fails_ends_in_error_with_its_code(String name) {
    EigenClient client = client(name);

    String jobId = client.submit(EigenClient.program("fail").setName("f-" + name)).getJobId();
    JobStatus status = client.awaitState(jobId, JobState.JOB_STATE_ERROR);

    assertThat(status.getErrorCode()).isEqualTo("VALIDATION_FAILED");
    assertThat(status.getErrorSummary()).isEqualTo("source:1:1: no");
    assertThat(client.results(jobId).getErrorCode()).isEqualTo("VALIDATION_FAILED");
    assertThat(client.updates(jobId, 0).getLast().getMessage())
        .isEqualTo("VALIDATION_FAILED: source:1:1: no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "later"})
  void the_deadline_of_the_envelope_ends_the_job(String name) {
    EigenClient client = client(name);
    ApiRequestEnvelope envelope =
        ApiRequestEnvelope.newBuilder()
            .setDeadline(Duration.newBuilder().setNanos(200_000_000))
            .build();

    String jobId =
        client
            .submit(EigenClient.program("hold").setName("late-" + name).setEnvelope(envelope))
            .getJobId();
    JobStatus status = client.awaitState(jobId, JobState.JOB_STATE_TIMEOUT);

    assertThat(status.getErrorCode()).isEqualTo("EIGEN_EXECUTION_DEADLINE_EXCEEDED");
    assertThat(status.getStage()).isEqualTo("TIMEOUT");
  }

  @Test
  void a_pending_job_shows_as_compiling_under_the_seed_name_alone() {
    String parent = server.later().submit(EigenClient.program("hold").setName("parent")).getJobId();
    SubmitJobRequest.Builder child = EigenClient.bell().setName("child").addDependencies(parent);

    JobStatus later = server.later().submit(child).getStatus();
    JobStatus seed = server.seed().status(later.getJobId());

    assertThat(later.getState()).isEqualTo(JobState.JOB_STATE_PENDING);
    assertThat(seed.getState()).isEqualTo(JobState.JOB_STATE_COMPILING);
    assertThat(seed.getStage()).isEqualTo("PENDING");
    assertThat(seed.toBuilder().clearState().build())
        .isEqualTo(later.toBuilder().clearState().build());
    cancel(server.later(), parent);
    assertThat(server.seed().awaitState(later.getJobId(), JobState.JOB_STATE_ERROR).getErrorCode())
        .isEqualTo("DEPENDENCY_FAILED");
  }

  @Test
  void both_names_show_one_job_alike_and_streams_differ_by_the_wrapper_alone() throws Exception {
    String jobId = server.seed().submit(EigenClient.bell()).getJobId();
    server.seed().updates(jobId, 0);

    List<byte[]> bare =
        server.seed().stream("JobService/StreamJobUpdates", EigenClient.watch(jobId, 0));
    List<byte[]> wrapped =
        server.later().stream("JobService/StreamJobUpdates", EigenClient.watch(jobId, 0));
    List<byte[]> asked =
        server.later().with("x-eigen-stream-shape", "bare").stream(
            "JobService/StreamJobUpdates", EigenClient.watch(jobId, 0));

    assertThat(asked).usingElementComparator(java.util.Arrays::compare).isEqualTo(bare);
    for (int i = 0; i < bare.size(); i++) {
      assertThat(StreamJobUpdatesResponse.parseFrom(wrapped.get(i)).getUpdate().toByteArray())
          .isEqualTo(bare.get(i));
    }
    assertThat(server.seed().unary("JobService/GetJobResults", byId(jobId)))
        .isEqualTo(server.later().unary("JobService/GetJobResults", byId(jobId)));
    assertThat(server.seed().status(jobId)).isEqualTo(server.later().status(jobId));
  }

  @Test
  void the_rationale_names_policy_backend_and_trace_once_dispatched() {
    EigenClient client = server.later();
    String jobId = client.submit(EigenClient.bell().setName("why")).getJobId();
    client.updates(jobId, 0);

    DispatchRationale rationale =
        client
            .call(
                "JobService/GetDispatchRationale",
                GetDispatchRationaleRequest.newBuilder().setJobId(jobId).build(),
                GetDispatchRationaleResponse.parser())
            .getRationale();

    assertThat(rationale.getVersion()).isEqualTo("1.0.0");
    assertThat(rationale.getPolicyVersion()).startsWith("reeve/test-1:");
    assertThat(rationale.getSelectedBackend()).isEqualTo("sim:local");
    assertThat(rationale.getReasonCodesList())
        .containsExactly(
            "schedule_stage_completed",
            "policy_bundle_applied",
            "backend_selected",
            "queue_selected",
            "trace_linked");
    assertThat(rationale.getAttributesMap())
        .containsEntry("policy_branch", "simulators")
        .containsKeys("fallback_reason", "artifact_version", "topology_contract_version");
    assertThat(rationale.getTimelineRef()).isEqualTo("qfs://jobs/" + jobId + "/timeline.jsonl");
  }

  @Test
  void a_job_may_leave_the_device_to_the_server_which_says_why_it_took_which() {
    EigenClient client = server.later();
    SubmitJobRequest.Builder any = EigenClient.bell().setName("any").setTarget("cluster:auto");
    any.putMetadata("idempotency_key", "any-1");
    String jobId = client.submit(any).getJobId();
    client.updates(jobId, 0);

    DispatchRationale rationale =
        client
            .call(
                "JobService/GetDispatchRationale",
                GetDispatchRationaleRequest.newBuilder().setJobId(jobId).build(),
                GetDispatchRationaleResponse.parser())
            .getRationale();

    assertThat(rationale.getSelectedBackend()).isEqualTo("sim:local");
    assertThat(rationale.getReasonCodesList()).contains("DeviceScore");
    assertThat(rationale.getAttributesMap())
        .containsEntry("device_selection", "chosen by the server");
    assertThat(rationale.getAttributesOrThrow("candidates"))
        .contains("\"device_id\":\"sim:local\"", "selected: it starts first");
    assertThat(client.submit(any).getJobId()).isEqualTo(jobId);
  }

  @Test
  void a_job_that_policy_denies_is_refused_by_name_and_stored() throws Exception {
    EigenClient client = server.seed();

    Status denied =
        client.refusal(
            "JobService/SubmitJob",
            EigenClient.bell().putMetadata("risk_tags", "big, danger").build());

    ErrorInfo info = info(denied);
    assertThat(denied.getCode()).isEqualTo(Code.PERMISSION_DENIED.value());
    assertThat(info.getReason()).isEqualTo("EIGEN_PUBLIC_PERMISSION_DENIED");
    assertThat(info.getMetadataMap())
        .containsEntry("rule_id", "no-danger")
        .containsEntry("retryable", "false")
        .containsKeys("job_id", "policy_snapshot");
    JobStatus stored = client.status(info.getMetadataOrThrow("job_id"));
    assertThat(stored.getState()).isEqualTo(JobState.JOB_STATE_ERROR);
    assertThat(stored.getErrorCode()).isEqualTo("POLICY_DENIED");
    assertThat(stored.getErrorSummary()).isEqualTo("too dangerous");
  }

  @Test
  void a_held_job_is_queued_with_its_stage() {
    JobStatus held =
        server.seed().submit(EigenClient.bell().putMetadata("label.stage", "prod")).getStatus();

    assertThat(held.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(held.getStage()).isEqualTo("AWAITING_APPROVAL");
  }

  @Test
  void another_tenant_finds_no_job() {
    String jobId = server.seed().submit(EigenClient.bell()).getJobId();

    Status hidden =
        server
            .seed()
            .with("x-eigen-tenant", "other")
            .refusal(
                "JobService/GetJobStatus",
                GetJobStatusRequest.newBuilder().setJobId(jobId).build());

    assertThat(Refusals.line(hidden))
        .isEqualTo("NOT_FOUND EIGEN_PUBLIC_JOB_NOT_FOUND [] ErrorInfo ResourceInfo:job");
  }

  private static boolean cancel(EigenClient client, String jobId) {
    return client
        .call(
            "JobService/CancelJob",
            CancelJobRequest.newBuilder().setJobId(jobId).build(),
            CancelJobResponse.parser())
        .getAccepted();
  }

  private static GetJobResultsRequest byId(String jobId) {
    return GetJobResultsRequest.newBuilder().setJobId(jobId).build();
  }

  private static List<Long> upTo(List<JobUpdate> updates) {
    return java.util.stream.LongStream.rangeClosed(1, updates.size()).boxed().toList();
  }

  static ErrorInfo info(Status status) throws InvalidProtocolBufferException {
    Any first = status.getDetails(0);
    return first.unpack(ErrorInfo.class);
  }
}
