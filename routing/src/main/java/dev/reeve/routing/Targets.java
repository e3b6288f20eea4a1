package dev.reeve.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Every provider that a policy names anywhere, ids ascending, by index.
final class Targets {
  /// @param weight 0 for those that only rules and fallbacks name
  /// @param listed whether it stands among the providers
  /// @param latencyMs what the policy says a call takes; NaN when it does not
  /// @param callCost what the policy says a call costs; NaN when it does not
  record Target(
      String id,
      double weight,
      int priority,
      boolean listed,
      OptionalInt timeoutMs,
      double latencyMs,
      double callCost) {}

  private final Target[] all;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final double[] cumulative;

  /// @param ascending by id
  Targets(List<Target> ascending) {
    all = ascending.toArray(Target[]::new);
    cumulative = new double[all.length];
    double sum = 0;
    for (int i = 0; i < all.length; i++) {
      indexes.put(all[i].id(), i);
      sum += all[i].weight();
      cumulative[i] = sum;
    }
  }

  int count() {
    return all.length;
  }

  Target at(int index) {
    return all[index];
  }

  double weight(int index) {
    return all[index].weight();
  }

  /// -1 for a provider that the policy does not name.
  int index(String id) {
    return indexes.getOrDefault(id, -1);
  }

  double sum() {
    return all.length == 0 ? 0 : cumulative[all.length - 1];
  }

  /// The first whose share reaches a point between 0 and the sum; never one of weight 0.
  int drawn(double point) {
    int low = 0;
    int high = all.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] >= point && cumulative[middle] > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
