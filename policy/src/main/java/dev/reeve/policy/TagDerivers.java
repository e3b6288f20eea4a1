package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;

/// The derivers of risk tags of one policy, compiled.
final class TagDerivers {
  static final String GROUP = "tag_derivers";

  private record Compiled(TagDeriver deriver, List<GoGlob> topics) {
    boolean fits(String topic) {
      return topics.stream().anyMatch(glob -> glob.matches(topic));
    }
  }

  private final List<Compiled> derivers;

  TagDerivers(List<TagDeriver> derivers) {
    this.derivers =
        derivers.stream()
            .map(one -> new Compiled(one, one.topics().stream().map(GoGlob::compile).toList()))
            .toList();
  }

  /// The request with the tags that follow from its labels.
  PolicyInput apply(PolicyInput input) {
    PolicyInput now = input;
    for (Compiled one : derivers) {
      if (one.fits(input.topic())) {
        now = now.withRiskTags(tags(one.deriver(), now));
      }
    }
    return now;
  }

  /// What each that fits did; the request goes on.
  List<RuleTrace> trace(PolicyInput input) {
    List<RuleTrace> trace = new ArrayList<>();
    PolicyInput now = input;
    for (Compiled one : derivers) {
      if (one.fits(input.topic())) {
        TagDeriver deriver = one.deriver();
        trace.add(
            new RuleTrace(
                GROUP,
                deriver.id(),
                RuleTrace.Outcome.PASSED_OVER,
                "risk tag " + deriver.tagFor(now)));
        now = now.withRiskTags(tags(deriver, now));
      }
    }
    return trace;
  }

  private static List<String> tags(TagDeriver deriver, PolicyInput input) {
    List<String> tags = new ArrayList<>();
    for (String tag : input.riskTags()) {
      if (!Names.isIn(tag, deriver.ladder())) {
        tags.add(tag);
      }
    }
    tags.add(deriver.tagFor(input));
    return tags;
  }
}
