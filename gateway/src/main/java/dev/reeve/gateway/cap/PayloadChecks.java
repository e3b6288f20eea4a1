package dev.reeve.gateway.cap;

import dev.reeve.base.Ids;
import dev.reeve.gateway.Topics;
import dev.reeve.wire.cordum.agent.v1.Budget;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import dev.reeve.wire.cordum.agent.v1.JobPriority;
import dev.reeve.wire.cordum.agent.v1.JobProgress;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.cordum.agent.v1.SystemAlert;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the contract wants of each payload before it is looked at further (section 1.5), and the
/// bounds of what we keep of it.
final class PayloadChecks {
  static final int TOPICS_MAX = 256;
  private static final int LIST_MAX = 256;
  private static final int TEXT_MAX = 4096;
  private static final int PARALLEL_MAX = 10_000;

  private PayloadChecks() {}

  static Optional<PacketFault> fault(BusPacket packet) {
    String wrong =
        switch (packet.getPayloadCase()) {
          case JOB_REQUEST -> request(packet.getJobRequest());
          case JOB_RESULT -> result(packet.getJobResult());
          case JOB_PROGRESS -> progress(packet.getJobProgress());
          case JOB_CANCEL -> jobId("job_cancel.job_id", packet.getJobCancel().getJobId());
          case HEARTBEAT -> heartbeat(packet.getHeartbeat());
          case HANDSHAKE -> handshake(packet.getHandshake());
          case ALERT -> alert(packet.getAlert());
          case WORKER_HANDSHAKE_CHALLENGE_REQUEST,
              WORKER_HANDSHAKE_CHALLENGE,
              WORKER_HANDSHAKE_AUTHENTICATE,
              WORKER_HANDSHAKE_RESULT,
              PAYLOAD_NOT_SET ->
              "";
        };
    return wrong.isEmpty() ? Optional.empty() : Optional.of(PacketFault.malformed(wrong));
  }

  private static String request(JobRequest request) {
    Budget budget = request.getBudget();
    boolean negative =
        budget.getMaxInputTokens() < 0
            || budget.getMaxOutputTokens() < 0
            || budget.getMaxTotalTokens() < 0
            || budget.getDeadlineMs() < 0;
    return first(
        jobId("job_request.job_id", request.getJobId()),
        wrong(!Topics.isTopic(request.getTopic()), "job_request.topic: expected " + Topics.SHAPE),
        wrong(
            request.getPriority() == JobPriority.UNRECOGNIZED,
            "job_request.priority: unknown (expected: one of the contract)"),
        wrong(request.getStepIndex() < 0, "job_request.step_index: negative (expected: from 0)"),
        wrong(negative, "job_request.budget: negative (expected: from 0)"));
  }

  private static String result(JobResult result) {
    boolean unknown =
        result.getStatus() == JobStatus.UNRECOGNIZED
            || result.getStatus() == JobStatus.JOB_STATUS_UNSPECIFIED;
    return first(
        jobId("job_result.job_id", result.getJobId()),
        wrong(unknown, "job_result.status: unknown (expected: one of the contract)"),
        workerId("job_result.worker_id", result.getWorkerId()),
        wrong(result.getExecutionMs() < 0, "job_result.execution_ms: negative (expected: from 0)"));
  }

  private static String progress(JobProgress progress) {
    return first(
        jobId("job_progress.job_id", progress.getJobId()),
        wrong(
            progress.getPercent() < 0 || progress.getPercent() > 100,
            "job_progress.percent: " + progress.getPercent() + " (expected: 0 to 100)"));
  }

  private static String heartbeat(Heartbeat beat) {
    boolean loads =
        isLoad(beat.getCpuLoad())
            && isLoad(beat.getGpuUtilization())
            && isLoad(beat.getMemoryLoad());
    return first(
        workerId("heartbeat.worker_id", beat.getWorkerId()),
        wrong(!loads, "heartbeat.cpu_load, gpu_utilization, memory_load: expected percent"),
        wrong(
            beat.getActiveJobs() < 0 || beat.getMaxParallelJobs() < 0,
            "heartbeat.active_jobs, max_parallel_jobs: negative (expected: from 0)"),
        wrong(
            beat.getMaxParallelJobs() > PARALLEL_MAX,
            "heartbeat.max_parallel_jobs: expected at most 10000"),
        texts("heartbeat.capabilities", beat.getCapabilitiesList()),
        labels("heartbeat.labels", beat.getLabelsMap()),
        wrong(beat.getPool().length() > TEXT_MAX, "heartbeat.pool: too long"));
  }

  private static String handshake(Handshake handshake) {
    boolean topics =
        handshake.getReadyTopicsCount() <= TOPICS_MAX
            && handshake.getReadyTopicsList().stream().allMatch(Topics::isTopic);
    return first(
        workerId("handshake.component_id", handshake.getComponentId()),
        wrong(!topics, "handshake.ready_topics: expected at most 256, each " + Topics.SHAPE),
        texts("handshake.capabilities", List.copyOf(handshake.getCapabilitiesMap().keySet())),
        wrong(
            !handshake.getSupportedVersionsList().isEmpty()
                && !handshake.getSupportedVersionsList().contains(PacketCodec.PROTOCOL_VERSION),
            "handshake.supported_versions: expected 1 among them"));
  }

  private static String alert(SystemAlert alert) {
    return wrong(
        alert.getMessage().length() > TEXT_MAX || alert.getDetailsCount() > LIST_MAX,
        "alert: too long (expected: at most 4096 characters and 256 details)");
  }

  private static boolean isLoad(float percent) {
    return percent >= 0 && percent <= 10_000;
  }

  private static String jobId(String field, String id) {
    return wrong(!Ids.isGiven(id), field + ": expected " + Ids.GIVEN_SHAPE);
  }

  /// Worker ids become parts of subjects.
  private static String workerId(String field, String id) {
    return wrong(!Subjects.isWorkerId(id), field + ": expected " + Subjects.WORKER_ID_SHAPE);
  }

  private static String texts(String field, List<String> values) {
    boolean fit =
        values.size() <= LIST_MAX && values.stream().allMatch(text -> text.length() <= TEXT_MAX);
    return wrong(!fit, field + ": too much (expected: at most 256 texts)");
  }

  private static String labels(String field, Map<String, String> values) {
    boolean fit =
        values.size() <= LIST_MAX
            && values.entrySet().stream()
                .allMatch(label ->
                    label.getKey().length() <= TEXT_MAX && label.getValue().length() <= TEXT_MAX);
    return wrong(!fit, field + ": too much (expected: at most 256 labels)");
  }

  private static String wrong(boolean is, String message) {
    return is ? message : "";
  }

  private static String first(String... messages) {
    for (String message : messages) {
      if (!message.isEmpty()) {
        return message;
      }
    }
    return "";
  }
}
