package dev.reeve.policy;

import dev.reeve.policy.RuleIndex.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Buckets of rules by the text with which their topics start.
///
/// One pass over a topic finds the buckets of all its starts: the hash of each start is that of the
/// one before and one character, and a start is looked up only when some bucket has its length.
final class TopicTable {
  private final boolean[] hasLength;
  private final @Nullable String[] prefixes;
  private final @Nullable RuleBucket[] buckets;

  private TopicTable(int longest, int capacity) {
    hasLength = new boolean[longest + 1];
    prefixes = new @Nullable String[capacity];
    buckets = new @Nullable RuleBucket[capacity];
  }

  /// A table of rule numbers, ascending, by topic start.
  static TopicTable of(Map<String, List<Integer>> filed, CompiledRule[] rules) {
    int longest = filed.keySet().stream().mapToInt(String::length).max().orElse(0);
    TopicTable table = new TopicTable(longest, Integer.highestOneBit(filed.size() * 2 + 1) * 2);
    filed.forEach((prefix, numbers) -> table.put(prefix, RuleBucket.of(numbers, rules)));
    return table;
  }

  /// The smaller of `best` and the number of the first rule in here that matches.
  int firstMatch(Search search, int best) {
    String topic = search.probe().topic();
    int longest = Math.min(topic.length(), hasLength.length - 1);
    int first = best;
    int hash = 0;
    for (int length = 0; ; length++) {
      if (hasLength[length]) {
        RuleBucket bucket = find(topic, length, hash);
        if (bucket != null) {
          first = bucket.firstMatch(search, first);
        }
      }
      if (length == longest) {
        return first;
      }
      hash = 31 * hash + topic.charAt(length);
    }
  }

  /// The buckets of all starts of a topic. What [#firstMatch] does without a list.
  List<RuleBucket> bucketsOf(String topic) {
    List<RuleBucket> found = new ArrayList<>();
    for (int length = 0; length < hasLength.length && length <= topic.length(); length++) {
      RuleBucket bucket =
          hasLength[length] ? find(topic, length, topic.substring(0, length).hashCode()) : null;
      if (bucket != null) {
        found.add(bucket);
      }
    }
    return found;
  }

  private @Nullable RuleBucket find(String topic, int length, int hash) {
    int slot = slotOf(hash);
    String prefix = prefixes[slot];
    while (prefix != null) {
      if (prefix.length() == length && topic.startsWith(prefix)) {
        return buckets[slot];
      }
      slot = (slot + 1) & (prefixes.length - 1);
      prefix = prefixes[slot];
    }
    return null;
  }

  private void put(String prefix, RuleBucket bucket) {
    // String.hashCode is the polynomial that firstMatch computes as it goes.
    int slot = slotOf(prefix.hashCode());
    while (prefixes[slot] != null) {
      slot = (slot + 1) & (prefixes.length - 1);
    }
    prefixes[slot] = prefix;
    buckets[slot] = bucket;
    hasLength[prefix.length()] = true;
  }

  private int slotOf(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & (prefixes.length - 1);
  }
}
