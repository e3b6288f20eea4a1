package dev.reeve.policy;

import dev.reeve.base.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// On whose behalf a request is made, when it is not made directly.
///
/// @param depth number of hand-overs, from 1
/// @param issuer who handed over last
/// @param issuerChain everybody who handed over, the first one first
/// @param scope what was handed over
public record DelegationFacts(
    int depth, String issuer, List<String> issuerChain, List<String> scope) {
  private static final String PREFIX = "_delegation.";
  private static final int UNREADABLE_DEPTH = Integer.MAX_VALUE;

  public DelegationFacts {
    Check.argument(depth >= 1, "depth: %s (expected: >= 1)", depth);
    issuerChain = List.copyOf(issuerChain);
    scope = List.copyOf(scope);
  }

  /// Who handed over first; empty when unknown.
  public String root() {
    return issuerChain.isEmpty() ? issuer : issuerChain.getFirst();
  }

  /// The delegation that labels claim; empty for a direct call. A depth that is no number counts as
  /// the deepest. Only for requests whose labels a client cannot choose freely.
  public static Optional<DelegationFacts> ofLabels(Map<String, String> labels) {
    int depth = isDelegated(labels) ? depth(labels.getOrDefault(PREFIX + "depth", "1").strip()) : 0;
    if (depth < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new DelegationFacts(
            depth,
            labels.getOrDefault(PREFIX + "issuer", "").strip(),
            split(labels.getOrDefault(PREFIX + "issuer_chain", "")),
            split(labels.getOrDefault(PREFIX + "scope", ""))));
  }

  private static boolean isDelegated(Map<String, String> labels) {
    for (String name : labels.keySet()) {
      if (name.startsWith(PREFIX)) {
        return true;
      }
    }
    return false;
  }

  private static int depth(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return UNREADABLE_DEPTH;
    }
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
