package dev.reeve.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.wire.eigen_api.v1.DeviceInfo;
import dev.reeve.wire.eigen_api.v1.DeviceStatus;
import dev.reeve.wire.eigen_api.v1.DispatchRationale;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen_api.v1.JobResultsResponse;
import dev.reeve.wire.reeve.v1.Approval;
import dev.reeve.wire.reeve.v1.ConfigEntry;
import dev.reeve.wire.reeve.v1.ConfigSource;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.ExplainJobResponse;
import dev.reeve.wire.reeve.v1.GetConfigResponse;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.HealthComponent;
import dev.reeve.wire.reeve.v1.HealthStatus;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobError;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.Listener;
import dev.reeve.wire.reeve.v1.PolicyDecision;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import dev.reeve.wire.reeve.v1.Remediation;
import dev.reeve.wire.reeve.v1.ResultInfo;
import dev.reeve.wire.reeve.v1.StoreInfo;
import dev.reeve.wire.reeve.v1.WaitCause;
import dev.reeve.wire.reeve.v1.Worker;
import java.time.Instant;

/// Jobs, devices and workers as a server would describe them.
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private Samples() {}

  static Timestamp time(int secondsAfterNow) {
    return Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() + secondsAfterNow).build();
  }

  static Job.Builder job(String id, JobState state) {
    return Job.newBuilder()
        .setJobId(id)
        .setTenant("acme")
        .setDialect(Dialect.DIALECT_REEVE)
        .setTopic("job.echo")
        .setState(state)
        .setPriority(50)
        .setPrincipal("local-operator")
        .setCreatedAt(time(-60))
        .setUpdatedAt(time(-30))
        .setLastEventSeq(3);
  }

  static JobEvent.Builder event(String job, int seq, JobState state) {
    return JobEvent.newBuilder()
        .setJobId(job)
        .setEventSeq(seq)
        .setTime(time(seq))
        .setState(state)
        .setTerminal(Words.isTerminal(state));
  }

  static void completeWith(FakeServer server, String id, ByteString result, String contentType) {
    String hash = Sha256.of(Bytes.copyOf(result.toByteArray())).hex();
    server.results.put(id, result);
    server.jobs.put(
        id,
        job(id, JobState.JOB_STATE_COMPLETED)
            .setFinishedAt(time(-30))
            .setResult(
                ResultInfo.newBuilder()
                    .setContentType(contentType)
                    .setSizeBytes(result.size())
                    .setSha256(hash))
            .build());
  }

  /// One of everything that a command can show.
  static void fill(FakeServer server) {
    fillJobs(server);
    completeWith(server, "done", ByteString.copyFromUtf8("{\"echo\": 1}"), "application/json");
    completeWith(server, "words", ByteString.copyFromUtf8("hello <you>\n"), "text/plain");
    completeWith(server, "binary", ByteString.copyFrom(new byte[] {0, 1, 2, -1}), "image/png");
    server.jobs.put(
        "bell",
        job("bell", JobState.JOB_STATE_COMPLETED)
            .setDialect(Dialect.DIALECT_EIGEN)
            .setTopic("job.quantum.sim.local")
            .setName("bell")
            .build());
    server.circuitResults.put(
        "bell",
        JobResultsResponse.newBuilder()
            .setJobId("bell")
            .setState(dev.reeve.wire.eigen_api.v1.JobState.DONE)
            .putCounts("11", 497)
            .putCounts("00", 527)
            .putMetadata("seed", "7")
            .putMetadata("backend", "sim:local")
            .setCompletedAt(time(-30))
            .build());
    server.rationale =
        GetDispatchRationaleResponse.newBuilder()
            .setRationale(
                DispatchRationale.newBuilder()
                    .setVersion("1.0.0")
                    .setPolicyVersion("default/1")
                    .addReasonCodes("backend_selected")
                    .addReasonCodes("queue_selected")
                    .setSelectedBackend("sim:local")
                    .setSelectedQueue("scheduler:default")
                    .putAttributes("policy_branch", "allow")
                    .setTimelineRef("qfs://jobs/bell/timeline.jsonl"))
            .build();
    fillMachines(server);
  }

  private static void fillJobs(FakeServer server) {
    server.jobs.put(
        "run",
        job("run", JobState.JOB_STATE_EXECUTING)
            .setName("nightly report")
            .setStage("RUN")
            .setProgress(0.4)
            .setMessage("half\nway \033[2J")
            .setAttempt(2)
            .setWorkerId("worker-1")
            .putLabels("team", "blue")
            .setPolicy(
                PolicyOutcome.newBuilder()
                    .setDecision(PolicyDecision.POLICY_DECISION_ALLOW)
                    .setSnapshot("abc"))
            .build());
    server.jobs.put(
        "held",
        job("held", JobState.JOB_STATE_AWAITING_APPROVAL)
            .setPolicy(
                PolicyOutcome.newBuilder()
                    .setDecision(PolicyDecision.POLICY_DECISION_REQUIRE_APPROVAL)
                    .setRuleId("prod-needs-a-person")
                    .setReason("tagged prod"))
            .build());
    server.jobs.put(
        "failed",
        job("failed", JobState.JOB_STATE_FAILED)
            .setError(JobError.newBuilder().setCode("COMMAND_FAILED").setMessage("boom"))
            .setDeadLetter(true)
            .build());
    server.explanations.put(
        "run",
        ExplainJobResponse.newBuilder()
            .setJob(job("run", JobState.JOB_STATE_QUEUED))
            .setQueuePosition(3)
            .addCauses(
                WaitCause.newBuilder()
                    .setCode("NO_WORKER")
                    .setMessage("no connected worker serves job.echo"))
            .addCauses(
                WaitCause.newBuilder()
                    .setCode("RETRY_BACKOFF")
                    .setMessage("waits after attempt 1")
                    .setUntil(time(30)))
            .addBlockingJobIds("parent-1")
            .build());
    server.explanations.put(
        "held",
        ExplainJobResponse.newBuilder()
            .setJob(job("held", JobState.JOB_STATE_AWAITING_APPROVAL))
            .addRemediations(
                Remediation.newBuilder()
                    .setId("staging")
                    .setTitle("Use staging")
                    .setSummary("the same\u001b[31m data, a day old"))
            .addRemediations(Remediation.newBuilder().setId("small"))
            .build());
    server.explanations.put(
        "done",
        ExplainJobResponse.newBuilder()
            .setJob(job("done", JobState.JOB_STATE_COMPLETED))
            .setApproval(
                Approval.newBuilder()
                    .setPrincipal("bob")
                    .setComment("looks\u001b[31m right")
                    .setTime(time(5)))
            .build());
  }

  private static void fillMachines(FakeServer server) {
    server.devices.add(
        DeviceInfo.newBuilder()
            .setDeviceId("sim:local")
            .setName("State-vector simulator")
            .setBackendType("simulator")
            .setStatus(DeviceStatus.ONLINE)
            .setQueueDepth(2)
            .setEstimatedWaitSec(90)
            .putCapabilities("qubits", "24")
            .putCapabilities("formats", "QASM3_TEXT")
            .build());
    server.workers.listed.add(
        Worker.newBuilder()
            .setWorkerId("builtin:echo")
            .addTopics("job.echo")
            .setMaxParallel(1024)
            .setLastSeenAt(time(-900))
            .build());
    server.workers.listed.add(
        Worker.newBuilder()
            .setWorkerId("worker-1")
            .addTopics("job.default")
            .addTopics("job.mail.*")
            .setMaxParallel(4)
            .setRunning(1)
            .setConnectedAt(time(-600))
            .setLastSeenAt(time(-1))
            .setDraining(true)
            .build());
    server.config =
        GetConfigResponse.newBuilder()
            .addEntries(
                ConfigEntry.newBuilder()
                    .setKey("limits.preset")
                    .setValue("default")
                    .setSource(ConfigSource.CONFIG_SOURCE_DEFAULT))
            .addEntries(
                ConfigEntry.newBuilder()
                    .setKey("store.password")
                    .setValue("***")
                    .setSource(ConfigSource.CONFIG_SOURCE_ENVIRONMENT)
                    .setOrigin("REEVE_STORE_PASSWORD")
                    .setSecret(true))
            .build();
    server.info =
        GetServerInfoResponse.newBuilder()
            .setVersion(BuildVersion.text())
            .setDataFormat(1)
            .setStartedAt(time(-7_500))
            .addStores(
                StoreInfo.newBuilder()
                    .setRole("log")
                    .setKind("sqlite")
                    .setLocation("reeve-data/reeve.db"))
            .addListeners(Listener.newBuilder().setName("grpc").setAddress("127.0.0.1:50051"))
            .addHealth(
                HealthComponent.newBuilder()
                    .setName("store")
                    .setStatus(HealthStatus.HEALTH_STATUS_SERVING))
            .addHealth(
                HealthComponent.newBuilder()
                    .setName("policy")
                    .setStatus(HealthStatus.HEALTH_STATUS_DEGRADED)
                    .setMessage("the file is gone; the loaded rules stay"))
            .setPolicySnapshot("abc")
            .setPosture("normal")
            .build();
  }
}
