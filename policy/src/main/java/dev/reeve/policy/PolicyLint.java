package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Looks for rules that are probably not meant. Pure; takes time in proportion to the square of the
/// number of rules, up to a bound.
public final class PolicyLint {
  /// A rule is compared with at most so many rules before it.
  static final int COMPARED_MAX = 10_000;

  /// `job.` and names with dots between them, each of which begins and ends with a letter or digit.
  private static final Pattern TOPIC =
      Pattern.compile("job(?:\\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+");

  private record Earlier(PolicyRule rule, RuleCover cover) {}

  private PolicyLint() {}

  /// Everything that deserves a look, in the order of the policy.
  public static List<LintFinding> check(PolicyDocument policy) {
    List<LintFinding> findings = new ArrayList<>();
    if (policy.defaultDecision() == Decision.ALLOW) {
      findings.add(
          new LintFinding(
              LintFinding.Kind.TOO_WIDE_ALLOW,
              "",
              "",
              "default_decision allows whatever no rule forbids (expected: deny)"));
    }
    Map<PolicyRule.Reach, List<Earlier>> earlier = new LinkedHashMap<>();
    for (PolicyRule rule : policy.rules()) {
      check(rule, earlier.computeIfAbsent(rule.reach(), _ -> new ArrayList<>()), findings);
    }
    unusedTags(policy, findings);
    idleOutputRules(policy, findings);
    unknownAgents(policy, findings);
    if (!policy.rules().isEmpty()) {
      policy
          .more()
          .tenants()
          .forEach((name, tenant) -> {
            if (!tenant.allowTopics().isEmpty()) {
              findings.add(
                  new LintFinding(
                      LintFinding.Kind.NO_EFFECT,
                      "",
                      "",
                      "tenants." + name + ".allow_topics counts only in a policy without rules"));
            }
          });
    }
    return findings;
  }

  /// Output rules that are switched off by how they are to fail.
  private static void idleOutputRules(PolicyDocument policy, List<LintFinding> findings) {
    OutputPolicy output = policy.more().outputPolicy();
    boolean unsaid = output.enabled().isEmpty() && output.failClosed().isPresent();
    if (unsaid && !policy.more().outputRules().isEmpty()) {
      findings.add(
          new LintFinding(
              LintFinding.Kind.NO_EFFECT,
              "",
              "",
              "output_policy.fail_mode without enabled: no output rule is applied"
                  + " (expected: enabled: true beside it)"));
    }
  }

  /// Alternatives that no job can be submitted as.
  private static void unusableRemediations(PolicyRule rule, List<LintFinding> findings) {
    for (Remediation offer : rule.remediations()) {
      String topic = offer.replacementTopic();
      if (!topic.isEmpty() && !TOPIC.matcher(topic).matches()) {
        findings.add(
            finding(
                LintFinding.Kind.UNUSABLE_REMEDIATION,
                rule,
                "",
                "remediation "
                    + offer.id()
                    + ": replacement_topic: "
                    + Text.quoteForMessage(topic)
                    + " (expected: a topic such as job.db.archive)"));
      }
    }
  }

  /// Derivers whose tags no rule asks for. A condition in CEL may ask for any.
  private static void unusedTags(PolicyDocument policy, List<LintFinding> findings) {
    List<String> asked = new ArrayList<>();
    policy.rules().forEach(rule -> asked.addAll(rule.match().riskTags()));
    policy.more().inputRules().forEach(rule -> asked.addAll(rule.match().riskTags()));
    if (policy.rules().stream().anyMatch(rule -> rule.when().isPresent())) {
      return;
    }
    for (TagDeriver deriver : policy.more().tagDerivers()) {
      if (!Names.isAnyIn(deriver.ladder(), asked)) {
        findings.add(
            new LintFinding(
                LintFinding.Kind.NO_EFFECT,
                "",
                "",
                "tag_derivers: no rule matches a risk tag of " + deriver.id()));
      }
    }
  }

  /// Rules about agents of a kind that none of the registered is of.
  private static void unknownAgents(PolicyDocument policy, List<LintFinding> findings) {
    List<AgentFacts> agents = policy.more().agents().stream().map(RegisteredAgent::facts).toList();
    for (PolicyRule rule : policy.rules()) {
      for (MatchTerm term : rule.match().terms()) {
        if (asksForAgents(term) && agents.stream().noneMatch(agent -> fits(term, agent))) {
          findings.add(
              finding(
                  LintFinding.Kind.MATCHES_NOTHING,
                  rule,
                  "",
                  "match." + term.key() + ": no registered agent is of these"));
        }
      }
    }
  }

  private static boolean asksForAgents(MatchTerm term) {
    return term instanceof MatchTerm.AgentRiskTiers
        || term instanceof MatchTerm.AgentDataClassifications;
  }

  private static boolean fits(MatchTerm term, AgentFacts agent) {
    return term.fits(PolicyInput.of("", "").withFacts(JobFacts.NONE.withAgent(agent)));
  }

  private static void check(PolicyRule rule, List<Earlier> earlier, List<LintFinding> findings) {
    unusableRemediations(rule, findings);
    RuleCover cover = new RuleCover(rule.match());
    if (cover.matchesNothing()) {
      findings.add(finding(LintFinding.Kind.MATCHES_NOTHING, rule, "", "no job has such a topic"));
      return;
    }
    if (rule.decision() == Decision.ALLOW && rule.when().isEmpty() && cover.isWide()) {
      findings.add(
          finding(
              LintFinding.Kind.TOO_WIDE_ALLOW,
              rule,
              "",
              "allows everything that the rules before it do not decide"));
    }
    for (Earlier other : earlier) {
      if (other.cover().covers(cover)) {
        findings.add(hidden(rule, other.rule()));
        break;
      }
    }
    if (rule.isUnconditional() && earlier.size() < COMPARED_MAX) {
      earlier.add(new Earlier(rule, cover));
    }
  }

  private static LintFinding hidden(PolicyRule rule, PolicyRule by) {
    boolean same = rule.decision() == by.decision();
    if (!same && rule.match().equals(by.match()) && rule.isUnconditional()) {
      return finding(
          LintFinding.Kind.CONTRADICTION,
          rule,
          by.id(),
          "says " + rule.decision().word() + " where " + by.id() + " says " + by.decision().word());
    }
    return finding(
        same ? LintFinding.Kind.SHADOWED : LintFinding.Kind.UNREACHABLE,
        rule,
        by.id(),
        "never decides: " + by.id() + " decides all that it matches");
  }

  private static LintFinding finding(
      LintFinding.Kind kind, PolicyRule rule, String other, String message) {
    return new LintFinding(kind, rule.id(), other, message);
  }
}
