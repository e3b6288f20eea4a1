package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Policies that differ in what they say to the same questions, and what each says to each by an
/// evaluation without a server. Immutable.
final class ReloadPolicies {
  private static final int POLICIES = 6;
  private static final int TOPICS = 100;
  private static final int JOB_TOPICS = 10;
  private static final String TENANT = "default";
  private static final String ENVIRONMENT = "env";
  private static final List<String> WORDS =
      List.of("allow", "deny", "require_approval", "throttle", "deny");

  /// @param text of the file
  /// @param snapshot what it is when loaded
  record Policy(String text, PolicySnapshot snapshot) {}

  private record Question(PolicyInput input, PolicyCheckRequest request) {}

  private final List<Policy> policies = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private final Map<String, List<PolicyDecision>> decisions = new HashMap<>();

  ReloadPolicies() {
    for (int i = 0; i < TOPICS * 2; i++) {
      questions.add(question(i));
    }
    for (int i = 0; i < POLICIES; i++) {
      String text = text(i);
      PolicySnapshot snapshot = PolicyFile.load(Bytes.utf8(text)).orThrow("policy " + i);
      policies.add(new Policy(text, snapshot));
      decisions.put(
          snapshot.id(),
          questions.stream().map(question -> snapshot.decide(question.input())).toList());
    }
  }

  int size() {
    return policies.size();
  }

  Policy policy(int index) {
    return policies.get(index);
  }

  int questions() {
    return questions.size();
  }

  PolicyCheckRequest request(int question) {
    return questions.get(question).request();
  }

  /// A topic that jobs are submitted for: allowed by some of the policies, denied by the others.
  static String jobTopic(int number) {
    return "job.run." + number % JOB_TOPICS;
  }

  /// How an answer differs from the offline one under the snapshot that it names; empty when it
  /// does not.
  Optional<String> difference(int question, PolicyCheckResponse answer) {
    List<PolicyDecision> offline = decisions.get(answer.getPolicySnapshot());
    if (offline == null) {
      return Optional.of("snapshot " + answer.getPolicySnapshot() + " is none of ours: " + answer);
    }
    PolicyDecision expected = offline.get(question);
    boolean same =
        answer.getDecision() == type(expected.decision())
            && answer.getRuleId().equals(expected.ruleId())
            && answer.getReason().equals(expected.reason());
    return same ? Optional.empty() : Optional.of(answer + " (expected: " + expected + ")");
  }

  /// The same of a job that was admitted, or of its refusal.
  Optional<String> difference(String topic, boolean admitted, PolicyOutcome outcome) {
    @Nullable PolicySnapshot snapshot =
        policies.stream()
            .map(Policy::snapshot)
            .filter(known -> known.id().equals(outcome.getSnapshot()))
            .findFirst()
            .orElse(null);
    if (snapshot == null) {
      return Optional.of("snapshot " + outcome.getSnapshot() + " is none of ours: " + outcome);
    }
    PolicyDecision expected = snapshot.decide(PolicyInput.of(TENANT, topic));
    boolean same =
        expected.decision().permits() == admitted && expected.ruleId().equals(outcome.getRuleId());
    return same ? Optional.empty() : Optional.of(outcome + " (expected: " + expected + ")");
  }

  private static Question question(int number) {
    String topic = "job.reload." + number % TOPICS;
    String environment = number < TOPICS ? "prod" : "dev";
    Map<String, String> labels = Map.of(ENVIRONMENT, environment);
    return new Question(
        new PolicyInput(TENANT, topic, "", List.of(), labels, "bench"),
        PolicyCheckRequest.newBuilder()
            .setJobId("reload-" + number)
            .setTenant(TENANT)
            .setTopic(topic)
            .setPrincipalId("bench")
            .putLabels(ENVIRONMENT, environment)
            .build());
  }

  /// A rule for each topic; what it says moves on by one from policy to policy.
  private static String text(int number) {
    StringBuilder text =
        new StringBuilder(
            "version: \"reload-%d\"\ndefault_decision: deny\nrules:\n".formatted(number));
    for (int topic = 0; topic < TOPICS; topic++) {
      text.append(
          """
            - id: p%d-%d
              match: {topics: ["job.reload.%d"], labels: {env: prod}}
              decision: %s
              reason: policy %d on topic %d
          """
              .formatted(
                  number, topic, topic, WORDS.get((number + topic) % WORDS.size()), number, topic));
    }
    for (int topic = 0; topic < JOB_TOPICS; topic++) {
      text.append(
          """
            - id: p%d-run-%d
              match: {topics: ["job.run.%d"]}
              decision: %s
          """
              .formatted(number, topic, topic, (number + topic) % 2 == 0 ? "allow" : "deny"));
    }
    text.append(
        """
          - id: p%d-rest
            match: {topics: ["job.reload.*[%d-9]"]}
            decision: allow
        """
            .formatted(number, number));
    return text.toString();
  }

  private static DecisionType type(Decision decision) {
    return switch (decision) {
      case ALLOW -> DecisionType.DECISION_TYPE_ALLOW;
      case DENY -> DecisionType.DECISION_TYPE_DENY;
      case REQUIRE_APPROVAL -> DecisionType.DECISION_TYPE_REQUIRE_HUMAN;
      case THROTTLE -> DecisionType.DECISION_TYPE_THROTTLE;
      case ALLOW_WITH_CONSTRAINTS -> DecisionType.DECISION_TYPE_ALLOW_WITH_CONSTRAINTS;
    };
  }
}
