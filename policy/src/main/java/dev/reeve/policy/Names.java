package dev.reeve.policy;

import java.util.Collection;

/// Comparison of names without regard to case and surrounding blanks; a blank name equals none.
final class Names {
  private Names() {}

  static boolean isIn(String value, Collection<String> list) {
    String folded = Probe.fold(value);
    if (folded.isEmpty()) {
      return false;
    }
    for (String one : list) {
      if (Probe.fold(one).equals(folded)) {
        return true;
      }
    }
    return false;
  }

  static boolean isAnyIn(Collection<String> values, Collection<String> list) {
    return values.stream().anyMatch(value -> isIn(value, list));
  }
}
