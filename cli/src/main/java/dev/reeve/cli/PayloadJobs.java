package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.MediaTypes;
import dev.reeve.wire.reeve.v1.RetryPolicy;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes jobs that have a topic and a payload: from options, and from a job file with keys of the
/// same names. An option wins over the file; labels, tags and metadata add up.
final class PayloadJobs {
  /// Largest payload of a job.
  static final int PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;

  private static final Set<String> KEYS =
      Set.of(
          "at_most_once",
          "capability",
          "content_type",
          "deadline",
          "depends_on",
          "group",
          "idempotency_key",
          "idempotency_ttl",
          "job_id",
          "labels",
          "metadata",
          "name",
          "payload",
          "payload_file",
          "priority",
          "project",
          "requires",
          "retry",
          "risk_tags",
          "run_timeout",
          "tenant",
          "topic");
  private static final Set<String> RETRY_KEYS = Set.of("base_delay", "max_attempts", "max_delay");
  private static final int ATTEMPTS_MAX = 100;

  private PayloadJobs() {}

  /// A job of this payload and what the options say.
  static SubmitJobRequest of(byte[] payload, SubmitOptions options, String tenant) {
    SubmitJobRequest.Builder job =
        SubmitJobRequest.newBuilder()
            .setPayload(ByteString.copyFrom(payload))
            .setContentType(MediaTypes.guess(payload));
    return finish(job, options, tenant);
  }

  /// The job that a file describes.
  ///
  /// @param path where it was read, for files beside it
  static SubmitJobRequest ofFile(
      YamlMap file, String fileName, Path path, SubmitOptions options, String tenant) {
    SubmitJobRequest.Builder job = SubmitJobRequest.newBuilder();
    file.refuseOthers(KEYS);
    file.text("job_id").ifPresent(job::setJobId);
    file.text("topic").ifPresent(job::setTopic);
    file.text("name").ifPresent(job::setName);
    file.integer("priority", 0, SubmitOptions.PRIORITY_MAX).ifPresent(job::setPriority);
    job.putAllLabels(file.textMap("labels"));
    job.addAllRiskTags(file.texts("risk_tags"));
    file.text("capability").ifPresent(job::setCapability);
    job.addAllRequires(file.texts("requires"));
    job.putAllMetadata(file.textMap("metadata"));
    file.text("tenant").ifPresent(job::setTenant);
    file.text("project").ifPresent(job::setProject);
    file.text("group").ifPresent(job::setGroup);
    job.addAllDependsOn(file.texts("depends_on"));
    file.duration("deadline").map(PayloadJobs::span).ifPresent(job::setDeadline);
    file.duration("run_timeout").map(PayloadJobs::span).ifPresent(job::setRunTimeout);
    job.setAtMostOnce(file.flag("at_most_once"));
    file.text("idempotency_key").ifPresent(job::setIdempotencyKey);
    file.duration("idempotency_ttl").map(PayloadJobs::span).ifPresent(job::setIdempotencyTtl);
    if (file.has("retry")) {
      job.setRetry(retry(file.map("retry")));
    }
    Optional<String> payloadFile = file.text("payload_file");
    if (payloadFile.isPresent() && file.has("payload")) {
      file.complain("payload_file", "one too many (expected: payload or payload_file)");
    }
    file.throwProblems(fileName);
    byte[] payload =
        payloadFile
            .map(name ->
                LocalFiles.read(path.resolveSibling(LocalFiles.path(name)), PAYLOAD_BYTES_MAX))
            .orElseGet(() -> inline(fileName, file.raw("payload")));
    job.setPayload(ByteString.copyFrom(payload));
    job.setContentType(file.text("content_type").orElseGet(() -> MediaTypes.guess(payload)));
    return finish(job, options, tenant);
  }

  static com.google.protobuf.Duration span(Duration span) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(span.getSeconds())
        .setNanos(span.getNano())
        .build();
  }

  private static SubmitJobRequest finish(
      SubmitJobRequest.Builder job, SubmitOptions options, String tenant) {
    options.priorityNumber().ifPresent(job::setPriority);
    Optional.ofNullable(options.topic).ifPresent(job::setTopic);
    Optional.ofNullable(options.name).ifPresent(job::setName);
    job.putAllLabels(SubmitOptions.map(options.labels)).addAllRiskTags(options.riskTags);
    Optional.ofNullable(options.capability).ifPresent(job::setCapability);
    job.addAllRequires(options.requires).putAllMetadata(SubmitOptions.map(options.metadata));
    Optional.ofNullable(options.project).ifPresent(job::setProject);
    Optional.ofNullable(options.group).ifPresent(job::setGroup);
    job.addAllDependsOn(options.dependsOn);
    Optional.ofNullable(options.deadline).map(PayloadJobs::span).ifPresent(job::setDeadline);
    Optional.ofNullable(options.runTimeout).map(PayloadJobs::span).ifPresent(job::setRunTimeout);
    if (options.attempts != null) {
      job.getRetryBuilder().setMaxAttempts(options.attempts);
    }
    job.setAtMostOnce(job.getAtMostOnce() || options.atMostOnce);
    Optional.ofNullable(options.jobId).ifPresent(job::setJobId);
    Optional.ofNullable(options.idempotencyKey).ifPresent(job::setIdempotencyKey);
    Optional.ofNullable(options.contentType).ifPresent(job::setContentType);
    if (!tenant.isEmpty()) {
      job.setTenant(tenant);
    }
    if (job.getTopic().isEmpty()) {
      throw CliProblems.ARGUMENT_INVALID
          .because("topic: missing (expected: --topic TOPIC, for example job.echo)")
          .toException();
    }
    return job.build();
  }

  private static RetryPolicy retry(YamlMap map) {
    RetryPolicy.Builder retry = RetryPolicy.newBuilder();
    map.refuseOthers(RETRY_KEYS);
    map.integer("max_attempts", 1, ATTEMPTS_MAX).ifPresent(retry::setMaxAttempts);
    map.duration("base_delay").map(PayloadJobs::span).ifPresent(retry::setBaseDelay);
    map.duration("max_delay").map(PayloadJobs::span).ifPresent(retry::setMaxDelay);
    return retry.build();
  }

  /// A text as its bytes, anything else as JSON.
  private static byte[] inline(String fileName, @Nullable Object payload) {
    if (payload == null) {
      return new byte[0];
    }
    if (payload instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Json.withNulls(JsonTrees.of(payload)).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because(fileName + ": payload: " + e.getMessage())
          .toException();
    }
  }
}
