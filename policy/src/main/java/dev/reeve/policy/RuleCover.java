package dev.reeve.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a rule matches, in a form in which one can say that another rule matches no more. Errs on
/// one side: a cover that it claims is one, and some that exist it does not see.
final class RuleCover {
  private final RuleMatch match;
  private final Set<String> tenants;
  private final Set<String> capabilities;
  private final Set<String> riskTags;
  private final List<GoGlob> topics;

  RuleCover(RuleMatch match) {
    this.match = match;
    this.tenants = folded(match.tenants());
    this.capabilities = folded(match.capabilities());
    this.riskTags = folded(match.riskTags());
    this.topics = match.topics().stream().map(GoGlob::compile).toList();
  }

  /// Whether every request that the other one matches is matched here too.
  boolean covers(RuleCover other) {
    return coversNames(tenants, other.tenants)
        && coversNames(capabilities, other.capabilities)
        && coversNames(riskTags, other.riskTags)
        && other.match.labels().entrySet().containsAll(match.labels().entrySet())
        && other.match.terms().containsAll(match.terms())
        && coversTopics(other);
  }

  /// Whether no topic of a job fits.
  boolean matchesNothing() {
    return !topics.isEmpty() && topics.stream().noneMatch(RuleCover::fitsSomeJob);
  }

  /// Whether nothing but the topic narrows it, and the topic hardly does.
  boolean isWide() {
    boolean everyTopic =
        topics.isEmpty()
            || topics.stream()
                .anyMatch(glob ->
                    glob.literalPrefix().length() <= PolicySnapshot.TOPIC_PREFIX.length()
                        && glob.pattern().endsWith("*")
                        && glob.matches(PolicySnapshot.TOPIC_PREFIX + "any.thing"));
    return everyTopic
        && tenants.isEmpty()
        && capabilities.isEmpty()
        && riskTags.isEmpty()
        && match.labels().isEmpty()
        && match.terms().isEmpty();
  }

  private static boolean fitsSomeJob(GoGlob glob) {
    String start = glob.literalPrefix();
    return !glob.isMalformed()
        && (start.startsWith(PolicySnapshot.TOPIC_PREFIX)
            || PolicySnapshot.TOPIC_PREFIX.startsWith(start));
  }

  private static boolean coversNames(Set<String> wide, Set<String> narrow) {
    return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
  }

  private boolean coversTopics(RuleCover other) {
    if (topics.isEmpty()) {
      return true;
    }
    return !other.topics.isEmpty()
        && other.topics.stream()
            .allMatch(narrow -> topics.stream().anyMatch(wide -> covers(wide, narrow)));
  }

  private static boolean covers(GoGlob wide, GoGlob narrow) {
    if (wide.isMalformed() || narrow.isMalformed()) {
      return narrow.isMalformed();
    }
    if (wide.pattern().equals(narrow.pattern())) {
      return true;
    }
    if (narrow.literalPrefix().equals(narrow.pattern())) {
      return wide.matches(narrow.pattern());
    }
    boolean star = wide.pattern().equals(wide.literalPrefix() + "*");
    boolean plain = narrow.pattern().indexOf('[') < 0 && narrow.pattern().indexOf('/') < 0;
    return star && plain && narrow.literalPrefix().startsWith(wide.literalPrefix());
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new HashSet<>();
    names.forEach(name -> folded.add(Probe.fold(name)));
    return folded;
  }
}
