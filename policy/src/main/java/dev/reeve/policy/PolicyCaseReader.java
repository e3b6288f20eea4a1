package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a file of policy cases. Used once, by one thread.
final class PolicyCaseReader {
  private static final int CASES_MAX = 10_000;
  private static final int REPEAT_MAX = 10_000;
  private static final int CONTENT_LENGTH_MAX = 65_536;

  private static final List<String> CASE = List.of("name", "request", "repeat", "expect");
  private static final List<String> REQUEST =
      List.of(
          "tenant",
          "topic",
          "capability",
          "risk_tags",
          "labels",
          "principal",
          "actor_id",
          "actor_type",
          "pack_id",
          "requires",
          "job_id",
          "estimated_cost",
          "agent",
          "content",
          "content_type",
          "content_size",
          "safety");
  private static final List<String> EXPECT = List.of("decision", "rule", "reason_code", "reason");
  private static final Map<String, ReasonCode> CODES = codes();

  private final YamlValues values;

  PolicyCaseReader(YamlValues values) {
    this.values = values;
  }

  List<PolicyCase> cases(YamlNode root) {
    Section file = new Section(values, root, "", List.of("cases"));
    if (!file.has("cases")) {
      file.fault("cases", "missing (expected: a list of cases)");
    }
    List<PolicyCase> cases = new ArrayList<>();
    for (YamlNode node : file.items("cases", CASES_MAX)) {
      cases.add(read(new Section(values, node, "cases[" + cases.size() + "]", CASE)));
    }
    return cases;
  }

  private static PolicyCase read(Section section) {
    String name = section.words("name");
    Section request = section.child("request", REQUEST);
    Section expect = section.child("expect", EXPECT);
    if (request == null) {
      section.fault("request", "missing (expected: a request)");
    }
    if (expect == null || !expect.has("decision")) {
      section.fault("expect", "missing (expected: a decision at least)");
    }
    return new PolicyCase(
        name.isEmpty() ? section.path() : name,
        section.node().place().line(),
        request == null ? PolicyInput.of("", "") : request(request),
        (int) section.whole("repeat", 1, REPEAT_MAX, 1),
        expectation(expect));
  }

  private static PolicyInput request(Section request) {
    Map<String, String> labels = request.labels("labels");
    Section agent = request.child("agent", List.of("risk_tier", "data_classifications"));
    JobFacts facts =
        new JobFacts(
            request.name("job_id"),
            request.name("pack_id"),
            request.name("actor_id"),
            request.name("actor_type"),
            request.textsOrNone("requires"),
            request.number("estimated_cost", 0),
            Scope.ofLabels(request.name("job_id"), labels),
            agent == null
                ? Optional.empty()
                : Optional.of(
                    new AgentFacts(
                        agent.name("risk_tier"), agent.textsOrNone("data_classifications"))),
            DelegationFacts.ofLabels(labels));
    return new PolicyInput(
            request.name("tenant"),
            request.text("topic", Section.VALUE_LENGTH_MAX),
            request.name("capability"),
            request.textsOrNone("risk_tags"),
            labels,
            request.name("principal"))
        .withFacts(facts)
        .withContent(
            new InputContent(
                Bytes.utf8(request.text("content", CONTENT_LENGTH_MAX)),
                request.name("content_type"),
                request.whole("content_size", 0, Long.MAX_VALUE, 0)))
        .withSafety(
            safety(request.child("safety", List.of("denied_topics", "allowed_topics", "mcp"))));
  }

  private static SafetyConfig safety(@Nullable Section safety) {
    return safety == null
        ? SafetyConfig.NONE
        : new SafetyConfig(
            safety.textsOrNone("denied_topics"),
            safety.textsOrNone("allowed_topics"),
            MatchReader.mcp(safety));
  }

  private static PolicyCase.Expectation expectation(@Nullable Section expect) {
    if (expect == null) {
      return new PolicyCase.Expectation(
          Decision.DENY, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Decision decision = expect.choice("decision", RuleReader.DECISIONS, "a decision such as deny");
    ReasonCode code = expect.choice("reason_code", CODES, "a reason code such as RULE_MATCHED");
    String rule = expect.text("rule", Section.NAME_LENGTH_MAX);
    return new PolicyCase.Expectation(
        decision == null ? Decision.DENY : decision,
        rule.isEmpty() ? Optional.empty() : Optional.of(rule.equals("-") ? "" : rule),
        Optional.ofNullable(code),
        expect.has("reason") ? Optional.of(expect.words("reason")) : Optional.empty());
  }

  private static Map<String, ReasonCode> codes() {
    Map<String, ReasonCode> words = new LinkedHashMap<>();
    for (ReasonCode code : ReasonCode.values()) {
      words.put(code.name(), code);
    }
    return words;
  }
}
