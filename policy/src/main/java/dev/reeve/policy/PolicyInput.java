package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a policy sees of a request.
///
/// @param tenant the request's tenant, or else the one of its metadata; blank when neither is given
/// @param topic what kind of work it is, such as `job.ops.restart`
/// @param capability what the work needs; blank when not said
/// @param riskTags what makes the work risky, in the words of the caller
/// @param labels further facts by name
/// @param principal who asks; blank when unknown
/// @param facts what else is known
/// @param content what comes with it
/// @param safety what the owner's configuration says
public record PolicyInput(
    String tenant,
    String topic,
    String capability,
    List<String> riskTags,
    Map<String, String> labels,
    String principal,
    JobFacts facts,
    InputContent content,
    SafetyConfig safety) {
  /// Longest topic in UTF-16 units; a longer one is denied.
  public static final int TOPIC_LENGTH_MAX = 256;

  /// Most risk tags; a request with more is denied.
  public static final int RISK_TAGS_MAX = 1000;

  /// Most labels; a request with more is denied.
  public static final int LABELS_MAX = 1000;

  private static final String SECRETS = "secrets_present";
  private static final Set<String> YES = Set.of("true", "1", "yes");
  private static final String PROMPT_LABEL = "_content.prompt";

  public PolicyInput {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(capability, "capability");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(safety, "safety");
    riskTags = List.copyOf(riskTags);
    labels = Map.copyOf(labels);
  }

  /// A request of which no more is known.
  public PolicyInput(
      String tenant,
      String topic,
      String capability,
      List<String> riskTags,
      Map<String, String> labels,
      String principal) {
    this(
        tenant,
        topic,
        capability,
        riskTags,
        labels,
        principal,
        JobFacts.NONE,
        InputContent.NONE,
        SafetyConfig.NONE);
  }

  /// A request of a tenant for a topic, with nothing else said.
  public static PolicyInput of(String tenant, String topic) {
    return new PolicyInput(tenant, topic, "", List.of(), Map.of(), "");
  }

  /// The same request with other risk tags.
  PolicyInput withRiskTags(List<String> tags) {
    return new PolicyInput(
        tenant, topic, capability, tags, labels, principal, facts, content, safety);
  }

  /// The same request, of which this is known too.
  public PolicyInput withFacts(JobFacts more) {
    return new PolicyInput(
        tenant, topic, capability, riskTags, labels, principal, more, content, safety);
  }

  /// The same request with content.
  public PolicyInput withContent(InputContent more) {
    return new PolicyInput(
        tenant, topic, capability, riskTags, labels, principal, facts, more, safety);
  }

  /// The same request under a configuration.
  public PolicyInput withSafety(SafetyConfig more) {
    return new PolicyInput(
        tenant, topic, capability, riskTags, labels, principal, facts, content, more);
  }

  /// Who acts: the actor that was named, else the principal.
  public String actorId() {
    return facts.actorId().isBlank() ? principal : facts.actorId();
  }

  /// Whether secrets come with the work. A label or a tag may say so; neither can deny it.
  public boolean secretsPresent() {
    return YES.contains(Probe.fold(labels.getOrDefault(SECRETS, "")))
        || Names.isIn("secrets", riskTags);
  }

  /// The content, or the prompt that a label carries in its place.
  InputContent contentOrPrompt() {
    String prompt = labels.getOrDefault(PROMPT_LABEL, "");
    return content.bytes().size() > 0 || prompt.isEmpty()
        ? content
        : new InputContent(Bytes.utf8(prompt), content.type(), content.sizeBytes());
  }
}
