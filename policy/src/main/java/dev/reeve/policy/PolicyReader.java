package dev.reeve.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Turns the tree of a policy file into a [PolicyDocument] and notes every fault on the way; after
/// a fault the document is worth nothing. Used once, by one thread.
final class PolicyReader {
  static final int RULES_MAX = 50_000;
  static final int CONTENT_RULES_MAX = 1000;
  static final int DERIVERS_MAX = 1000;
  static final int AGENTS_MAX = 10_000;

  private static final List<String> FILE =
      List.of(
          "version",
          "tier",
          "selector",
          "default_tenant",
          "default_decision",
          "rules",
          "input_rules",
          "input_policy",
          "output_rules",
          "output_policy",
          "tenants",
          "require_human",
          "tag_derivers",
          "agents");
  private static final List<String> TENANT =
      List.of(
          "allow_topics",
          "deny_topics",
          "allowed_repo_hosts",
          "denied_repo_hosts",
          "max_concurrent_jobs",
          "mcp");
  private static final Map<String, Boolean> FAIL_MODES = Map.of("open", false, "closed", true);

  private final YamlValues values;
  private final Faults warnings = new Faults();

  PolicyReader(Faults faults) {
    this.values = new YamlValues(faults);
  }

  /// What is allowed and yet looks like a mistake.
  List<PolicyFault> warnings() {
    return warnings.inOrder();
  }

  PolicyDocument document(YamlNode root) {
    Section file = new Section(values, root, "", FILE);
    MatchReader matches = new MatchReader(warnings);
    ReachReader reaches = ReachReader.of(file);
    RuleReader rules = new RuleReader(values, matches, reaches);
    ContentRuleReader contentRules = new ContentRuleReader(values, matches, reaches);
    TagDeriverReader derivers = new TagDeriverReader(values, matches);
    AgentReader agents = new AgentReader(values);
    Decision decision =
        file.choice(
            "default_decision",
            Map.of(
                "allow", Decision.ALLOW,
                "permit", Decision.ALLOW,
                "deny", Decision.DENY,
                "block", Decision.DENY),
            "allow or deny");
    PolicyDocument.More more =
        new PolicyDocument.More(
            decision == null
                ? List.of()
                : List.of(new TierDefault(reaches.fileTier(), reaches.fileSelector(), decision)),
            list(file, "input_rules", CONTENT_RULES_MAX, contentRules::input),
            inputPolicy(
                file.child("input_policy", List.of("enabled", "fail_mode", "max_scan_bytes"))),
            list(file, "output_rules", CONTENT_RULES_MAX, contentRules::output),
            outputPolicy(
                file.child("output_policy", List.of("enabled", "fail_mode", "streaming")), matches),
            tenants(file, matches),
            requireHuman(file),
            list(file, "tag_derivers", DERIVERS_MAX, derivers::deriver),
            list(file, "agents", AGENTS_MAX, agents::agent));
    boolean global = reaches.fileTier() == Tier.GLOBAL;
    return new PolicyDocument(
        file.name("version"),
        file.name("default_tenant"),
        global && decision != null ? decision : Decision.DENY,
        list(file, "rules", RULES_MAX, rules::rule),
        more);
  }

  private static <T> List<T> list(
      Section file, String key, int most, BiFunction<YamlNode, String, T> read) {
    List<T> found = new ArrayList<>();
    for (YamlNode element : file.items(key, most)) {
      found.add(read.apply(element, key + "[" + found.size() + "]"));
    }
    return found;
  }

  private static InputPolicy inputPolicy(@Nullable Section section) {
    if (section == null) {
      return InputPolicy.DEFAULT;
    }
    Boolean closed = section.choice("fail_mode", FAIL_MODES, "open or closed");
    return new InputPolicy(
        section.flag("enabled").orElse(true),
        closed == null || closed,
        closed != null && closed,
        (int)
            section.whole(
                "max_scan_bytes", 1, InputPolicy.SCAN_BYTES_MAX, InputPolicy.SCAN_BYTES_MAX));
  }

  private static OutputPolicy outputPolicy(@Nullable Section section, MatchReader matches) {
    return section == null
        ? OutputPolicy.UNSAID
        : new OutputPolicy(
            section.flag("enabled"),
            Optional.ofNullable(section.choice("fail_mode", FAIL_MODES, "open or closed")),
            streaming(section, matches));
  }

  /// An empty list says something too: that nothing streams.
  private static List<List<String>> streaming(Section section, MatchReader matches) {
    if (!section.has("streaming")) {
      return List.of();
    }
    return section.items("streaming", Section.LIST_LENGTH_MAX).isEmpty()
        ? List.of(List.of())
        : List.of(matches.topics(section, "streaming"));
  }

  private static Map<String, TenantPolicy> tenants(Section file, MatchReader matches) {
    Map<String, TenantPolicy> tenants = new HashMap<>();
    file.children("tenants", TENANT)
        .forEach((name, section) -> {
          TenantPolicy tenant =
              new TenantPolicy(
                  name,
                  matches.topics(section, "allow_topics"),
                  matches.topics(section, "deny_topics"),
                  section.textsOrNone("allowed_repo_hosts"),
                  section.textsOrNone("denied_repo_hosts"),
                  (int) section.whole("max_concurrent_jobs", 0, Integer.MAX_VALUE, 0),
                  MatchReader.mcp(section));
          if (tenants.put(Probe.fold(name), tenant) != null) {
            file.fault("tenants", YamlValues.printable(name) + " given twice");
          }
        });
    return tenants;
  }

  private static RequireHuman requireHuman(Section file) {
    Section section =
        file.child(
            "require_human",
            List.of(
                "min_severity_for_deny", "min_confidence_for_deny", "downgrade_when_prompt_only"));
    return section == null
        ? RequireHuman.NEVER
        : new RequireHuman(
            Optional.ofNullable(
                section.choice(
                    "min_severity_for_deny",
                    ContentRuleReader.SEVERITIES,
                    "low, medium, high or critical")),
            section.number("min_confidence_for_deny", 0),
            section.flag("downgrade_when_prompt_only").orElse(false));
  }
}
