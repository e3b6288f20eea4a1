package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.TestWorker;
import dev.reeve.testing.Golden;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DispatchStarted;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetTraceRequest;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import dev.reeve.wire.reeve.v1.RetryPolicy;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WatchFilter;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WorkerCredit;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What must be refused, with which status, reason and fields; and that nothing changes by it.
final class ReeveBadInputTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
      ApprovalServiceGrpc.newBlockingStub(gateway.channel());
  private final AuditServiceGrpc.AuditServiceBlockingStub audit =
      AuditServiceGrpc.newBlockingStub(gateway.channel());
  private final Map<String, Callable<?>> cases = new LinkedHashMap<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void submit(String name, SubmitJobRequest.Builder request) {
    cases.put("submit: " + name, () -> jobs.submitJob(request.build()));
  }

  private static SubmitJobRequest.Builder job() {
    return SubmitJobRequest.newBuilder().setTopic("job.open.a");
  }

  @Test
  void bad_requests_are_refused_by_name_and_change_nothing() throws StoreException {
    topics();
    texts();
    times();
    reads();
    StringBuilder table = new StringBuilder();
    cases.forEach(
        (name, call) -> table.append(name).append(" | ").append(Refusals.of(call)).append('\n'));

    Golden.hold("reeve/bad-input.txt", table.toString());
    assertThat(gateway.archive().list(java.util.Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
  }

  private void topics() {
    submit("empty", SubmitJobRequest.newBuilder());
    for (String topic :
        List.of(
            "job",
            "job.",
            "echo",
            "Job.a",
            "job.a.",
            "job..a",
            "job.-a",
            "job.a b",
            "job.a/b",
            "job.ä",
            "job." + "a".repeat(256))) {
      submit("topic " + (topic.length() > 20 ? "too long" : topic), job().setTopic(topic));
    }
    for (String id : List.of("-a", "a/b", "../a", "a..b", "a b", "a".repeat(129))) {
      submit("job_id " + (id.length() > 20 ? "too long" : id), job().setJobId(id));
    }
  }

  private void texts() {
    submit("name with a line end", job().setName("a\nb"));
    submit("name too long", job().setName("a".repeat(257)));
    submit("content type too long", job().setContentType("a".repeat(129)));
    submit("priority below", job().setPriority(-1));
    submit("priority above", job().setPriority(101));
    submit("empty label", job().putLabels("", "a"));
    submit("label too long", job().putLabels("k", "a".repeat(4097)));
    submit("label with NUL", job().putLabels("k", "a\0b"));
    SubmitJobRequest.Builder many = job();
    for (int i = 0; i < 65; i++) {
      many.putMetadata("k" + i, "v");
    }
    submit("too much metadata", many);
    submit("empty tag", job().addRiskTags(""));
    submit("tag too long", job().addRiskTags("a".repeat(129)));
    submit("capability with a tab", job().setCapability("a\tb"));
    submit("requires empty", job().addRequires(""));
    submit("project", job().setProject("a b"));
    submit("tenant", job().setTenant("a b"));
    submit("group too long", job().setGroup("g".repeat(129)));
    submit("key with NUL", job().setIdempotencyKey("a\0"));
    submit("key too long", job().setIdempotencyKey("k".repeat(257)));
    submit("parent twice", job().addDependsOn("a").addDependsOn("a"));
    submit("parent itself", job().setJobId("a").addDependsOn("a"));
    submit("parent unknown", job().addDependsOn("nobody"));
    SubmitJobRequest.Builder parents = job();
    for (int i = 0; i < 65; i++) {
      parents.addDependsOn("p" + i);
    }
    submit("too many parents", parents);
  }

  private void times() {
    Duration negative = Duration.newBuilder().setSeconds(-1).build();
    Duration ages = Duration.newBuilder().setSeconds(366L * 86_400).build();
    submit("deadline zero", job().setDeadline(Duration.getDefaultInstance()));
    submit("deadline negative", job().setDeadline(negative));
    submit("deadline ages", job().setDeadline(ages));
    submit("deadline nanos", job().setDeadline(Duration.newBuilder().setNanos(1_000_000_000)));
    submit("run timeout negative", job().setRunTimeout(negative));
    submit("ttl without key", job().setIdempotencyTtl(Duration.newBuilder().setSeconds(1)));
    submit("ttl ages", job().setIdempotencyKey("k").setIdempotencyTtl(ages));
    submit("attempts negative", job().setRetry(RetryPolicy.newBuilder().setMaxAttempts(-1)));
    submit("attempts many", job().setRetry(RetryPolicy.newBuilder().setMaxAttempts(101)));
    submit("base negative", job().setRetry(RetryPolicy.newBuilder().setBaseDelay(negative)));
    submit("max ages", job().setRetry(RetryPolicy.newBuilder().setMaxDelay(ages)));
    submit(
        "base above max",
        job()
            .setRetry(
                RetryPolicy.newBuilder()
                    .setBaseDelay(Duration.newBuilder().setSeconds(2))
                    .setMaxDelay(Duration.newBuilder().setSeconds(1))));
  }

  private void reads() {
    for (String id : List.of("", "a b", "nobody")) {
      cases.put("get: " + id, () -> jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "result: " + id,
          () -> jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "cancel: " + id,
          () -> jobs.cancelJob(CancelJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "explain: " + id,
          () -> jobs.explainJob(ExplainJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "retry: " + id, () -> jobs.retryJob(RetryJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "approve: " + id,
          () -> approvals.approveJob(ApproveJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "reject: " + id,
          () -> approvals.rejectJob(RejectJobRequest.newBuilder().setJobId(id).build()));
      cases.put(
          "remediate: " + id,
          () ->
              approvals.remediateJob(
                  RemediateJobRequest.newBuilder().setJobId(id).setRemediationId("r").build()));
      cases.put(
          "watch: " + id,
          () ->
              jobs.watchJobs(
                  WatchJobsRequest.newBuilder()
                      .addJobs(JobCursor.newBuilder().setJobId(id))
                      .build()));
    }
    remediations();
    lists();
  }

  private void remediations() {
    remediate("nothing", RemediateJobRequest.newBuilder());
    remediate("no remediation", RemediateJobRequest.newBuilder().setJobId("a"));
    RemediateJobRequest.Builder good =
        RemediateJobRequest.newBuilder().setJobId("a").setRemediationId("r");
    remediate("remediation with a line end", good.clone().setRemediationId("a\nb"));
    remediate("remediation too long", good.clone().setRemediationId("r".repeat(129)));
    remediate("new_job_id", good.clone().setNewJobId("a/b"));
    remediate("key too long", good.clone().setIdempotencyKey("k".repeat(257)));
  }

  private void remediate(String name, RemediateJobRequest.Builder request) {
    cases.put("remediate: " + name, () -> approvals.remediateJob(request.build()));
  }

  private void lists() {
    for (String trace : List.of("", "mine", "g".repeat(32))) {
      cases.put(
          "trace: " + trace,
          () -> jobs.getTrace(GetTraceRequest.newBuilder().setTraceId(trace).build()));
    }
    GetTraceRequest.Builder trace = GetTraceRequest.newBuilder().setTraceId("a".repeat(32));
    cases.put("trace: page size", () -> jobs.getTrace(trace.clone().setPageSize(101).build()));
    cases.put("trace: page token", () -> jobs.getTrace(trace.clone().setPageToken("x").build()));
    list("page size", ListJobsRequest.newBuilder().setPageSize(1001));
    list("page size negative", ListJobsRequest.newBuilder().setPageSize(-1));
    list("page token", ListJobsRequest.newBuilder().setPageToken("bm90IGEgdG9rZW4"));
    list("page token not base64", ListJobsRequest.newBuilder().setPageToken("%%%"));
    list("state", ListJobsRequest.newBuilder().addStatesValue(99));
    list(
        "state unspecified",
        ListJobsRequest.newBuilder().addStates(JobState.JOB_STATE_UNSPECIFIED));
    list("dialect", ListJobsRequest.newBuilder().setDialectValue(99));
    list("topic", ListJobsRequest.newBuilder().setTopic("*"));
    list("tenant", ListJobsRequest.newBuilder().setTenant("../x"));
    list(
        "time",
        ListJobsRequest.newBuilder().setCreatedAfter(Timestamp.newBuilder().setSeconds(-5)));
    cases.put(
        "approvals: page size",
        () -> approvals.listApprovals(ListApprovalsRequest.newBuilder().setPageSize(-1).build()));
    cases.put(
        "receipts: page size",
        () -> audit.listReceipts(ListReceiptsRequest.newBuilder().setPageSize(5000).build()));
    cases.put(
        "receipts: index",
        () -> audit.listReceipts(ListReceiptsRequest.newBuilder().setFirstIndex(-1).build()));
    cases.put("watch: nothing", () -> jobs.watchJobs(WatchJobsRequest.getDefaultInstance()));
    cases.put(
        "watch: twice",
        () ->
            jobs.watchJobs(
                WatchJobsRequest.newBuilder()
                    .addJobs(JobCursor.newBuilder().setJobId("a"))
                    .addJobs(JobCursor.newBuilder().setJobId("a"))
                    .build()));
    cases.put(
        "watch: topic",
        () ->
            jobs.watchJobs(
                WatchJobsRequest.newBuilder()
                    .setFilter(WatchFilter.newBuilder().setTopic("x"))
                    .build()));
  }

  private void list(String name, ListJobsRequest.Builder request) {
    cases.put("list: " + name, () -> jobs.listJobs(request.build()));
  }

  @Test
  void a_worker_out_of_order_or_out_of_bounds_is_ended_by_name() {
    Map<String, ConnectRequest.Builder> first = new LinkedHashMap<>();
    first.put("nothing", ConnectRequest.newBuilder());
    first.put("credit first", credit(1));
    first.put("no id", register(WorkerRegistration.newBuilder()));
    first.put("reserved id", register(worker().setWorkerId("builtin:echo")));
    first.put("no topic", register(worker().clearTopics()));
    first.put("pattern", register(worker().addTopics("job.*")));
    first.put("no parallel", register(worker().setMaxParallel(0)));
    first.put("too parallel", register(worker().setMaxParallel(10_001)));
    first.put("bad dispatch", register(worker().addResumeDispatchIds("1.2")));
    first.put("empty label", register(worker().putLabels("", "")));
    first.put("bad name", register(worker().setName("a\nb")));
    Map<String, ConnectRequest.Builder> second = new LinkedHashMap<>();
    second.put("register twice", register(worker()));
    second.put("no credit", credit(0));
    second.put("too much credit", credit(10_001));
    second.put("heartbeat", heartbeat("x"));
    second.put(
        "started",
        ConnectRequest.newBuilder().setStarted(DispatchStarted.newBuilder().setDispatchId("")));
    StringBuilder table = new StringBuilder();
    first.forEach((name, message) -> table.append(name).append(" | ").append(end(message, false)));
    second.forEach((name, message) -> table.append(name).append(" | ").append(end(message, true)));

    Golden.hold("reeve/bad-worker.txt", table.toString());
  }

  private String end(ConnectRequest.Builder message, boolean registered) {
    TestWorker worker =
        registered
            ? TestWorker.serving(gateway.channel(), "w", 0, "job.open.a")
            : TestWorker.connect(gateway.channel());
    worker.send(message.build());
    return worker.end().getCode() + " " + worker.end().getDescription() + "\n";
  }

  private static WorkerRegistration.Builder worker() {
    return WorkerRegistration.newBuilder()
        .setWorkerId("w")
        .addTopics("job.open.a")
        .setMaxParallel(1);
  }

  private static ConnectRequest.Builder register(WorkerRegistration.Builder registration) {
    return ConnectRequest.newBuilder().setRegister(registration);
  }

  private static ConnectRequest.Builder credit(int add) {
    return ConnectRequest.newBuilder().setCredit(WorkerCredit.newBuilder().setAdd(add));
  }

  private static ConnectRequest.Builder heartbeat(String id) {
    return ConnectRequest.newBuilder()
        .setHeartbeat(WorkerHeartbeat.newBuilder().addDispatchIds(id));
  }
}
