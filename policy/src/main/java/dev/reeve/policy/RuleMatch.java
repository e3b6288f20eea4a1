package dev.reeve.policy;

import dev.reeve.base.Check;
import java.util.List;
import java.util.Map;

/// Which requests a rule decides: those that satisfy every member that is not empty.
///
/// Tenants, capabilities and risk tags are compared without regard to case and surrounding blanks,
/// and a blank value of a request equals none of them. Topics and labels are compared exactly.
///
/// @param tenants the request's tenant is one of these
/// @param topics the request's topic fits one of these [GoGlob] patterns
/// @param capabilities the request's capability is one of these
/// @param riskTags one of the request's risk tags is one of these
/// @param labels the request has each of these labels with this value
/// @param terms further conditions, each of which holds
public record RuleMatch(
    List<String> tenants,
    List<String> topics,
    List<String> capabilities,
    List<String> riskTags,
    Map<String, String> labels,
    List<MatchTerm> terms) {
  /// Matches every request.
  public static final RuleMatch EVERYTHING =
      new RuleMatch(List.of(), List.of(), List.of(), List.of(), Map.of());

  public RuleMatch {
    tenants = copyWithoutBlanks(tenants);
    topics = copyWithoutBlanks(topics);
    capabilities = copyWithoutBlanks(capabilities);
    riskTags = copyWithoutBlanks(riskTags);
    labels = Map.copyOf(labels);
    terms = List.copyOf(terms);
  }

  /// A match without further conditions.
  public RuleMatch(
      List<String> tenants,
      List<String> topics,
      List<String> capabilities,
      List<String> riskTags,
      Map<String, String> labels) {
    this(tenants, topics, capabilities, riskTags, labels, List.of());
  }

  // A list of nothing but blanks would look like a list that is not there, and match everything.
  private static List<String> copyWithoutBlanks(List<String> values) {
    for (String value : values) {
      Check.argument(!value.isBlank(), "match: blank value (expected: text)");
    }
    return List.copyOf(values);
  }
}
