package dev.reeve.routing;

import java.util.function.Function;

/// One tenant's side of one version of a policy: the lanes of its providers by the policy's
/// indexes. Thread-safe. A later version takes over the bucket.
final class TenantRoute extends RecentMap.Entry {
  private final RoutePolicy policy;
  private final ProviderLane[] lanes;
  private final Bucket bucket;
  private final double[] turns;

  TenantRoute(RoutePolicy policy, Bucket bucket, Function<String, ProviderLane> lane) {
    this.policy = policy;
    this.bucket = bucket;
    Targets targets = policy.body().targets();
    lanes = new ProviderLane[targets.count()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = lane.apply(targets.at(i).id());
    }
    turns = new double[lanes.length];
  }

  RoutePolicy policy() {
    return policy;
  }

  Bucket bucket() {
    return bucket;
  }

  ProviderLane lane(int index) {
    return lanes[index];
  }

  /// Whose turn it is among some, each as often as its weight and as evenly as can be.
  ///
  /// @param among indexes, `count` of them
  /// @param turn false only looks
  int next(int[] among, int count, boolean turn) {
    synchronized (turns) {
      double total = 0;
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        double weight = policy.body().targets().weight(among[i]);
        total += weight;
        double credit = turns[among[i]] + weight;
        if (credit > most) {
          most = credit;
          best = among[i];
        }
      }
      if (turn && best >= 0) {
        for (int i = 0; i < count; i++) {
          turns[among[i]] += policy.body().targets().weight(among[i]);
        }
        turns[best] -= total;
      }
      return best;
    }
  }
}
