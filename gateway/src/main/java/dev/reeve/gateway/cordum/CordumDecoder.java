package dev.reeve.gateway.cordum;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Text;
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
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checks a submit in the order of the contract (section 2.2) and puts it into the core's words.
final class CordumDecoder {
  private static final String PROMPT_TYPE = "text/plain; charset=utf-8";
  private static final String SECRET_REFERENCE = "secret://";
  private static final String SECRETS_TAG = "secrets";
  private static final String MEMORY_PREFIX = "mem:";
  private static final int LABELS_MAX = 50;
  private static final int LABEL_KEY_BYTES_MAX = 256;
  private static final int LABEL_VALUE_BYTES_MAX = 4096;
  private static final int TAGS_MAX = 1000;
  private static final int NAME_LENGTH_MAX = 256;
  private static final long DEADLINE_MS_MAX = Duration.ofDays(365).toMillis();

  private final CordumProfile profile;

  CordumDecoder(CordumProfile profile) {
    this.profile = profile;
  }

  /// @param caller for the tenant of the request
  /// @param call what the metadata of the call says for policy
  /// @param action id of the registered action
  SubmitRequest decode(Caller caller, SubmitJobRequest request, CallFacts call, String action) {
    String memoryId = memoryId(request.getMemoryId());
    String topic = request.getTopic().isEmpty() ? profile.topicDefault() : request.getTopic();
    check(request, topic);
    String principal = principal(caller, request);
    boolean secrets = request.getPrompt().contains(SECRET_REFERENCE);
    return new SubmitRequest(
        Optional.empty(),
        principal,
        new Work(
            "",
            topic,
            request.getCapability(),
            riskTags(call.riskTags(request.getRiskTagsList()), secrets),
            request.getRequiresList(),
            labels(request, call, secrets),
            metadata(request, memoryId, principal),
            Map.of(),
            new Claims(actorId(request, principal), request.getActorType(), request.getPackId())),
        new Placement(topic, "", profile.priority(request.getPriority()), List.of()),
        request.getDeadlineMs() == 0
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(request.getDeadlineMs())),
        Optional.empty(),
        RetryPolicy.DEFAULT,
        false,
        PROMPT_TYPE,
        Bytes.utf8(request.getPrompt()),
        idempotency(caller, request),
        0,
        action,
        Optional.empty());
  }

  /// The project that a request names, when it is one that we can keep.
  static Caller withProject(Caller caller, SubmitJobRequest request) {
    return Ids.isGiven(request.getProjectId())
        ? caller.withProject(request.getProjectId())
        : caller;
  }

  private static String memoryId(String given) {
    String id = given.startsWith(MEMORY_PREFIX) ? given.substring(MEMORY_PREFIX.length()) : given;
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(given.isEmpty() || !id.isBlank(), "memory_id", given, "mem: and a name")
        .line("memory_id", id, NAME_LENGTH_MAX)
        .throwIfAny();
    return id;
  }

  private void check(SubmitJobRequest request, String topic) {
    String prompt = request.getPrompt();
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(!prompt.isEmpty(), "prompt", prompt, "a text that is not empty")
        .require(
            Text.isUnicode(prompt) && prompt.indexOf('\0') < 0, "prompt", prompt, "Unicode text")
        .throwIfAny();
    int characters = prompt.codePointCount(0, prompt.length());
    if (characters > profile.promptCharactersMax()) {
      throw CordumProblems.PROMPT_OVER_TIER_LIMIT
          .field(
              "prompt",
              characters + " characters",
              "at most " + profile.promptCharactersMax() + " characters")
          .toException();
    }
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    String actorType = request.getActorType();
    fields
        .require(Topics.isTopic(topic), "topic", topic, Topics.SHAPE)
        .require(
            actorType.isEmpty() || actorType.equals("human") || actorType.equals("service"),
            "actor_type",
            actorType,
            "human, service or nothing")
        .require(
            request.getDeadlineMs() >= 0 && request.getDeadlineMs() <= DEADLINE_MS_MAX,
            "deadline_ms",
            request.getDeadlineMs(),
            "0 to 365 days")
        .line("adapter_id", request.getAdapterId(), NAME_LENGTH_MAX)
        .line("priority", request.getPriority(), NAME_LENGTH_MAX)
        .line("team_id", request.getTeamId(), NAME_LENGTH_MAX)
        .line("project_id", request.getProjectId(), NAME_LENGTH_MAX)
        .line("principal_id", request.getPrincipalId(), NAME_LENGTH_MAX)
        .line("idempotency_key", request.getIdempotencyKey(), NAME_LENGTH_MAX)
        .line("actor_id", request.getActorId(), NAME_LENGTH_MAX)
        .line("pack_id", request.getPackId(), NAME_LENGTH_MAX)
        .line("capability", request.getCapability(), NAME_LENGTH_MAX)
        .lines("risk_tags", request.getRiskTagsList(), TAGS_MAX - 1, NAME_LENGTH_MAX)
        .lines("requires", request.getRequiresList(), TAGS_MAX, NAME_LENGTH_MAX);
    checkLabels(fields, request);
    fields.throwIfAny();
  }

  private static void checkLabels(FieldChecks fields, SubmitJobRequest request) {
    int count = request.getLabelsCount();
    fields.require(count <= LABELS_MAX, "labels", count + " labels", "at most " + LABELS_MAX);
    new TreeMap<>(request.getLabelsMap())
        .forEach((key, value) -> {
          String path = "labels[" + Text.quoteForMessage(key) + "]";
          boolean keyFits = !key.isEmpty() && Bytes.utf8(key).size() <= LABEL_KEY_BYTES_MAX;
          boolean valueFits = Bytes.utf8(value).size() <= LABEL_VALUE_BYTES_MAX;
          fields
              .require(
                  keyFits && FieldChecks.isLine(key, LABEL_KEY_BYTES_MAX),
                  path,
                  key,
                  "a key of 1 to 256 bytes without control characters")
              .require(
                  valueFits && FieldChecks.isText(value, LABEL_VALUE_BYTES_MAX),
                  path,
                  value,
                  "a value of at most 4096 bytes of Unicode text");
        });
  }

  /// A credential's own name wins; the local operator acts for whom they name.
  private static String principal(Caller caller, SubmitJobRequest request) {
    boolean named = caller.localOperator() && !request.getPrincipalId().isEmpty();
    return named ? request.getPrincipalId() : caller.principal();
  }

  private static List<String> riskTags(List<String> given, boolean secrets) {
    List<String> tags = new ArrayList<>(given);
    if (secrets && !tags.contains(SECRETS_TAG)) {
      tags.add(SECRETS_TAG);
    }
    return tags;
  }

  private Map<String, String> labels(SubmitJobRequest request, CallFacts call, boolean secrets) {
    Map<String, String> labels = new HashMap<>(call.labels(request.getLabelsMap()));
    labels.put("_source", request.getPackId().isEmpty() ? "api" : "pack");
    if (Bytes.utf8(request.getPrompt()).size() <= profile.promptLabelBytesMax()) {
      labels.put("_content.prompt", request.getPrompt());
    }
    if (secrets) {
      labels.put("secrets_present", "true");
    }
    return labels;
  }

  private static String actorId(SubmitJobRequest request, String principal) {
    return request.getActorId().isEmpty() ? principal : request.getActorId();
  }

  private Map<String, String> metadata(
      SubmitJobRequest request, String memoryId, String principal) {
    Map<String, String> facts = new HashMap<>();
    facts.put("adapter_id", request.getAdapterId());
    facts.put("team_id", request.getTeamId());
    facts.put("project_id", request.getProjectId());
    facts.put("actor_id", actorId(request, principal));
    facts.put("actor_type", request.getActorType());
    facts.put("pack_id", request.getPackId());
    facts.put("memory_id", memoryId);
    facts.put("max_input_tokens", String.valueOf(profile.inputTokensMax()));
    facts.put("max_output_tokens", String.valueOf(profile.outputTokensMax()));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  /// The scope of the request's key when it is one that can have been taken.
  Optional<IdempotencyScope> usableKey(Caller caller, SubmitJobRequest request) {
    String key = request.getIdempotencyKey();
    boolean usable = !key.isEmpty() && FieldChecks.isLine(key, NAME_LENGTH_MAX);
    return usable
        ? Optional.of(new IdempotencyScope(caller.tenant(), "", profile.dialect(), key))
        : Optional.empty();
  }

  private Optional<Idempotency> idempotency(Caller caller, SubmitJobRequest request) {
    return usableKey(caller, request)
        .map(scope ->
            new Idempotency(
                scope,
                Fingerprints.of(request.toBuilder().clearIdempotencyKey().build()),
                Times.micros(profile.keyTtl()),
                profile.onMismatch()));
  }
}
