package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.Fingerprints;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.Topics;
import dev.reeve.job.Claims;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import dev.reeve.service.Caller;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.Times;
import dev.reeve.wire.cordum.agent.v1.ActorType;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.JobPriority;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the job of a packet into the core's words. Stateless.
final class RequestDecoder {
  /// Under which jobs of this contract are stored, by whatever way they came.
  static final String DIALECT = "cordum";

  static final int BATCH = 20;
  static final int INTERACTIVE = 50;
  static final int CRITICAL = 80;

  private static final Duration KEY_TTL = Duration.ofDays(90);
  private static final int LIST_MAX = 1_000;
  private static final int LABELS_MAX = 50;
  private static final int NAME_MAX = 256;
  private static final int LABEL_MAX = 4_096;
  private static final long DEADLINE_MS_MAX = Duration.ofDays(365).toMillis();

  private RequestDecoder() {}

  /// @param unread whether the input could not be found here
  /// @param action id of the registered action
  static SubmitRequest decode(
      Caller caller, JobRequest request, Bytes payload, boolean unread, String action) {
    String facts = RequestFacts.write(request, unread);
    Map<String, String> given = labels(request);
    check(request, facts, given);
    JobMetadata meta = request.getMeta();
    String principal = principal(caller, request);
    return new SubmitRequest(
        Optional.of(request.getJobId()),
        principal,
        new Work(
            "",
            request.getTopic(),
            meta.getCapability(),
            meta.getRiskTagsList(),
            meta.getRequiresList(),
            systemLabels(given, unread),
            metadata(request),
            Map.of(RequestFacts.ATTRIBUTE, facts),
            new Claims(
                meta.getActorId().isEmpty() ? principal : meta.getActorId(),
                actorType(meta.getActorType()),
                meta.getPackId())),
        new Placement(request.getTopic(), "", priority(request.getPriority()), List.of()),
        deadline(request),
        Optional.empty(),
        RetryPolicy.DEFAULT,
        false,
        ContentTypes.of(payload),
        payload,
        idempotency(caller, request),
        0,
        action,
        Optional.empty());
  }

  /// The tenant that a packet names; empty when it names none.
  static String tenant(JobRequest request) {
    List<String> named = new ArrayList<>();
    named.add(request.getTenantId());
    named.add(request.getMeta().getTenantId());
    named.add(request.getIdentity().getTenantId());
    named.removeIf(String::isEmpty);
    List<String> distinct = named.stream().distinct().toList();
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(
            distinct.size() <= 1,
            "tenant_id",
            String.join(", ", distinct),
            "the same in the job, its meta and its identity")
        .throwIfAny();
    return distinct.isEmpty() ? "" : distinct.getFirst();
  }

  private static void check(JobRequest request, String facts, Map<String, String> labels) {
    JobMetadata meta = request.getMeta();
    long deadlineMs = request.getBudget().getDeadlineMs();
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(Ids.isGiven(request.getJobId()), "job_id", request.getJobId(), Ids.GIVEN_SHAPE)
        .require(Topics.isTopic(request.getTopic()), "topic", request.getTopic(), Topics.SHAPE)
        .require(
            facts.length() <= RequestFacts.LENGTH_MAX,
            "job",
            facts.length() + " characters",
            "at most 64 KiB beside labels and input")
        .require(
            deadlineMs >= 0 && deadlineMs <= DEADLINE_MS_MAX,
            "budget.deadline_ms",
            deadlineMs,
            "0 to 365 days")
        .line("principal_id", request.getPrincipalId(), NAME_MAX)
        .line("memory_id", request.getMemoryId(), NAME_MAX)
        .line("adapter_id", request.getAdapterId(), NAME_MAX)
        .line("workflow_id", request.getWorkflowId(), NAME_MAX)
        .line("meta.actor_id", meta.getActorId(), NAME_MAX)
        .line("meta.pack_id", meta.getPackId(), NAME_MAX)
        .line("meta.capability", meta.getCapability(), NAME_MAX)
        .line("meta.idempotency_key", meta.getIdempotencyKey(), NAME_MAX)
        .lines("meta.risk_tags", meta.getRiskTagsList(), LIST_MAX, NAME_MAX)
        .lines("meta.requires", meta.getRequiresList(), LIST_MAX, NAME_MAX)
        .map("labels", labels, LABELS_MAX, NAME_MAX, LABEL_MAX)
        .throwIfAny();
  }

  /// Those of the job over those of its meta.
  private static Map<String, String> labels(JobRequest request) {
    Map<String, String> labels = new HashMap<>(request.getMeta().getLabelsMap());
    labels.putAll(request.getLabelsMap());
    return CallFacts.clientLabels(labels);
  }

  /// An input that nobody here could read is said so, for policy to judge.
  private static Map<String, String> systemLabels(Map<String, String> given, boolean unread) {
    Map<String, String> labels = new HashMap<>(given);
    labels.put("_source", "bus");
    if (unread) {
      labels.put("_content.unread", "true");
    }
    return labels;
  }

  private static Map<String, String> metadata(JobRequest request) {
    Map<String, String> facts = new HashMap<>();
    facts.put("adapter_id", request.getAdapterId());
    facts.put("memory_id", request.getMemoryId());
    facts.put("workflow_id", request.getWorkflowId());
    facts.put("parent_job_id", request.getParentJobId());
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  private static String principal(Caller caller, JobRequest request) {
    String named =
        request.getPrincipalId().isEmpty()
            ? request.getIdentity().getPrincipalId()
            : request.getPrincipalId();
    boolean trusted = caller.localOperator() || caller.isOnBus();
    return trusted && !named.isEmpty() ? named : caller.principal();
  }

  private static int priority(JobPriority priority) {
    return switch (priority) {
      case JOB_PRIORITY_BATCH -> BATCH;
      case JOB_PRIORITY_CRITICAL -> CRITICAL;
      case JOB_PRIORITY_INTERACTIVE, JOB_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> INTERACTIVE;
    };
  }

  private static String actorType(ActorType type) {
    return switch (type) {
      case ACTOR_TYPE_HUMAN -> "human";
      case ACTOR_TYPE_SERVICE -> "service";
      case ACTOR_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static Optional<Duration> deadline(JobRequest request) {
    long deadlineMs = request.getBudget().getDeadlineMs();
    return deadlineMs == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(deadlineMs));
  }

  private static Optional<Idempotency> idempotency(Caller caller, JobRequest request) {
    String key = request.getMeta().getIdempotencyKey();
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Idempotency(
                new IdempotencyScope(caller.tenant(), "", DIALECT, key),
                Fingerprints.of(request),
                Times.micros(KEY_TTL),
                Idempotency.OnMismatch.RETURN_FIRST));
  }
}
