package dev.reeve.policy;

import java.util.Map;
import java.util.Set;

/// What some rules ask, in a few bits side by side, so that most of those that do not match are
/// passed over without a look at the rules themselves, which are scattered in memory. A rule that
/// does not pass does not match; one that passes may not either.
final class RuleFilter {
  private static final int WORDS = 4;

  /// In the word of a rule: it asks nothing. In the word of a request: always there.
  private static final long ANY = 1L << 63;

  private static final int BITS = 63;
  private static final int ENDING_LENGTH = 2;

  /// The bits of a request.
  ///
  /// @param tenant of its tenant
  /// @param tags of its risk tags
  /// @param labels of its labels, each with its value
  /// @param ending of the last characters of its topic
  record Marks(long tenant, long tags, long labels, long ending) {
    static Marks of(Probe probe) {
      long tags = ANY;
      for (int i = 0; i < probe.riskTags().size(); i++) {
        tags |= bit(probe.riskTags().get(i).hashCode());
      }
      long labels = 0;
      for (Map.Entry<String, String> label : probe.labels().entrySet()) {
        labels |= bit(label);
      }
      return new Marks(
          ANY | bit(probe.tenant().hashCode()), tags, labels, ANY | bitOfEnd(probe.topic()));
    }
  }

  private final long[] words;

  /// @param numbers the rules, in the order in which they are asked for
  RuleFilter(int[] numbers, CompiledRule[] rules) {
    words = new long[numbers.length * WORDS];
    for (int place = 0; place < numbers.length; place++) {
      CompiledRule rule = rules[numbers[place]];
      int at = place * WORDS;
      words[at] = anyOf(rule.tenants());
      words[at + 1] = anyOf(rule.riskTags());
      for (Map.Entry<String, String> label : rule.labels().entrySet()) {
        words[at + 2] |= bit(label);
      }
      words[at + 3] = endings(rule);
    }
  }

  /// Whether the rule at a place may match.
  boolean passes(int place, Marks request) {
    int at = place * WORDS;
    return (words[at] & request.tenant()) != 0
        && (words[at + 1] & request.tags()) != 0
        && (words[at + 2] & ~request.labels()) == 0
        && (words[at + 3] & request.ending()) != 0;
  }

  private static long anyOf(Set<String> names) {
    long bits = names.isEmpty() ? ANY : 0;
    for (String name : names) {
      bits |= bit(name.hashCode());
    }
    return bits;
  }

  private static long endings(CompiledRule rule) {
    long bits = rule.topics().isEmpty() ? ANY : 0;
    for (GoGlob topic : rule.topics()) {
      if (!topic.isMalformed()) {
        long ending = bitOfEnd(topic.literalSuffix());
        bits |= ending == 0 ? ANY : ending;
      }
    }
    return bits;
  }

  /// Of the last characters; nothing when there are fewer.
  private static long bitOfEnd(String text) {
    int length = text.length();
    return length < ENDING_LENGTH ? 0 : bit(31 * text.charAt(length - 2) + text.charAt(length - 1));
  }

  private static long bit(Map.Entry<String, String> label) {
    return bit(31 * label.getKey().hashCode() + label.getValue().hashCode());
  }

  private static long bit(int hash) {
    return 1L << ((((hash * 0x9E3779B9) >>> 16) * BITS) >>> 16);
  }
}
