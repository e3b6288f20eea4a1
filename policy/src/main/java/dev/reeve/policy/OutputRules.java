package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The output rules of one policy, compiled. The first rule whose conditions all hold decides; an
/// output that meets none may go. Immutable; safe on any thread.
public final class OutputRules {
  /// Scanners, and their other names, for whose sake an output that was not looked at whole is
  /// held.
  private static final Set<String> SENSITIVE =
      Set.of("secret", "secret_leak", "pii", "injection", "code_injection", "prompt_injection");

  private record Compiled(OutputRule rule, List<GoGlob> topics) {}

  private final String snapshot;
  private final String defaultTenant;
  private final boolean applies;
  private final boolean failClosed;
  private final boolean sensitive;
  private final boolean readsSubmission;
  private final List<Compiled> rules;
  private final List<List<GoGlob>> streaming;

  OutputRules(PolicyDocument document, String snapshot) {
    PolicyDocument.More more = document.more();
    this.snapshot = snapshot;
    this.defaultTenant = document.defaultTenant().isBlank() ? "default" : document.defaultTenant();
    this.applies = !snapshot.isEmpty() && more.outputPolicy().applies(more.outputRules().size());
    this.failClosed = more.outputPolicy().failClosed().orElse(false);
    this.rules =
        more.outputRules().stream()
            .filter(OutputRule::enabled)
            .map(rule ->
                new Compiled(rule, rule.match().topics().stream().map(GoGlob::compile).toList()))
            .toList();
    this.sensitive =
        rules.stream()
            .flatMap(compiled -> compiled.rule().match().scanners().stream())
            .anyMatch(SENSITIVE::contains);
    this.streaming = streaming(more.outputPolicy());
    this.readsSubmission =
        applies
            && rules.stream()
                .map(compiled -> compiled.rule().match())
                .anyMatch(match -> !(match.capabilities().isEmpty() && match.riskTags().isEmpty()));
  }

  private static List<List<GoGlob>> streaming(OutputPolicy policy) {
    List<List<String>> said =
        policy.streaming().isEmpty()
            ? List.of(List.of(OutputPolicy.STREAMING_UNSAID))
            : policy.streaming();
    return said.stream().map(topics -> topics.stream().map(GoGlob::compile).toList()).toList();
  }

  /// Whether what is made on a topic may leave piece by piece; else it leaves as a whole.
  public boolean mayStream(String topic) {
    return streaming.stream()
        .allMatch(permitted -> permitted.stream().anyMatch(glob -> glob.matches(topic)));
  }

  /// Whether outputs are checked at all.
  public boolean applies() {
    return applies;
  }

  /// Whether an output that could not be checked is held back; else it goes.
  public boolean failClosed() {
    return failClosed;
  }

  /// Whether a rule asks for what a job was submitted with: capability or risk tags.
  public boolean readsSubmission() {
    return readsSubmission;
  }

  /// Id of the policy; empty when there is none.
  public String snapshot() {
    return snapshot;
  }

  /// The rules in force, in their order.
  public List<OutputRule> all() {
    return rules.stream().map(Compiled::rule).toList();
  }

  /// The rules that an output may meet, by all but its content, up to the first that it meets for
  /// certain.
  public List<OutputRule> candidates(OutputFacts facts) {
    List<OutputRule> candidates = new ArrayList<>();
    if (!applies) {
      return candidates;
    }
    for (Compiled compiled : rules) {
      if (fits(compiled, facts)) {
        candidates.add(compiled.rule());
        if (!compiled.rule().match().readsContent()) {
          break;
        }
      }
    }
    return candidates;
  }

  /// The verdict on an output.
  ///
  /// @param candidates from [#candidates]
  /// @param look what was found, at least for these rules
  public OutputVerdict decide(List<OutputRule> candidates, OutputLook look) {
    OutputVerdict verdict = firstMatch(candidates, look);
    return look.truncated() && sensitive && verdict.action() != OutputRule.Action.QUARANTINE
        ? verdict.quarantined(
            OutputFinding.whole(
                OutputFinding.CONTENT_TRUNCATED, "not all of the content was looked at"))
        : verdict;
  }

  private OutputVerdict firstMatch(List<OutputRule> candidates, OutputLook look) {
    for (OutputRule rule : candidates) {
      Optional<String> missing = failClosed ? look.missingScanner(rule) : Optional.empty();
      if (missing.isPresent()) {
        return allowed()
            .quarantined(
                OutputFinding.whole(
                    OutputFinding.OUTPUT_NOT_SCANNED,
                    "scanner " + missing.get() + " of rule " + rule.id() + " does not exist"));
      }
      Optional<List<OutputFinding>> findings = findings(rule, look);
      if (findings.isPresent()) {
        return matched(rule, findings.get());
      }
    }
    return allowed();
  }

  /// The verdict on an output that could not be looked at in time or at all.
  public OutputVerdict notChecked(String why) {
    OutputFinding finding = OutputFinding.whole(OutputFinding.OUTPUT_NOT_SCANNED, why);
    return failClosed
        ? allowed().quarantined(finding)
        : new OutputVerdict(
            OutputRule.Action.ALLOW, why, Optional.empty(), snapshot, List.of(finding));
  }

  /// The verdict on an output behind a pointer that cannot be read.
  public OutputVerdict unreadable() {
    return allowed()
        .quarantined(
            OutputFinding.whole(
                OutputFinding.POINTER_UNREADABLE, "the output behind the pointer cannot be read"));
  }

  /// The verdict on an output that no rule is about.
  public OutputVerdict allowed() {
    return new OutputVerdict(OutputRule.Action.ALLOW, "", Optional.empty(), snapshot, List.of());
  }

  private OutputVerdict matched(OutputRule rule, List<OutputFinding> findings) {
    String reason = rule.reason();
    if (reason.isEmpty()) {
      reason = findings.isEmpty() ? "output rule " + rule.id() : findings.getFirst().detail();
    }
    return new OutputVerdict(rule.decision(), reason, Optional.of(rule), snapshot, findings);
  }

  /// What makes the rule match, whose other conditions hold; empty when one thing it looks for in
  /// the content is not there.
  private static Optional<List<OutputFinding>> findings(OutputRule rule, OutputLook look) {
    ContentMatch match = rule.match();
    List<OutputFinding> all = new ArrayList<>();
    boolean every =
        (match.scanners().isEmpty() || all.addAll(look.ofScanners(rule)))
            && (match.patterns().isEmpty() || all.addAll(look.ofPatterns(rule)))
            && (match.keywords().isEmpty() || all.addAll(look.ofKeywords(rule)));
    return every ? Optional.of(all) : Optional.empty();
  }

  private boolean fits(Compiled compiled, OutputFacts facts) {
    OutputRule rule = compiled.rule();
    ContentMatch match = rule.match();
    String tenant = facts.tenant().isBlank() ? defaultTenant : facts.tenant();
    return (match.tenants().isEmpty() || Names.isIn(tenant, match.tenants()))
        && (compiled.topics().isEmpty()
            || compiled.topics().stream().anyMatch(topic -> topic.matches(facts.topic())))
        && (match.capabilities().isEmpty()
            || Names.isAnyIn(facts.capabilities(), match.capabilities()))
        && (match.riskTags().isEmpty() || Names.isAnyIn(facts.riskTags(), match.riskTags()))
        && (match.contentTypes().isEmpty() || match.hasContentType(facts.contentType()))
        && (match.sizeAbove().isEmpty() || facts.sizeBytes() > match.sizeAbove().getAsLong())
        && (rule.hasError().isEmpty() || rule.hasError().get() == facts.hasError());
  }
}
