package dev.reeve.policy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The conditions of one rule, ready to be compared with a [Probe]. An empty member asks nothing.
record CompiledRule(
    Set<String> tenants,
    List<GoGlob> topics,
    Set<String> capabilities,
    Set<String> riskTags,
    Map<String, String> labels,
    List<MatchTerm> terms) {

  static CompiledRule of(RuleMatch match) {
    return new CompiledRule(
        folded(match.tenants()),
        match.topics().stream().map(GoGlob::compile).toList(),
        folded(match.capabilities()),
        folded(match.riskTags()),
        match.labels(),
        match.terms());
  }

  boolean matches(Probe probe) {
    return fitsNames(probe)
        && (capabilities.isEmpty() || capabilities.contains(probe.capability()))
        && (riskTags.isEmpty() || matchesRiskTag(probe.riskTags()))
        && (labels.isEmpty() || matchesLabels(probe.labels()))
        && (terms.isEmpty() || matchesTerms(probe.input()));
  }

  /// Whether tenant and topic of the request are as asked.
  boolean fitsNames(Probe probe) {
    return (topics.isEmpty() || matchesTopic(probe.topic()))
        && (tenants.isEmpty() || tenants.contains(probe.tenant()));
  }

  /// The first key under `match` that the request does not meet; empty when it meets all.
  Optional<String> mismatch(Probe probe) {
    if (!topics.isEmpty() && !matchesTopic(probe.topic())) {
      return Optional.of("topics");
    }
    if (!tenants.isEmpty() && !tenants.contains(probe.tenant())) {
      return Optional.of("tenants");
    }
    if (!capabilities.isEmpty() && !capabilities.contains(probe.capability())) {
      return Optional.of("capabilities");
    }
    if (!riskTags.isEmpty() && !matchesRiskTag(probe.riskTags())) {
      return Optional.of("risk_tags");
    }
    if (!labels.isEmpty() && !matchesLabels(probe.labels())) {
      return Optional.of("labels");
    }
    return terms.stream().filter(term -> !term.fits(probe.input())).findFirst().map(MatchTerm::key);
  }

  private boolean matchesTerms(PolicyInput input) {
    for (int i = 0; i < terms.size(); i++) {
      if (!terms.get(i).fits(input)) {
        return false;
      }
    }
    return true;
  }

  /// With what the topics that fit start; empty when any topic may fit, nothing when none does.
  List<String> topicPrefixes() {
    if (topics.isEmpty()) {
      return List.of("");
    }
    Set<String> prefixes = new LinkedHashSet<>();
    for (GoGlob topic : topics) {
      if (!topic.isMalformed()) {
        prefixes.add(topic.literalPrefix());
      }
    }
    return List.copyOf(prefixes);
  }

  private boolean matchesTopic(String topic) {
    for (int i = 0; i < topics.size(); i++) {
      if (topics.get(i).matches(topic)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesRiskTag(List<String> tags) {
    for (int i = 0; i < tags.size(); i++) {
      if (riskTags.contains(tags.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesLabels(Map<String, String> given) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!label.getValue().equals(given.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new HashSet<>();
    for (String name : names) {
      folded.add(Probe.fold(name));
    }
    return Set.copyOf(folded);
  }
}
