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
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What comes of jobs that ended badly and are submitted anew.
final class RetryJobTest {
  private static final String RULES =
      """
      version: "1"
      default_decision: allow
      rules:
        - {id: never, match: {topics: [job.never]}, decision: deny, reason: never}
        - {id: ask, match: {topics: [job.ask]}, decision: require_approval, reason: look first}
      output_policy: {enabled: true, fail_mode: closed}
      output_rules: [{id: keys, decision: quarantine, match: {scanners: [secret]}}]
      """;
  private static final String CLOSED =
      RULES.replace("topics: [job.never]", "topics: [job.never, job.work]");
  private static final String KEY = "the key is AKIA" + "Z7Q2M4K9T1X8W5B3";

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final AtomicReference<RulesInForce> rules = new AtomicReference<>();
  private GatewayFixture gateway = start();

  private GatewayFixture start() {
    return GatewayFixture.startOn(
        store,
        RULES,
        (services, archive) -> {
          rules.set(services.rules());
          return List.of(ReeveFixture.dialect(services, archive), CordumDialect.create(services));
        });
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JobServiceGrpc.JobServiceBlockingStub jobs() {
    return JobServiceGrpc.newBlockingStub(gateway.channel());
  }

  private Job got(String id) {
    return jobs().getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private RetryJobResponse retry(String id) {
    return jobs().retryJob(RetryJobRequest.newBuilder().setJobId(id).build());
  }

  private static SubmitJobRequest.Builder work(String id) {
    return SubmitJobRequest.newBuilder()
        .setJobId(id)
        .setTopic("job.work")
        .setPayload(ByteString.copyFromUtf8("input of " + id));
  }

  private String submit(SubmitJobRequest.Builder job) {
    return jobs().submitJob(job.build()).getJob().getJobId();
  }

  /// Runs jobs until this one has failed for good.
  private void fail(String id) {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w-" + id, 1, "job.work");
    Assignment assignment = worker.assignmentOf(id);
    worker.send(
        ConnectRequest.newBuilder()
            .setFail(
                DispatchFail.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setCode("EXIT_1")
                    .setMessage("worker is broken"))
            .build());
    await(id, JobState.JOB_STATE_FAILED);
    worker.halfClose();
    Status _ = worker.end();
  }

  private void await(String id, JobState state) {
    Await.until(id + " is " + state, () -> got(id).getState() == state);
  }

  private String dead(String id) {
    String made = submit(work(id));
    fail(made);
    return made;
  }

  private void replacePolicy(String text) {
    rules.get().replace(PolicyFile.load(Bytes.utf8(text)).orThrow("policy"));
  }

  private static void refused(ThrowingCallable call, Status.Code code, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(String.valueOf(StatusProto.fromThrowable(e))).contains(words);
            });
  }

  @Test
  void a_failed_job_is_submitted_anew_as_it_was() {
    submit(
        work("first")
            .setName("report")
            .setPriority(7)
            .setProject("p1")
            .setContentType("text/plain")
            .setRunTimeout(Duration.newBuilder().setSeconds(60))
            .setDeadline(Duration.newBuilder().setSeconds(600))
            .putLabels("team", "blue")
            .putLabels("_retries", "forged")
            .putMetadata("note", "kept"));
    fail("first");

    RetryJobResponse answer = retry("first");

    Job made = answer.getJob();
    assertThat(answer.getKnown()).isFalse();
    assertThat(made.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(made.getTopic()).isEqualTo("job.work");
    assertThat(made.getName()).isEqualTo("report");
    assertThat(made.getPriority()).isEqualTo(7);
    assertThat(made.getProject()).isEqualTo("p1");
    assertThat(made.getLabelsMap())
        .containsOnly(Map.entry("team", "blue"), Map.entry("_retries", "first"));
    TestWorker worker = TestWorker.serving(gateway.channel(), "mended", 1, "job.work");
    Assignment assignment = worker.assignmentOf(made.getJobId());
    assertThat(assignment.getPayload().toStringUtf8()).isEqualTo("input of first");
    assertThat(assignment.getContentType()).isEqualTo("text/plain");
    assertThat(assignment.getMetadataMap()).containsEntry("note", "kept");
    assertThat(assignment.getRunTimeout().getSeconds()).isEqualTo(60);
    worker.complete(assignment, "text/plain", "done");
    await(made.getJobId(), JobState.JOB_STATE_COMPLETED);
    assertThat(got("first").getState()).isEqualTo(JobState.JOB_STATE_FAILED);
    assertThat(receiptsOf(made.getJobId()))
        .first(InstanceOfAssertFactories.STRING)
        .contains("\"action:job:retry\"", "\"allow\"", "\"local-operator\"");
  }

  private List<String> receiptsOf(String id) {
    return AuditServiceGrpc.newBlockingStub(gateway.channel())
        .listReceipts(ListReceiptsRequest.newBuilder().setJobId(id).setPageSize(1000).build())
        .getLeavesList()
        .stream()
        .map(receipt -> receipt.getLeaf().toStringUtf8())
        .toList();
  }

  @Test
  void a_large_payload_is_there_again() {
    ByteString large = ByteString.copyFromUtf8("large ".repeat(50_000));
    submit(work("first").setPayload(large));
    fail("first");

    String made = retry("first").getJob().getJobId();

    TestWorker worker = TestWorker.serving(gateway.channel(), "mended", 1, "job.work");
    assertThat(worker.assignmentOf(made).getPayload()).isEqualTo(large);
  }

  @Test
  void a_second_retry_is_answered_with_the_first_ones_job_also_after_a_restart() {
    dead("first");
    String made = retry("first").getJob().getJobId();

    RetryJobResponse second = retry("first");
    assertThat(second.getKnown()).isTrue();
    assertThat(second.getJob().getJobId()).isEqualTo(made);
    fail(made);
    gateway.close();
    gateway = start();
    RetryJobResponse third = retry("first");
    assertThat(third.getJob().getJobId()).isEqualTo(made);
    assertThat(third.getJob().getState()).isEqualTo(JobState.JOB_STATE_FAILED);

    RetryJobResponse ofTheRetry = retry(made);
    assertThat(ofTheRetry.getKnown()).isFalse();
    assertThat(ofTheRetry.getJob().getLabelsMap()).containsEntry("_retries", made);
  }

  @Test
  void many_who_click_at_once_make_one_job() throws InterruptedException {
    dead("first");
    Set<String> made = ConcurrentHashMap.newKeySet();
    List<Thread> clicks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      clicks.add(Thread.startVirtualThread(() -> made.add(retry("first").getJob().getJobId())));
    }
    for (Thread click : clicks) {
      click.join();
    }

    assertThat(made).hasSize(1);
    assertThat(jobs().listJobs(ListJobsRequest.getDefaultInstance()).getJobsList()).hasSize(2);
  }

  @Test
  void policy_decides_a_retry_and_one_that_it_denied_can_be_made_again() {
    dead("first");
    replacePolicy(CLOSED);

    refused(() -> retry("first"), Status.Code.PERMISSION_DENIED, "POLICY_DENIED", "never");
    refused(() -> retry("first"), Status.Code.PERMISSION_DENIED, "POLICY_DENIED");
    replacePolicy(RULES);
    RetryJobResponse mended = retry("first");

    assertThat(mended.getKnown()).isFalse();
    assertThat(mended.getJob().getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_job_that_ran_out_of_time_and_one_that_a_person_rejected_can_be_retried() {
    submit(work("late").setDeadline(Duration.newBuilder().setNanos(1_000_000)));
    await("late", JobState.JOB_STATE_TIMED_OUT);
    submit(work("asked").setTopic("job.ask"));
    var _ =
        ApprovalServiceGrpc.newBlockingStub(gateway.channel())
            .rejectJob(
                RejectJobRequest.newBuilder().setJobId("asked").setPrincipalId("bob").build());

    assertThat(retry("late").getJob().getTopic()).isEqualTo("job.work");
    assertThat(retry("asked").getJob().getState()).isEqualTo(JobState.JOB_STATE_AWAITING_APPROVAL);
  }

  @Test
  void what_is_no_dead_letter_is_refused_by_name() {
    submit(work("queued"));
    refused(() -> retry("queued"), Status.Code.FAILED_PRECONDITION, "JOB_NOT_RETRYABLE", "QUEUED");
    var _ = jobs().cancelJob(CancelJobRequest.newBuilder().setJobId("queued").build());
    refused(() -> retry("queued"), Status.Code.FAILED_PRECONDITION, "job is CANCELLED");
    refused(
        () -> submit(work("denied").setTopic("job.never")),
        Status.Code.PERMISSION_DENIED,
        "POLICY_DENIED");
    refused(() -> retry("denied"), Status.Code.FAILED_PRECONDITION, "denied at its submit");
    submit(work("leaky"));
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.work");
    worker.complete(worker.assignmentOf("leaky"), "text/plain", KEY);
    await("leaky", JobState.JOB_STATE_QUARANTINED);
    worker.halfClose();
    Status _ = worker.end();
    refused(() -> retry("leaky"), Status.Code.FAILED_PRECONDITION, "held back by policy");
    refused(() -> retry("nobody"), Status.Code.NOT_FOUND, "JOB_NOT_FOUND");
    refused(() -> retry("a/b"), Status.Code.INVALID_ARGUMENT, "job_id");
  }

  @Test
  void a_job_that_may_run_once_is_not_run_again() {
    submit(work("once").setAtMostOnce(true));
    fail("once");

    refused(() -> retry("once"), Status.Code.FAILED_PRECONDITION, "JOB_NOT_RETRYABLE", "twice");
  }

  @Test
  void a_child_waits_for_what_came_of_its_lost_parent() {
    submit(work("parent"));
    submit(work("child").addDependsOn("parent"));
    fail("parent");
    await("child", JobState.JOB_STATE_FAILED);

    refused(
        () -> retry("child"), Status.Code.FAILED_PRECONDITION, "JOB_NOT_RETRYABLE", "job parent");
    String second = retry("parent").getJob().getJobId();
    fail(second);
    refused(() -> retry("child"), Status.Code.FAILED_PRECONDITION, "job " + second);
    String third = retry(second).getJob().getJobId();
    Job child = retry("child").getJob();

    assertThat(child.getState()).isEqualTo(JobState.JOB_STATE_PENDING);
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.work");
    worker.complete(worker.assignmentOf(third), "text/plain", "done");
    await(child.getJobId(), JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_retry_stays_a_job_of_the_api_that_its_first_one_came_by() {
    String first =
        CordumApiGrpc.newBlockingStub(gateway.channel())
            .submitJob(
                dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                    .setPrompt("x")
                    .setTopic("job.work")
                    .build())
            .getJobId();
    fail(first);

    assertThat(retry(first).getJob().getDialect()).isEqualTo(Dialect.DIALECT_CORDUM);
  }

  @Test
  void nobody_retries_a_job_of_another_tenant() {
    dead("first");
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER), "other");

    refused(
        () ->
            jobs()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .retryJob(RetryJobRequest.newBuilder().setJobId("first").build()),
        Status.Code.NOT_FOUND,
        "JOB_NOT_FOUND");
  }
}
