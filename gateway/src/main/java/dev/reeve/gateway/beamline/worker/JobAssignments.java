package dev.reeve.gateway.beamline.worker;

import dev.reeve.engine.ExecutorSession;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.job.Job;
import dev.reeve.job.JobHeader;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Work;
import dev.reeve.service.bus.BusMessage;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns attempts of our own jobs into assignments.
///
/// The job's id is the request id and the idempotency key: the same at each attempt. Its topic
/// without `job.` is the type. The worker makes no retries of its own: we do.
record JobAssignments(AssignmentIds ids, BeamlineWorkerSettings settings, InstantSource clock) {
  /// Stands where a routing decision would name a provider.
  private static final String PROVIDER = "reeve";

  private static final String REASON = "priority";
  private static final String TOPIC_PREFIX = "job.";
  private static final long MICROS_PER_MILLI = 1_000;

  /// The message for the workers on a subject.
  BusMessage message(ExecutorSession.Assignment given, long deadlineMs, String subject) {
    JobHeader job = given.job().header();
    WorkerOutput payload =
        new WorkerOutput(given.admission().spec().payload().contentType(), given.payload());
    int priority = job.placement().priority();
    WorkerAssignment assignment =
        new WorkerAssignment(
            ids.of(given.dispatch()),
            job.key().jobId(),
            job.key().tenant(),
            new WorkerAssignment.Executor(PROVIDER, WorkerAssignment.Executor.NATS, ""),
            new WorkerAssignment.Task(
                type(job.topic()),
                "",
                payload.bytes().isEmpty() ? Optional.empty() : Optional.of(payload.value())),
            new WorkerAssignment.Options(priority, deadlineMs, 1, 0, Map.of()),
            new AssignmentOrder.Correlation(
                job.origin().traceId(), "", "", "", "", job.key().jobId()),
            new WorkerAssignment.Decision(PROVIDER, priority, 0, 0, REASON, Map.of()),
            metadata(given, payload.encoding()));
    return new BusMessage(
        subject,
        "",
        AssignmentPublisher.headers(job.key().tenant(), job.origin().traceId()),
        AssignmentJson.write(assignment, settings.enveloped()));
  }

  /// How long the attempt may take: by the job's own limits, else by the configuration.
  long deadlineMs(Job job) {
    RunLimits limits = job.header().limits();
    long run = job.runTimeoutMicros() / MICROS_PER_MILLI;
    long deadline = run > 0 ? run : settings.deadlineMaxMs();
    if (limits.deadlineAtMicros() > 0) {
      long left = limits.deadlineAtMicros() / MICROS_PER_MILLI - clock.millis();
      deadline = run > 0 ? Math.min(deadline, left) : left;
    }
    return Math.max(1, deadline);
  }

  private static String type(String topic) {
    return topic.startsWith(TOPIC_PREFIX) ? topic.substring(TOPIC_PREFIX.length()) : topic;
  }

  /// What the contract has no other place for.
  private static Map<String, JsonValue> metadata(
      ExecutorSession.Assignment given, String encoding) {
    JobHeader job = given.job().header();
    Work work = given.admission().spec().work();
    Map<String, JsonValue> metadata = new LinkedHashMap<>();
    put(metadata, "job_id", job.key().jobId());
    put(metadata, "topic", job.topic());
    put(metadata, "dispatch", given.dispatch().toString());
    metadata.put("attempt", new JsonValue.Numeral(Integer.toString(given.dispatch().attempt())));
    if (job.limits().atMostOnce()) {
      metadata.put("at_most_once", new JsonValue.Truth(true));
    }
    if (!encoding.isEmpty()) {
      put(metadata, WorkerOutput.ENCODING, encoding);
    }
    putTexts(metadata, "labels", work.labels());
    putTexts(metadata, "job_metadata", work.metadata());
    return metadata;
  }

  private static void put(Map<String, JsonValue> metadata, String name, String text) {
    metadata.put(name, new JsonValue.Text(text));
  }

  private static void putTexts(
      Map<String, JsonValue> metadata, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      new TreeMap<>(texts).forEach((key, text) -> members.put(key, new JsonValue.Text(text)));
      metadata.put(name, new JsonValue.Members(members));
    }
  }
}
